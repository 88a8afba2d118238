import { setTimeout as pause } from 'node:timers/promises';
import { type OpenedPostgres, openPostgres } from '../../../server/store/postgres/open.ts';
import { ask } from '../../support/postgres.ts';
import type { Chance } from './chance.ts';
import { type VirtualClock, viewOf } from './clock.ts';
import type { Hall } from './hall.ts';
import { Mortal } from './mortal.ts';
import type { Place, PlaceOptions } from './place.ts';

/** What a node dies at: writes of the store, and names that it takes and gives back. */
const WRITES: ReadonlySet<string> = new Set([
  ...['createCase', 'updateCase', 'writeDocument', 'removeDocument'],
  ...['hold', 'claim', 'release'],
]);

interface Node {
  readonly mortal: Mortal;
  readonly opened: OpenedPostgres;
  readonly clock: VirtualClock;
  readonly hall: Hall;
}

/** So many equal nodes on one PostgreSQL, of which any dies while the others go on. */
export async function onEqualNodes(url: string, count: number, options: PlaceOptions): Promise<Place> {
  const gone: Promise<void>[] = [];
  const nodes: Node[] = [];
  async function begin(): Promise<Node> {
    const mortal = new Mortal();
    const opened = await openPostgres({
      ...{ url, isShared: true, standBy: true },
      onFatal(message) {
        if (!mortal.isDead) options.onError('the store is dead', { message });
      },
    });
    const clock = viewOf(options.clock);
    const hall = await options.make({
      store: mortal.gate(opened.store, WRITES),
      nodes: mortal.gate(opened.nodes, WRITES),
      clock,
      connectors: mortal.gate(options.connectors),
      isDead: () => mortal.isDead,
    });
    return { mortal, opened, clock, hall };
  }
  const alive = (): readonly Node[] => nodes.filter(({ mortal }) => !mortal.isDead);
  const idle = async (): Promise<void> => {
    for (const { hall } of alive()) await hall.jobs.idle();
  };
  for (let n = 0; n < count; n += 1) nodes.push(await begin());
  return {
    // A press that is made twice is made at two of them.
    hall: (how) => ({ ...how.pick(alive()).hall, beside: how.pick(alive()).hall }),
    doom: (how) => how.pick(alive()).mortal.dieAt(1 + how.below(16), how.percent(50)),
    spare() {
      for (const { mortal } of nodes) mortal.dieAt(Number.POSITIVE_INFINITY, false);
    },
    died: () => Promise.race(nodes.map(({ mortal }) => mortal.died)),
    async comeBack() {
      const at = nodes.findIndex(({ mortal }) => mortal.isDead);
      const { mortal, opened, clock } = nodes[at]!;
      clock.forget();
      // What the others do when they have not heard of it for three seconds.
      await ask(url, 'SELECT strike_off(epoch, seen) FROM nodes WHERE epoch = $1', [opened.epoch]);
      gone.push(opened.store.close().catch(() => undefined));
      nodes[at] = await begin();
      return `a node died ${await mortal.died}`;
    },
    async advance(how: Chance, ms: number) {
      await how.pick(alive()).hall.jobs.advance(ms);
      await idle();
    },
    idle,
    async close() {
      for (const { mortal, opened, clock, hall } of nodes) {
        await Promise.race([hall.jobs.stop(), pause(5_000)]);
        mortal.isDead = true;
        clock.forget();
        gone.push(opened.store.close().catch(() => undefined));
      }
      await Promise.all(gone);
    },
  };
}
