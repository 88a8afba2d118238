import { beforeAll, expect, it, vi } from 'vitest';
import { createActor } from 'xstate';
import { completeCommand, type Definition, load, readScenario, runScenario } from '../../../engine/index.ts';
import { branchRows, partingOf } from '../../../ui/lab/branch-rows.ts';
import { branchesOf, sharedBy } from '../../../ui/lab/branches.ts';
import { chances } from '../../../ui/lab/people.ts';
import { scenarioText } from '../../../ui/lab/record.ts';
import { labMachine } from '../../../ui/lab/session.ts';
import { definitionFiles } from '../../support/definitions.ts';

vi.setConfig({ testTimeout: 60_000 });

let definition: Definition;
beforeAll(() => {
  const loaded = load(definitionFiles(), 'szmg').definition;
  if (loaded === null) throw new Error('no szmg');
  definition = loaded;
});

const HOUR = 3_600_000;
const calendar = { offsetMinutes: 480, exceptions: {}, until: '2099-12-31' };

function lab() {
  const actor = createActor(labMachine).start();
  actor.send({ type: 'open', definition, calendar });
  const context = () => actor.getSnapshot().context;
  const press = (event: string) => {
    const session = context().moments.at(-1)?.session;
    const chance = session && chances(session).can.find((one) => one.offer.event === event);
    if (!session || !chance) throw new Error(`${event} is not offered`);
    actor.send({ type: 'do', command: completeCommand(session, event, chance.actor), title: event });
  };
  return { actor, context, press };
}

it('keeps the way that was left, and both share what they have in common', () => {
  const { actor, context, press } = lab();
  press('NEXT');
  press('NEXT');
  actor.send({ type: 'branch', at: 1, name: '另一条' });
  expect(context().moments).toHaveLength(2);
  actor.send({ type: 'advance', ms: HOUR });
  const [first, second] = branchesOf(context());
  if (!first || !second) throw new Error('two ways');
  expect([first.moments.length, second.moments.length]).toEqual([3, 3]);
  expect(sharedBy(first.moments, second.moments)).toBe(2);
  expect(partingOf(first, second)).toContain('另一条');
  expect(partingOf(first, second)).toContain('1');

  // What one way alone has is marked, what both have is not.
  const rows = branchRows([first, second], 'zh-CN');
  expect(rows.filter(({ differs }) => differs).length).toBeGreaterThan(1);
  const time = rows.find(({ title }) => title === '虚拟时间');
  expect(time?.cells.flat().map(({ own }) => own)).toEqual([true, true]);
});

it('goes to and fro between ways, names them and drops them', () => {
  const { actor, context, press } = lab();
  press('NEXT');
  actor.send({ type: 'branch', at: 0, name: '' });
  const before = context().others[0]?.moments;
  actor.send({ type: 'switch', branch: 1 });
  expect(context().branch.id).toBe(1);
  expect(context().moments).toBe(before);
  actor.send({ type: 'rename', branch: 2, name: '没有点' });
  actor.send({ type: 'rename', branch: 1, name: '点了' });
  expect(branchesOf(context()).map(({ name }) => name)).toEqual(['点了', '没有点']);
  // The way that is played now cannot be dropped, nor switched to; one that is none is no way.
  actor.send({ type: 'drop', branch: 1 });
  actor.send({ type: 'switch', branch: 9 });
  actor.send({ type: 'branch', at: 17, name: '' });
  expect(branchesOf(context())).toHaveLength(2);
  actor.send({ type: 'drop', branch: 2 });
  expect(branchesOf(context()).map(({ name }) => name)).toEqual(['点了']);
  // Opening a project anew begins with one way.
  actor.send({ type: 'branch', at: 0, name: '' });
  actor.send({ type: 'open', definition, calendar });
  expect(context().others).toEqual([]);
});

it('records each way as a scenario of its own that the runner plays to the same end', () => {
  const { actor, context, press } = lab();
  press('NEXT');
  press('NEXT');
  actor.send({ type: 'branch', at: 1, name: '' });
  actor.send({ type: 'advance', ms: HOUR });
  for (const { moments, start } of branchesOf(context())) {
    const { session, steps } = moments.at(-1) ?? {};
    if (!session || !steps) throw new Error('no moment');
    const { scenario } = readScenario('s', scenarioText('试', 'szmg', steps, session, start));
    if (scenario === null) throw new Error('does not read');
    expect(runScenario(definition, scenario, { calendar }).failure).toBe(null);
  }
});
