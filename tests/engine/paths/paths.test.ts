import { beforeAll, describe, expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { type Paths, paths, walksTo } from '../../../engine/paths/index.ts';
import { plansOf } from '../../../engine/paths/moves.ts';
import { Remembered } from '../../../engine/paths/remembered.ts';
import { chainOf, Search } from '../../../engine/paths/search.ts';
import { shapeOf, shapeText } from '../../../engine/paths/shape.ts';
import { targetsOf, touchedBy } from '../../../engine/paths/targets.ts';
import { begin, runScenario, type Scenario, type Session, settleCalls } from '../../../engine/simulate/index.ts';
import { reread } from '../../campaigns/paths/paths.ts';
import { baseFiles } from '../definitions.ts';
import { loan } from '../run/support.ts';

const library = load(baseFiles(), 'north').definition as Definition;
const carded = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);

describe.each([
  ['a loan', loan()],
  ['a loan with a card', carded],
  ['a book of the library', library],
])('paths of %s', (_name, definition) => {
  let found: Paths;
  beforeAll(() => {
    found = paths(definition);
  });

  test('[PTH-4] every state and every branch has a path, or the reason why it has none', () => {
    const addresses = targetsOf(definition).map((target) => target.address);
    const told = [...found.ways, ...found.unreached].map(({ target }) => target.address);
    expect([...told].sort()).toEqual([...addresses].sort());
    expect(found.complete).toBe(true);
    for (const { reason } of found.unreached) expect(reason).not.toBe('');
  });

  test('[PTH-1] every path passes as the scenario that its file says, and goes where it says', () => {
    for (const { target, scenario } of found.ways) {
      const result = runScenario(definition, reread(scenario));
      expect({ target, failure: result.failure }).toEqual({ target, failure: null });
      const { session } = result as { session: Session };
      const last = scenario.steps.at(-2);
      if (last?.refused === undefined)
        expect([...touchedBy(definition, session.state.active, session.taken)]).toContain(target.address);
    }
  });

  test('[PTH-5] the covering set passes, and touches everything that a path is known to', () => {
    const touched = new Set<string>();
    for (const { scenario, addresses } of found.cover) {
      const result = runScenario(definition, reread(scenario));
      expect({ scenario, failure: result.failure }).toEqual({ scenario, failure: null });
      for (const address of addresses) touched.add(address);
    }
    expect([...touched].sort()).toEqual(found.ways.map(({ target }) => target.address).sort());
    expect(found.cover.length).toBeLessThan(found.ways.length / 2);
  });

  test('[PTH-6] the covering set holds every edge of every field that it meets', () => {
    expect(found.edges.left).toEqual([]);
    expect(found.edges.done.length).toBeGreaterThan(5);
  });
});

test('[PTH-7] ways to a few targets play, and touch what they were looked for', () => {
  const { ways } = paths(library);
  const reached = ways.filter(({ scenario }) => scenario.steps.every(({ refused }) => refused === undefined));
  const wanted = new Set(reached.filter((_way, n) => n % 5 === 0).map(({ target }) => target.address));
  expect(wanted.size).toBeGreaterThan(5);
  const walks = walksTo(library, wanted);
  expect([...walks.keys()].sort()).toEqual([...wanted].sort());
  for (const [address, steps] of walks) {
    const result = runScenario(library, { ...reached[0]!.scenario, steps });
    expect({ address, failure: result.failure }).toEqual({ address, failure: null });
    const { session } = result as { session: Session };
    expect([...touchedBy(library, session.state.active, session.taken)]).toContain(address);
  }
});

test('[PTH-2] a path is as short as looking at every case finds it', () => {
  const definition = loan();
  const search = new Search(definition);
  expect(search.run(5000)).toBe(true);
  const lengths = [...search.ways].map(([address, way]) => {
    return [address, chainOf(way.found).length - 1 + (way.refused.length > 0 ? 1 : 0)] as const;
  });
  // Looking at every case further away takes too long.
  const near = lengths.filter(([, length]) => length <= 4);
  expect(near.length).toBeGreaterThan(40);
  const shortest = byLookingAtEverything(definition, new Set(near.map(([address]) => address)));
  expect(near).toEqual(near.map(([address]) => [address, shortest.get(address)]));
});

/** Breadth first through every case, whatever it shows. Address -> the number of moves. */
function byLookingAtEverything(definition: Definition, wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  const left = new Set(wanted);
  const first = settleCalls(begin(definition));
  const remembered = new Remembered(definition);
  const note = (addresses: Iterable<string>, depth: number) => {
    for (const address of addresses) {
      if (!lengths.has(address)) lengths.set(address, depth);
      left.delete(address);
    }
  };
  note(touchedBy(definition, first.state.active, first.taken), 0);
  const seen = new Set([shapeText(shapeOf(first))]);
  let level = [first];
  for (let depth = 1; level.length > 0 && left.size > 0; depth++) {
    const next: Session[] = [];
    for (const session of level) {
      for (const move of plansOf(session, shapeOf(session), remembered).flatMap((plan) => plan.moves())) {
        if (move.refused !== null) note([move.refused], depth);
        const taken = move.session.taken.slice(session.taken.length);
        if (move.session.incidents.length > session.incidents.length) continue;
        note(touchedBy(definition, move.session.state.active, taken), depth);
        const key = shapeText(shapeOf(move.session));
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(move.session);
      }
    }
    level = next;
  }
  return lengths;
}

test('[PTH-3] a branch that hangs on what was filled in long before is found', () => {
  const definition = loan([
    'finish: { label: 待取走, look: ok, after: { 7 days: done }',
    "finish: { label: 待取走, look: ok, after: { 7 days: [{ if: item.kind == 'camera', id: camera, to: closed }, { to: done }] }",
  ]);
  const found = paths(definition);
  const way = found.ways.find(({ target }) => target.address.endsWith('after.7 days.camera'));
  expect(JSON.stringify(way?.scenario.steps)).toContain('"kind":"camera"');
  expect(found.unreached).toEqual([]);
});

test('[PTH-4] the reason names the condition and what stands in the way', () => {
  const definition = loan([
    'AGAIN: [{ if: counters.checks < 3, to: check }',
    'AGAIN: [{ if: "counters.checks < 3 && !facts.paid && facts.agreed", to: check }',
  ]);
  const found = paths(definition);
  const again = found.unreached.find(({ target }) => target.address === 'main.work.pinned.on.AGAIN.check');
  expect(again?.reason).toContain('counters.checks < 3 && !facts.paid && facts.agreed');
  expect(again?.reason).toContain('已批准');
});

test('[PTH-1] a law that breaks on the way is told with the path that breaks it', () => {
  const definition = loan(['must: facts.known && facts.agreed', 'must: facts.paid']);
  const found = paths(definition);
  const broken = found.incidents.find(({ incident }) => incident === 'law:approved');
  expect(broken).toBeDefined();
  const result = runScenario(definition, reread(broken?.scenario as Scenario));
  expect(result.failure?.found).toContain('批准后才能借出');
});
