import { describe, expect, test } from 'vitest';
import { coverageOf, killedBy, mutantsOf, playAll } from '../../../engine/coverage/index.ts';
import { mutated } from '../../../engine/coverage/mutants.ts';
import { runScenario, type Scenario, type ScenarioStep } from '../../../engine/simulate/index.ts';
import { loan } from '../run/support.ts';

const definition = loan();
const story = (scenario: string, ...steps: readonly ScenarioStep[]): Scenario => ({ scenario, project: 'demo', steps });
const whole = story(
  '走完',
  { do: 'NEXT' },
  { do: 'APPROVE' },
  { do: 'APPROVE' },
  {
    expect: { at: 'main.work.finish', facts: ['known', 'agreed'], people: { first: 'clerk/one', second: 'clerk/two' } },
  },
  { advance: '7 days' },
  { expect: { at: 'main.done' } },
);

describe('[COV-1] what stories show', () => {
  const counted = (...scenarios: readonly Scenario[]) => coverageOf(definition, playAll(definition, scenarios)).counts;

  test('states, branches, conditions both ways, timers, answers', () => {
    const { states, transitions, guards, timers, outcomes } = counted(whole);
    expect(states.missing).toContain('entered main.held');
    expect(states.missing).not.toContain('entered main.work.review.second');
    expect(transitions.missing).not.toContain('took main.work.obligations.agreed');
    expect(transitions.missing).toContain('took main.work.review.first.on.REJECT');
    expect(guards.missing).toContain('true main.work.on.LEAVE.closed');
    expect(guards.missing).not.toContain('true main.work.obligations.agreed');
    expect(timers.missing).not.toContain('fired main.work.finish|after:7 days');
    expect(timers.missing).toContain('fired main.work.check|remind:1 hour');
    expect(outcomes.missing).toEqual([
      'MISMATCH of main.work.check',
      'UNAVAILABLE of main.work.check',
      'late FOUND of main.work.check',
    ]);
    expect(outcomes).toMatchObject({ covered: 1, total: 4 });
  });

  test('what a refusal asks and refuses by, and an answer that comes late', () => {
    const refused = story('被拒绝', { do: 'NEXT' }, { notice: 'PAID' }, { refused: 'LEAVE' });
    const late = story(
      '迟到',
      { world: { 'registry.check': { outcome: 'FOUND', after: '3 working days' } } },
      { do: 'NEXT' },
      { advance: '4 working days' },
      { expect: { at: 'main.work.review.first' } },
    );
    const { transitions, guards, outcomes, timers } = counted(refused, late);
    expect(guards.missing).not.toContain('false main.work.on.LEAVE.closed');
    expect(transitions.missing.filter((key) => key.includes('LEAVE'))).toEqual(['took main.work.on.LEAVE.closed']);
    expect(outcomes.missing).not.toContain('late FOUND of main.work.check');
    expect(timers.missing).not.toContain('fired main.work.check|after:2 working days');
  });

  test('of a generated way only what is on it, not what the search has tried', () => {
    const { transitions } = counted(story('走到', { through: 'main.work.review.second' }));
    expect(transitions.missing).not.toContain('took main.work.fill.on.NEXT');
    expect(transitions.missing).toContain('took main.work.on.HOLD');
  });

  test('conditions of forms: shown and not, asked for and not', () => {
    const { forms } = counted(story('手机', { do: 'NEXT', fill: { item: { kind: 'laptop' } } }));
    const more = counted(
      story('手机', { do: 'NEXT', fill: { item: { kind: 'laptop' } } }),
      story('相机', { do: 'NEXT', fill: { item: { kind: 'camera' } } }),
    ).forms;
    expect(forms.covered).toBeGreaterThan(0);
    expect(more.covered).toBeGreaterThan(forms.covered);
    expect(forms.missing).toContain('visible item.lens');
    expect(more.missing).not.toContain('visible item.lens');
  });

  test('a story that does not pass counts nothing', () => {
    expect(() => counted(story('走不通', { do: 'APPROVE' }))).toThrow();
  });
});

describe('[COV-2] mutants', () => {
  const mutants = mutantsOf(definition);
  const find = (kind: string, at: string) => {
    const found = mutants.find((mutant) => mutant.kind === kind && mutant.at === at);
    if (found === undefined) throw new Error(`no mutant ${kind} ${at}`);
    return found;
  };
  const kill = (kind: string, at: string, ...scenarios: readonly Scenario[]) =>
    killedBy(find(kind, at), playAll(definition, scenarios));

  test('one for each guard, timer, edge and word', () => {
    for (const mutant of mutants) expect(mutant.make().chart, mutant.at).not.toEqual(definition.chart);
    const kinds = new Set(mutants.map((mutant) => mutant.kind));
    expect([...kinds].sort()).toEqual(['drop edge', 'drop guard', 'drop timer', 'drop word', 'negate guard']);
    expect(new Set(mutants.map(({ kind, at, what }) => `${kind} ${at} ${what}`)).size).toBe(mutants.length);
  });

  test('an expectation, a refusal and a law notice', () => {
    expect(kill('drop edge', 'main.work.review.second.on.APPROVE', whole)).toEqual({
      by: 'expectation',
      story: '走完',
      step: 3,
    });
    expect(kill('drop timer', 'main.work.finish|after:7 days', whole)).toEqual({
      by: 'expectation',
      story: '走完',
      step: 5,
    });
    const paid = story('已付款', { do: 'NEXT' }, { notice: 'PAID' }, { refused: 'LEAVE', why: '已交押金' });
    expect(kill('drop guard', 'main.work.on.LEAVE.closed', paid)).toMatchObject({ by: 'expectation', step: 2 });
    const proofless = story('走到', { through: 'main.work.finish' });
    const obligation = find('drop edge', 'main.work.obligations.agreed');
    expect(killedBy(obligation, playAll(definition, [proofless]))).toMatchObject({ by: 'law' });
  });

  test('a generated way notices nothing but laws', () => {
    const there = story('走到', { through: 'main.work.review.second' }, { expect: { at: 'main.work.review.second' } });
    expect(kill('drop edge', 'main.work.review.first.on.APPROVE', there)).toBeNull();
    expect(kill('drop edge', 'main.work.review.first.on.APPROVE', there, whole)).toMatchObject({ step: 3 });
  });

  test('a step that is not possible any more notices nothing: only what is expected after it', () => {
    const { steps } = whole;
    const silent = { ...whole, steps: steps.filter((step) => step.expect === undefined) };
    expect(kill('drop edge', 'main.work.review.second.on.APPROVE', silent)).toBeNull();
  });

  test('what no story comes by lives', () => {
    expect(kill('drop edge', 'main.held.on.STOP', whole)).toBeNull();
  });

  test('taking a story up where it is touched says the same as playing it all', () => {
    const more = story(
      '一波三折',
      { world: { 'registry.check': ['UNAVAILABLE', 'FOUND'] } },
      { do: 'NEXT' },
      { do: 'CODE', fill: { code: { code: 'wrong' } } },
      { expect: { counters: { daily: 1 }, notified: 'wrong' } },
      { do: 'AGAIN' },
      { do: 'HOLD' },
      { expect: { at: 'main.held' } },
      { do: 'UNHOLD' },
      { do: 'REJECT', fill: { opinion: { flags: [{ field: 'person.name', reason: '错字' }] } } },
      { do: 'RESUBMIT', fill: { person: { name: '李四' } } },
      { expect: { at: 'main.work.review.first', records: { opinions: 1 }, counters: { checks: 3 } } },
    );
    const stories = playAll(definition, [more]);
    expect(mutants.length).toBeGreaterThan(70);
    const everything = stories.flatMap(({ steps }) => steps.flatMap(({ seen }) => [...seen]));
    for (const mutant of mutants.filter((_, index) => index % 3 === 0)) {
      const kill = killedBy(mutant, stories);
      expect(killedBy({ ...mutant, seen: everything }, stories), `${mutant.kind} ${mutant.at}`).toEqual(kill);
      if (kill !== null) expect(runScenario(mutated(mutant), more).passed, `${mutant.kind} ${mutant.at}`).toBe(false);
    }
  });
});
