import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { line } from '../../../server/cli/check.ts';
import { baseFiles, changed } from '../definitions.ts';

const workflow = 'workflows/book-loan.workflow.yaml';
const fragment = 'workflows/fragments/identity-check.fragment.yaml';

function loaded(files: Files): Definition {
  const { definition, issues } = load(files, 'north');
  expect(issues.map(line)).toEqual([]);
  return definition!;
}

/** The fragment with these lines, and its host with these words. */
function shared(lines: string, host: string, more: { [path: string]: string } = {}): Files {
  const files = changed(fragment, 'exits: [ok, no, late]', `exits: [ok, no, late]\n${lines}`);
  return { ...changed(workflow, 'use: identity-check, label', `use: identity-check, ${host}label`, files), ...more };
}

describe('what a host hands over [FRG-1]', () => {
  test('stands in expressions in brackets, in lists as a list, in texts between their braces', () => {
    const files = changed(
      fragment,
      'task: { by: reader }\n    on: { AGAIN: [{ if: counters.checks < 5, to: scan }',
      'task: { by: reader, shows: [given.forms] }\n    on: { AGAIN: [{ if: counters.checks < given.most, to: scan }, { if: counters.checks == 9, refuse: "最多 {given.most} 次" }',
      shared('takes: { most: 次数, forms: 表单 }', 'with: { most: 2 + 3, forms: [request, reader] }, '),
    );
    const { chart } = loaded(files);
    const wrong = chart.states['main.work.identity.wrong']!;
    expect(wrong.task).toMatchObject({ shows: ['request', 'reader'] });
    const [again, refused] = wrong.on.AGAIN!.branches;
    expect([again!.if, refused!.refuse]).toEqual(['counters.checks < (2 + 3)', '最多 {(2 + 3)} 次']);
  });

  test('is checked where it was written: a misspelt field is told where the host wrote it', () => {
    const files = changed(
      fragment,
      'counters.checks < 5',
      'given.again',
      shared('takes: { again: 还能再试 }', 'with: { again: request.titel }, '),
    );
    const { issues } = load(files, 'north');
    expect(issues.map((issue) => [issue.code, issue.file])).toEqual([['expression-field', workflow]]);
  });
});

describe('what a fragment brings [FRG-2]', () => {
  const settings = JSON.stringify({
    title: '核验',
    type: 'object',
    properties: {
      checkTries: { title: '次数', type: 'integer', minimum: 1, default: 7 },
      codeTries: { title: '输错几次', type: 'integer', minimum: 1, default: 99 },
    },
  });

  test('its settings come along; what the workflow names itself keeps its own default', () => {
    const files = changed(
      fragment,
      'counters.checks < 5',
      'counters.checks < settings.checkTries',
      shared('settings: identity.settings.json', '', { 'workflows/fragments/identity.settings.json': settings }),
    );
    expect(loaded(files).settings).toMatchObject({ checkTries: 7, codeTries: 5 });
  });

  test('included without a state: its people and laws are the workflow’s', () => {
    const words =
      'language: 2\nfragment: words\ntitle: 说法\nlaws: { few: { title: 不多, at: case, must: counters.checks < 50 } }\n';
    const files = changed(workflow, 'title:', 'include: [words]\ntitle:', {
      ...baseFiles(),
      'workflows/fragments/words.fragment.yaml': words,
    });
    const { declared, origins } = loaded(files);
    expect(declared.laws.few).toMatchObject({ title: '不多', at: ['case'] });
    expect(origins['laws.few']!.file).toBe('workflows/fragments/words.fragment.yaml');
  });
});

test('a fragment stands in a fragment, and its exits lead on through the one around it [FRG-3]', () => {
  const inner =
    'language: 2\nfragment: asking\ntitle: 询问\nexits: [done]\nlabel: 询问中\ntask: { by: reader }\non: { AGAIN: exit.done }\n';
  const files = changed(
    fragment,
    'on: { AGAIN: [{ if: counters.checks < 5, to: scan }, { to: exit.no }] }',
    'on: { AGAIN: [{ if: counters.checks < 5, to: scan }, { to: more }] }\n  more: { use: asking, exits: { done: exit.no } }',
    { ...baseFiles(), 'workflows/fragments/asking.fragment.yaml': inner },
  );
  const more = loaded(files).chart.states['main.work.identity.more']!;
  expect(more.on.AGAIN!.branches[0]!.to).toEqual({ kind: 'state', address: 'main.work.ask.fill', again: false });
});
