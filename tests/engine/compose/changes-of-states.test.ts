import { describe, expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import type { Json } from '../../../engine/model/json.ts';
import { shortHash } from '../../../engine/read/index.ts';
import { line } from '../../../server/cli/check.ts';
import { baseFiles, changed } from '../definitions.ts';

const north = 'workflows/projects/north.project.yaml';

const withChanges = (...lines: string[]): Files =>
  changed(north, 'number: "901"', ['number: "901"', 'changes:', ...lines.map((one) => `  ${one}`)].join('\n'));

function loaded(files: Files): Definition {
  const { definition, issues } = load(files, 'north');
  expect(issues.filter((issue) => issue.severity === 'error').map(line)).toEqual([]);
  return definition!;
}

const issuesOf = (...lines: string[]) => load(withChanges(...lines), 'north').issues;

describe('a button of a state', () => {
  const named = (address: string, was: Json, is = '别的说法') =>
    `named: { set: ${address}.title, was: "${shortHash(was)}", is: ${is} }`;
  const titles = (definition: Definition, state: string, event: string) =>
    definition.chart.states[state]!.on[event]!.branches.map(({ title, refuse }) => [title, refuse]);

  test('[CHG-1] is called otherwise where the transition is a bare target, has words, or branches', () => {
    const bare = loaded(withChanges(named('main.work.on.PAUSE', null)));
    expect(titles(bare, 'main.work', 'PAUSE')).toEqual([['别的说法', null]]);
    expect(bare.chart.states['main.work']!.on.PAUSE!.branches[0]!.to).toMatchObject({ address: 'main.paused' });
    expect(bare.declared.events.PAUSE!.title).not.toBe('别的说法');

    const branches = loaded(withChanges(named('main.work.review.first.on.DECLINE', null)));
    const refused = titles(loaded(baseFiles()), 'main.work.review.first', 'DECLINE').map(([, refuse]) => refuse);
    expect(titles(branches, 'main.work.review.first', 'DECLINE')).toEqual(refused.map((one) => ['别的说法', one]));
  });

  test('[CHG-1] stands on what all branches say, on their list, or on the one branch', () => {
    const first = 'main.work.review.first.on.AGREE';
    const workflow = 'workflows/book-loan.workflow.yaml';
    const different = (change: string): Files => ({
      ...withChanges(change),
      ...{
        [workflow]: changed(
          workflow,
          'if: settings.twoPeople, sign',
          'if: settings.twoPeople, title: 同意并交复核, sign',
        )[workflow]!,
      },
    });
    const now = (change: string) => titles(loaded(different(change)), 'main.work.review.first', 'AGREE');
    expect(now(named(first, ['同意并交复核', null]))[0]).toEqual(['别的说法', null]);
    expect(load(different(named(first, null)), 'north').issues).toMatchObject([
      {
        ...{ code: 'change-conflict', file: north, line: 7, path: 'changes.named' },
        proposal: shortHash(['同意并交复核', null]),
      },
    ]);
    expect(now(named(`${first}.second`, '同意并交复核'))[0]).toEqual(['别的说法', null]);
    expect(now(named(`${first}.next`, null))[0]).toEqual(['同意并交复核', null]);
  });

  test('[CHG-1] keeps the shape of the language, and has to be one', () => {
    expect(issuesOf(named('main.work.on.PAUSE', null, '[1]'))).toMatchObject([{ path: 'changes.named', line: 7 }]);
    expect(issuesOf(named('main.work.on.PAUSED', null))).toMatchObject([{ code: 'change-address', line: 7 }]);
    expect(issuesOf(named('main.work.review.after.30 working days', null))).toMatchObject([{ code: 'change-address' }]);
  });
});

describe('a further deadline or reminder of a state', () => {
  test('[CHG-2] leads where it says, in the words of the state', () => {
    const { chart } = loaded(
      withChanges(
        'late: { add: main.work.review.first.after.9 days, is: { to: next, prove: agreed } }',
        'early: { add: main.work.ask.fill.remind.settings.draftTtl, is: overdue }',
      ),
    );
    const [late] = chart.states['main.work.review.first']!.after;
    expect(late).toMatchObject({ key: '9 days', transition: { address: 'main.work.review.first.after.9 days' } });
    expect(late!.transition.branches).toMatchObject([{ to: { kind: 'next', address: 'main.work' } }]);
    expect(chart.states['main.work.ask.fill']!.remind.map(({ notice }) => notice)).toContain('overdue');
  });

  test('[CHG-2] is an issue at its place where there is no such state, time, target or notice, or one already', () => {
    const at = (add: string, is = 'declined') => issuesOf(`late: { add: ${add}, is: ${is} }`);
    const place = { file: north, line: 7 };
    expect(at('main.work.reveiw.after.9 days')).toMatchObject([
      { ...place, code: 'change-address', proposal: 'main.work.review', path: 'changes.late' },
    ]);
    expect(at('main.work.review.after.soon')).toMatchObject([{ ...place, code: 'bad-delay' }]);
    expect(at('main.work.review.after.9 days', 'declind')).toMatchObject([
      { ...place, code: 'unknown-state', proposal: 'declined' },
    ]);
    expect(at('main.work.review.remind.9 days', 'overdu')).toMatchObject([
      { ...place, code: 'unknown-notice', proposal: 'overdue' },
    ]);
    expect(at('main.work.fetch.hold.after.2 hours')).toMatchObject([
      {
        ...place,
        code: 'change-exists',
        proposal: 'set: main.work.fetch.hold.after.2 hours',
      },
    ]);
    expect(at('main.declined.after.9 days', 'main.work')).toMatchObject([{ ...place, code: 'state-mixed' }]);
    expect(at('main.work.review.after.9 days', '{ too: declined }')).toMatchObject([
      { ...place, path: 'changes.late' },
    ]);
    expect(issuesOf('late: { add: main.work.review.after.9 days }')).toMatchObject([{ code: 'change-unclear' }]);
  });
});

describe('a notice that a project does not send', () => {
  test('[CHG-3] is named nowhere any more: on a way, on entering, as a reminder; all else happens', () => {
    const before = loaded(baseFiles());
    const base = JSON.parse(JSON.stringify(before.declared.notices)) as { [id: string]: Json };
    for (const id of Object.keys(base)) {
      const [issue] = issuesOf(`quiet: { remove: notices.${id}, was: "00000000" }`);
      expect(issue).toMatchObject({ code: 'change-conflict', line: 7 });
      const { definition, issues } = load(
        withChanges(`quiet: { remove: notices.${id}, was: "${issue!.proposal}" }`),
        'north',
      );
      expect(issues.filter(({ severity }) => severity === 'error').map(line), id).toEqual([]);
      expect(definition!.declared.notices[id]).toBeUndefined();
      const silent = (states: Definition['chart']['states']) =>
        JSON.parse(
          JSON.stringify(states, (key, value) => {
            if (key === 'origin') return undefined;
            if (key === 'notify') return (value as string[]).filter((one) => one !== id);
            return key === 'remind' ? (value as { notice: string }[]).filter((one) => one.notice !== id) : value;
          }),
        );
      expect(silent(definition!.chart.states)).toEqual(silent(before.chart.states));
      expect(JSON.stringify(definition!.chart.states)).not.toContain(`"${id}"`);
    }
  });
});
