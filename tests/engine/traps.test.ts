import { describe, expect, test } from 'vitest';
import { load } from '../../engine/load.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import { files } from './run/loan.ts';
import { applicant, Case, clerk, day, hour, loan, monday, other } from './run/support.ts';

/** What statecharts make easy to get wrong. Each trap is shown sprung where it can be, and shut. */

const start = (definition: Definition) => new Case(definition, true);
const checking = (definition: Definition) => start(definition).fill();
const known = (definition: Definition) => checking(definition).answer('main.work.check', 'FOUND');

/** Codes of what is told about the process with these texts replaced. */
function told(...changes: readonly (readonly [from: string, to: string])[]): string[] {
  const path = 'workflows/loan.workflow.yaml';
  const given: Files = {
    ...files,
    [path]: changes.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, () => to);
    }, files[path]!),
  };
  return load(given, 'demo').issues.map((issue) => `${issue.severity} ${issue.code} ${issue.path}`);
}

test('trap 1: a condition with at() inside a larger one sees the state, on both sides of && || and !', () => {
  const definition = loan([
    "when: { if: at('main.closed'), to: owed }",
    "when: { if: \"facts.paid && (!at('main.work') && (at('main.closed') || at('main.held')))\", to: owed }",
  ]);
  const play = checking(definition).hear('PAID', { id: '1', amount: 50_000 });
  expect(play.state.active).toEqual(['main.work.check', 'money.kept']);
  play.do('HOLD', clerk);
  expect(play.state.active).toEqual(['main.held', 'money.owed']);
});

test('trap 2: where no condition of the inner state holds the outer state answers, unless the list ends in a refusal', () => {
  const inner = (branch: string) =>
    start(loan(['on: { NEXT: next }\n            after', `on: { NEXT: next, LEAVE: ${branch} }\n            after`]));
  expect(inner('{ if: facts.known, to: fill }').do('LEAVE', applicant).main).toBe('main.closed');
  const shut = inner('[{ if: facts.known, to: fill }, { refuse: 先填写 }]');
  expect(shut.refused('LEAVE', applicant)).toEqual(['refused-here']);
  expect(shut.main).toBe('main.work.fill');
});

describe('trap 3: going back by history enters again, yet nothing of `enter` happens again', () => {
  test('no counter rises twice, no call and no secret is made twice', () => {
    const play = checking(loan()).do('HOLD', clerk).do('UNHOLD', clerk);
    expect(play.main).toBe('main.work.check');
    expect(play.effects).toEqual([]);
    expect(play.state.counters.checks).toEqual({ count: 1 });
    expect(play.state.calls['main.work.check']).toMatchObject({ generation: 1, status: 'waiting' });
  });

  test('the mark is per region: what another region enters in the same step is entered for good', () => {
    const definition = loan(
      [
        'owed: { title: 待退, task: { by: desk, title: 退押金 }, on: { PAY_BACK: { void: paid, to: none } } }',
        'owed: { title: 待退, task: { by: desk, title: 退押金 }, enter: { count: daily }, on: { PAY_BACK: { void: paid, to: none } } }',
      ],
      ["when: { if: at('main.closed'), to: owed }", 'follow: { UNHOLD: owed }'],
    );
    const play = checking(definition).hear('PAID', { id: '1', amount: 50_000 }).do('HOLD', clerk).do('UNHOLD', clerk);
    expect(play.state.active).toEqual(['main.work.check', 'money.owed']);
    expect(play.state.counters).toMatchObject({ checks: { count: 1 }, daily: { count: 1 } });
  });
});

test('trap 4: a call that is made and left within one step is never made', () => {
  const definition = loan([
    '        on:\n          HOLD:',
    '        when: { if: counters.checks >= 2, to: closed }\n        on:\n          HOLD:',
  ]);
  const play = checking(definition).answer('main.work.check', 'UNAVAILABLE').do('AGAIN', applicant);
  expect(play.main).toBe('main.closed');
  expect(play.effects.map((effect) => effect.kind)).not.toContain('call');
  expect(play.effects.map((effect) => effect.kind)).not.toContain('leave');
});

test('trap 5: regions choose on the same configuration, so two `when` that answer each other would both fire: refused', () => {
  expect(
    told(
      ["when: { if: at('main.closed'), to: owed }", "when: { if: at('main.held'), to: owed }"],
      ['title: 处理后恢复 }', "title: 处理后恢复 }\n        when: { if: at('money.kept'), to: closed }"],
    ),
  ).toContainEqual(expect.stringContaining('error when-crossing'));
});

test('trap 6: a `when` on a compound is live in its children; on the state that is entered it is not', () => {
  const whole = loan([
    '        on:\n          HOLD:',
    '        when: { if: counters.checks >= 2, to: held }\n        on:\n          HOLD:',
  ]);
  const caught = checking(whole).answer('main.work.check', 'UNAVAILABLE').do('AGAIN', applicant);
  expect(caught.main).toBe('main.held');
  // Sent back, it is caught again.
  expect(caught.do('UNHOLD', clerk).main).toBe('main.held');

  const leaf = loan([
    'when: { if: counters.daily >= settings.tries, to: locked }',
    'when: [{ if: counters.daily >= settings.tries, to: locked }, { if: counters.checks >= 2, to: held }]',
  ]);
  const passed = checking(leaf).answer('main.work.check', 'UNAVAILABLE').do('AGAIN', applicant);
  expect(passed.main).toBe('main.work.check');
  passed.answer('main.work.check', 'UNAVAILABLE');
  expect(passed.main).toBe('main.held');
});

test('trap 7: a state with a call that is entered anew calls anew; the deadline around it runs on', () => {
  const definition = loan([
    '        on:\n          HOLD:',
    '        after: { 60 days: closed }\n        on:\n          HOLD:',
  ]);
  const play = checking(definition);
  play.now += day;
  play.answer('main.work.check', 'UNAVAILABLE').do('AGAIN', applicant);
  expect(play.effects).toMatchObject([
    { kind: 'makeSecret', generation: 2 },
    { kind: 'call', call: 'main.work.check', generation: 2 },
  ]);
  expect(play.state.timers['main.work.check|after:2 working days']).toMatchObject({ due: monday + 3 * day });
  expect(play.state.timers['main.work|after:60 days']).toMatchObject({ due: monday + 60 * day, generation: 1 });
});

test('trap 8: a condition that could fail in an idle region is refused when it is written', () => {
  expect(told(['if: has(item.kind) && event.amount', 'if: item.kind == "laptop" && event.amount'])).toContain(
    'error form-not-filled money.none.on.PAID.if',
  );
});

describe('trap 9: the same event in two regions would move both', () => {
  test('refused: one region leads, the others follow', () => {
    expect(told(['follow: { PAY_BACK: done }', 'on: { PAY_BACK: done }'])).toContainEqual(
      expect.stringContaining('error event-two-regions'),
    );
  });

  test('the follower moves in the step of the leader; when the leader is folded away the button goes with it', () => {
    const desk = { id: 'dora', roles: ['desk'] };
    const finished = known(loan()).do('APPROVE', clerk).do('APPROVE', other);
    expect(finished.refused('PAY_BACK', desk)).toEqual(['event-not-here']);
    finished.hear('PAID', { id: '1', amount: 50_000 }).do('PAY_BACK', desk);
    expect(finished.state.active).toEqual(['main.done', 'money.none']);

    const folded = loan(
      [
        'on: { PAY_BACK: { void: paid, to: none }, PAID: { record: payments } }',
        'on: { PAY_BACK: { if: settings.needsCard, void: paid, to: none }, PAID: { record: payments } }',
      ],
      [
        'task: { by: desk, title: 退押金 }, on: { PAY_BACK: { void: paid, to: none } }',
        'task: { by: desk, title: 退押金 }, after: { 1 day: none }',
      ],
    );
    expect(folded.declared.events).not.toHaveProperty('PAY_BACK');
    expect(folded.chart.states['main.work.finish']!.follow).toEqual({});
  });
});

test('trap 10: settings are folded and states pruned before at() and follow are resolved', () => {
  const change = [
    "when: { if: at('main.closed'), to: owed }",
    "when: { if: at('main.closed') || at('main.work.card.phone'), to: owed }",
  ] as const;
  const without = loan(change);
  expect(without.chart.states).not.toHaveProperty(['main.work.card.phone']);
  expect(without.chart.states['money.kept']!.when!.branches.map((branch) => branch.if)).toEqual(['at("main.closed")']);
  const withCard = loan(change, ['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);
  expect(withCard.chart.states['money.kept']!.when!.branches[0]!.if).toContain('main.work.card.phone');
});

describe('trap 11: a case that is over still hears money', () => {
  test('a payment after the end is owed', () => {
    const play = checking(loan()).do('LEAVE', applicant);
    expect(play.state.over).toBe(true);
    play.now += 300 * day;
    play.hear('PAID', { id: '1', amount: 50_000 });
    expect(play.state).toMatchObject({ over: false, active: ['main.closed', 'money.owed'] });
    expect(play.incidents).toEqual([]);
  });

  test('`heard: always` finds where it would be lost: another payment while one is owed', () => {
    expect(told()).toContainEqual(expect.stringContaining('warning event-gap events.PAID'));
    const play = checking(loan()).do('LEAVE', applicant).hear('PAID', { id: '1', amount: 50_000 });
    play.now += hour;
    play.hear('PAID', { id: '2', amount: 50_000 });
    expect(play.incidents).toEqual(['unheard:PAID']);
  });
});

test('trap 12: a law names the exception in the settings; where the exception rules it asks for nothing', () => {
  const law = (must: string, ...more: [string, string][]) =>
    known(loan(['must: facts.known && facts.agreed', `must: "${must}"`], ...more))
      .do('APPROVE', clerk)
      .do('APPROVE', other);
  expect(law('facts.paid').incidents).toEqual(['law:approved']);
  expect(law('facts.paid || !settings.needsCard').incidents).toEqual([]);
});
