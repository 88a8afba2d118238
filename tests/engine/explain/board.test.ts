import { expect, test } from 'vitest';
import { emptyBoard, withBoard } from '../../../engine/explain/index.ts';

const one = { title: '一', text: '正文', from: '2026-01-01' };
const project = {
  ...{ id: 'p', title: '项目', number: '001', opens: '2026-01-01', closes: '2026-06-30' },
  announcements: [
    { id: 'a', ...one },
    { id: 'b', ...one },
  ],
};

test('[XPL-16] the days go as a whole, announcements one by one; without a board it is the release', () => {
  expect(withBoard(project, emptyBoard)).toEqual(project);
  const board = { opening: { closes: '2026-12-31' }, announcements: { b: null, a: { ...one, title: '改' }, c: one } };
  const found = withBoard(project, board);
  expect(found).toEqual({
    ...{ id: 'p', title: '项目', number: '001', closes: '2026-12-31' },
    announcements: [
      { id: 'a', ...one, title: '改' },
      { id: 'c', ...one },
    ],
  });
  expect(withBoard(project, { opening: {}, announcements: { a: null, b: null } })).toEqual({
    ...{ id: 'p', title: '项目', number: '001' },
  });
});
