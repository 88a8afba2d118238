import { expect, test } from 'vitest';
import { createClock } from '../../../server/clock.ts';
import { createLog } from '../../../server/log.ts';
import { createWorks, type Done, reportOf, type Work } from '../../../server/running/works.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';

const row = (id: string) => ({ id, number: id, key: '', state: 'waiting' as const, message: '', at: null });
const work = (rows: Work['rows']): Work => ({
  ...{ id: 'w1', at: 1, by: 'p', name: '运营甲', locale: 'zh-CN', action: 'event', what: '挂起', event: 'HOLD' },
  ...{ data: null, to: '', rows },
});

function house(store = createMemoryStore()) {
  const asked: string[] = [];
  const answers = new Map<string, () => Promise<Done>>();
  const works = createWorks({
    ...{ store, clock: createClock(0, () => 1_000), log: createLog('silent'), tell: () => undefined },
    async perform(_, { id }, place) {
      asked.push(`${place}:${id}`);
      return (await answers.get(id)?.()) ?? { state: 'done', message: '' };
    },
  });
  return { store, works, asked, answers };
}

test('each row says what became of it, and the report is there after a restart', async () => {
  const { store, works, answers } = house();
  await works.start();
  answers.set('b', async () => ({ state: 'refused', message: '现在不能挂起' }));
  answers.set('c', async () => ({ state: 'gone', message: '不在了' }));
  await works.put(work([row('a'), row('b'), row('c')]));
  await works.idle();
  const found = reportOf((await works.read('w1'))!);
  expect(found.rows.map(({ state, message }) => [state, message])).toEqual([
    ['done', ''],
    ['refused', '现在不能挂起'],
    ['gone', '不在了'],
  ]);
  expect(found).toMatchObject({ total: 3, done: 1, refused: 1, gone: 1, waiting: 0 });
  const after = house(store);
  await after.works.start();
  await after.works.idle();
  expect(after.asked).toEqual([]);
  expect(reportOf((await after.works.read('w1'))!)).toEqual(found);
});

test('what a stop has left is done by the next start, in its own place', async () => {
  const { store, works, answers } = house();
  await works.start();
  const rows = Array.from({ length: 25 }, (_, n) => row(`c${n}`));
  let stopping: Promise<void> | null = null;
  answers.set('c12', async () => {
    stopping = works.stop();
    return { state: 'done', message: '' };
  });
  await works.put(work(rows));
  await works.idle();
  await stopping;
  const left = reportOf((await works.read('w1'))!);
  expect(left.done).toBe(13);
  expect(left.waiting).toBe(12);
  const after = house(store);
  await after.works.start();
  await after.works.idle();
  expect(after.asked[0]).toBe('13:c13');
  expect(after.asked).toHaveLength(12);
  expect(reportOf((await after.works.read('w1'))!)).toMatchObject({ done: 25, waiting: 0 });
});
