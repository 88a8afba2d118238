import { expect, test } from 'vitest';
import { openPostgres } from '../../../server/store/postgres/open.ts';
import { testPostgres } from '../../support/postgres.ts';
import { Person, pause } from '../crash/client.ts';
import { comparedWith } from '../crash/crash.ts';
import { chance } from '../world/chance.ts';
import { openHall } from './hall.ts';

const there = await testPostgres().then(async (postgres) => {
  await postgres?.stop();
  return postgres !== null;
});

test.skipIf(!there)(
  'nodes are restarted one after the other with cases in flight: people see nothing but connections to be made anew',
  async () => {
    const hall = await openHall(3, () => 60);
    let isOver = false;
    try {
      await hall.raise();
      const people = ['applicant', 'applicant2', 'applicant'].map((account, n) => {
        const where = chance(n);
        return new Person(() => where.pick(hall.nodes).url, account, chance(100 + n));
      });
      for (const person of people) await person.logIn();
      const work = Promise.all(
        people.map((person) =>
          person.work(
            () => isOver,
            () => pause(20),
          ),
        ),
      );
      work.catch(() => undefined);
      const steps = (): number => people.reduce((sum, person) => sum + person.steps, 0);
      for (const node of hall.nodes) {
        await Promise.race([pause(1_000), work]);
        const before = steps();
        await node.end('SIGTERM');
        // The others work on.
        for (const end = Date.now() + 60_000; steps() < before + 5 && Date.now() < end; ) await pause(50);
        expect(steps()).toBeGreaterThanOrEqual(before + 5);
        await node.start();
      }
      isOver = true;
      await work;
      await pause(6_000);
      const ended = Date.now();
      await Promise.all(hall.nodes.map((node) => node.end('SIGTERM')));
      const wrongs: string[] = [];
      const { store } = await openPostgres({ url: hall.database, onFatal: (message) => wrongs.push(message) });
      // What was given back is held by nobody.
      const found = await comparedWith(store, people, hall.provider, ended);
      expect([...wrongs, ...found.wrongs]).toEqual([]);
      expect(people.map(({ refused }) => refused)).toEqual([0, 0, 0]);
      // A clean stop ends what is under way: nothing had to be asked a second time.
      expect(found.repeated).toBe(0);
    } finally {
      isOver = true;
      await hall.close();
    }
  },
  600_000,
);
