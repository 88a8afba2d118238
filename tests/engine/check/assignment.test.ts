import { expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import { changed } from '../definitions.ts';

const workflow = 'workflows/book-loan.workflow.yaml';
const codes = (change: string, to: string) =>
  load(changed(workflow, change, to), 'north').issues.map((issue) => issue.code);

/** [Language 2.3] What may be missing must be asked; what is there on every path need not be. */
test.each([
  [
    'behind the task that fills it in',
    'DECLINE: { record: decisions, to: declined }',
    "DECLINE: { if: request.kind == 'book', to: declined }",
  ],
  [
    'by the very event that fills it in',
    '- { to: next }',
    "- { if: request.kind == 'book', to: next }\n                    - { to: identity }",
  ],
  [
    'asked with has()',
    'on: { PAUSE: paused }',
    "on: { PAUSE: { if: has(request.kind) && request.kind == 'book', to: paused } }",
  ],
  [
    'by at() in another region',
    "if: at('main.lent'), to: out",
    "if: at('main.lent') && request.kind == 'book', to: out",
  ],
  [
    'by a fact that is proven only behind it',
    "if: at('main.lent'), to: out",
    "if: facts.agreed && request.kind == 'book', to: out",
  ],
  [
    'by an event of the task around the state that it leaves',
    'documents: [slip] }\n',
    'documents: [slip] }\n                states: { typing: { title: 录入 } }\n',
  ],
])('a form may be read %s', (_title, change, to) => {
  expect(codes(change, to)).toEqual([]);
});

test.each([
  [
    'on a state around the one that fills it in',
    'on: { PAUSE: paused }',
    "on: { PAUSE: { if: request.kind == 'book', to: paused } }",
  ],
  ['after a way round the task', 'BACK: rules', "BACK: { if: reader.name == 'x', saves: draft }"],
  ['by an event that saves a draft only', 'BACK: rules', "BACK: { if: request.kind == 'book', to: rules }"],
  [
    'on the other side of ||',
    'on: { PAUSE: paused }',
    "on: { PAUSE: { if: facts.agreed || request.kind == 'book', to: paused } }",
  ],
])('it may not be read %s', (_title, change, to) => {
  expect(codes(change, to.replace(', saves: draft', ', to: rules'))).toEqual(['form-not-filled']);
});

/** [RUN-8] An event of a state around the task leaves the working copy aside, whoever sends it. */
test('it may not be read by an event of a state around the task, though the same role sends it', () => {
  const event = changed(workflow, '  PAUSE: { title: 暂停, by: librarian }', '  STOP: { title: 停止, by: reader }');
  const followed = changed(workflow, 'follow: { PAUSE: noted }', 'follow: { STOP: noted }', event);
  const read = "on: { STOP: { if: request.kind == 'book', to: paused } }";
  const { issues } = load(changed(workflow, 'on: { PAUSE: paused }', read, followed), 'north');
  expect(issues.map((issue) => issue.code)).toEqual(['form-not-filled']);
});
