import { expect, test } from 'vitest';
import { load } from '../../../engine/load.ts';
import { files } from './loan.ts';
import { applicant, Case, day, loan, monday } from './support.ts';

const soon = 'soon: { sms: person.mobile, if: has(person.mobile), text: "您的申请将于{deadline}失效" }';
const told = (notice: string) => loan([soon, `soon: ${notice}`]);
const beside = '{ sms: person.number, text: "【示例】将于{deadline}失效", inbox: "将于{deadline}失效，{person.name}" }';

test('[RUN-30] the same news goes by the channel and into the inbox, each in its own words, and is one in the journal', () => {
  const play = new Case(told(beside), true).fill().answer('main.work.check', 'MISMATCH', { what: 'x' });
  play.now = monday + 10 * day;
  play.due('remind:10 days');
  expect(play.effects).toEqual([
    {
      kind: 'notice',
      key: expect.stringMatching(/^c-1:\d+:0$/),
      notice: 'soon',
      by: 'sms',
      to: 'A-1',
      text: expect.stringContaining('【示例】'),
    },
    {
      kind: 'notice',
      key: expect.stringMatching(/^c-1:\d+:1$/),
      notice: 'soon',
      by: 'inbox',
      to: null,
      text: expect.stringMatching(/^将于.*张三$/),
    },
  ]);
  expect(play.entry?.notified).toEqual(['soon']);
});

test('[RUN-30] who has given no number reads it in the inbox, and that is no incident', () => {
  const play = new Case(told(beside.replace('，{person.name}', '')), true);
  play.now = monday + 10 * day;
  play.due('remind:10 days');
  expect(play.effects).toMatchObject([{ by: 'inbox', to: null }]);
  expect(play.incidents).toEqual([]);
  const without = new Case(told('{ sms: person.number, text: 将失效 }'), true);
  without.now = monday + 10 * day;
  without.due('remind:10 days');
  expect(without.effects).toEqual([]);
  expect(without.incidents).toEqual(['notice:soon']);
});

test('[RUN-30] the inbox alone', () => {
  const play = new Case(told('{ inbox: true, text: "将于{deadline}失效" }'), false);
  play.now = monday + 10 * day;
  play.due('remind:10 days');
  expect(play.effects).toMatchObject([{ by: 'inbox', to: null, text: expect.stringContaining('将于') }]);
});

test('[RUN-30] an inbox is told nothing after the values were erased', () => {
  const kept = `  papers:
    title: 材料
    states:
      inUse: { when: { if: at('main.closed'), to: kept } }
      kept: { afterwards: true, on: { FORGET: gone }, after: { 30 days: gone } }
      gone: { final: true, enter: { erase: values, notify: soon } }
`;
  const definition = loan(
    [soon, `soon: ${beside}`],
    ['  money:\n    title: 押金\n', `${kept}  money:\n    title: 押金\n`],
    ['  PAY_BACK: {', '  FORGET: { title: 删除, by: applicant, saves: nothing }\n  PAY_BACK: {'],
  );
  const play = new Case(definition, true).fill().do('LEAVE', applicant).do('FORGET', applicant);
  expect(play.effects.map((effect) => effect.kind)).toEqual(['erase']);
  expect(play.incidents).toEqual([]);
});

/** What the checks say of a notice; the process itself has a gap that another test is about. */
function issuesOf(notice: string): readonly string[] {
  const text = files['workflows/loan.workflow.yaml']!.replace(soon, `soon: ${notice}`);
  return load({ ...files, 'workflows/loan.workflow.yaml': text }, 'demo')
    .issues.map(({ code }) => code)
    .filter((code) => code !== 'event-gap');
}

test('a notice has one channel, beside which the inbox says something of its own', () => {
  expect(issuesOf(beside)).toEqual([]);
  expect(issuesOf('{ inbox: true, text: 将失效 }')).toEqual([]);
  expect(issuesOf('{ inbox: 将失效, text: 将失效 }')).toEqual(['notice-channel']);
  expect(issuesOf('{ sms: person.number, inbox: true, text: 将失效 }')).toEqual(['notice-channel']);
});

test('what the inbox says is checked like every text: names, secrets, fields that are not for everybody', () => {
  expect(issuesOf('{ desk: clerk, text: 将失效, inbox: "{secrets.pin}" }')).toEqual(['text-secret']);
  expect(issuesOf('{ desk: clerk, text: 将失效, inbox: "{person.nobody}" }')).toEqual(['expression-field']);
});
