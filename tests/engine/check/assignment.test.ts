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
