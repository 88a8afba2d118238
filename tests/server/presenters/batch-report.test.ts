import { expect, test } from 'vitest';
import type { Batch } from '../../../server/batches/batches.ts';
import type { Context } from '../../../server/context.ts';
import { presentReport } from '../../../server/presenters/batch-report.ts';

test('the sums of a report are those of its lines, whatever begins while it is made', async () => {
  let looks = 0;
  // The case begins after the first look; by then a page that is told of nothing waiting would ask no more.
  const many = async () => new Map((looks++ === 0 ? [] : ['case1']).map((id) => [id, {}]));
  const context = { cases: { lists: { many } }, inForce: () => [] } as unknown as Context;
  const batch: Batch = {
    ...{ id: 'b', owner: 'o', project: 'p', name: 'a.csv', at: 0, locale: 'zh-CN', shared: {} },
    rows: [{ line: 1, caseId: 'case1', waiting: {}, problems: [] }],
  };
  const { begun, waiting, lines } = await presentReport(context, batch);
  expect(lines.map(({ state }) => state)).toEqual(['waiting']);
  expect({ begun, waiting }).toEqual({ begun: 0, waiting: 1 });
});
