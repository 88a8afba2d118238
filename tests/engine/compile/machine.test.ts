import { describe, expect, test } from 'vitest';
import { type AnyMachineSnapshot, type AnyStateNode, initialTransition } from 'xstate';
import { outcomeEvent, timerEvent, timerId } from '../../../engine/compile/names.ts';
import { applicant, Case, clerk, item, loan, person } from '../run/support.ts';

const definition = loan();

/** Addresses of the machine's states, without our own `next` and `back`. */
function statesOf(node: AnyStateNode): string[] {
  const own = node.path.join('.');
  return [own, ...Object.values(node.states).flatMap(statesOf)];
}

test('[CMP-1] the machine has the states of the chart, in their order, and its decisions and returns', () => {
  const all = statesOf(definition.machine.root);
  expect(all.filter((each) => !/(^|\.)(next|back)$/.test(each))).toEqual(Object.keys(definition.chart.states));
  expect(all.filter((each) => /(^|\.)(next|back)$/.test(each))).toEqual(['main.work.next', 'main.work.back']);
});

test('[CMP-2] nothing is invoked or spawned, the context is ours, the snapshot small', () => {
  const [snapshot, actions] = initialTransition(definition.machine, undefined as never);
  expect(Object.keys((snapshot as AnyMachineSnapshot).children)).toEqual([]);
  expect(actions.map((each) => each.type)).not.toContain('xstate.spawnChild');
  const play = new Case(definition, false).fill();
  expect(JSON.stringify(play.state.snapshot)).toBe(
    '{"value":{"main":{"work":"check"},"money":"none"},"historyValue":{}}',
  );
});

test('every timer and every outcome of the chart has an event that the machine hears', () => {
  const heard = new Set<string>();
  const collect = (node: AnyStateNode): void => {
    for (const event of node.ownEvents) heard.add(event);
    for (const child of Object.values(node.states)) collect(child);
  };
  collect(definition.machine.root);
  let count = 0;
  for (const state of Object.values(definition.chart.states)) {
    for (const each of state.after) expect(heard).toContain(timerEvent(timerId(state.address, 'after', each.key)));
    for (const each of state.remind) expect(heard).toContain(timerEvent(timerId(state.address, 'remind', each.key)));
    for (const outcome of Object.keys(state.outcomes)) expect(heard).toContain(outcomeEvent(state.address, outcome));
    count += state.after.length + state.remind.length + Object.keys(state.outcomes).length;
  }
  expect(count).toBeGreaterThan(8);
});

test('[CMP-3] at() inside a larger condition follows the configuration', () => {
  // money.kept goes on when main is closed, whatever stands around at()
  const joined = loan([
    "if: at('main.closed'), to: owed",
    "if: \"(at('main.closed') || at('main.held')) && !at('main.work') && facts.paid\", to: owed",
  ]);
  const play = new Case(joined, false).fill().hear('PAID', { id: '1', amount: 50_000 });
  expect(play.state.active[1]).toBe('money.kept');
  play.do('HOLD', clerk);
  expect(play.state.active).toEqual(['main.held', 'money.owed']);
});

describe('[CMP-4] here and again', () => {
  test('staying restarts nothing, entering again restarts all', () => {
    const play = new Case(definition, false).fill().answer('main.work.check', 'UNAVAILABLE');
    const entered = play.state.entered['main.work.pinned'];
    play.now += 1000;
    play.do('CODE', applicant, { data: { code: 'wrong' } });
    expect(play.state.entered['main.work.pinned']).toBe(entered);
    const again = new Case(
      loan([
        'on: { NEXT: next }\n            after',
        'on: { NEXT: [{ if: person.name == item.kind, to: next }, { to: fill }] }\n            after',
      ]),
      false,
    );
    again.now += 5000;
    again.do('NEXT', applicant, { forms: { person, item } });
    expect(again.state.entered['main.work.fill']).toBe(again.now);
    expect(again.state.timers['main.work.fill|after:settings.fillTtl']?.generation).toBe(2);
  });
});

test('[CMP-5] next goes to the first obligation that is not met', () => {
  const play = new Case(definition, false).fill();
  expect(play.main).toBe('main.work.check');
  play.answer('main.work.check', 'FOUND');
  expect(play.main).toBe('main.work.review.first');
});

test('[CMP-7] the inner state is asked first, the outer one when no condition holds', () => {
  const inner = loan([
    'on: { NEXT: next }\n            after',
    'on: { NEXT: next, LEAVE: { if: facts.known, refuse: 已核对 } }\n            after',
  ]);
  expect(new Case(inner, false).do('LEAVE', applicant).main).toBe('main.closed');
  const refusing = loan([
    'on: { NEXT: next }\n            after',
    'on: { NEXT: next, LEAVE: { refuse: 先填写 } }\n            after',
  ]);
  expect(new Case(refusing, false).refused('LEAVE', applicant)).toEqual(['refused-here']);
});

test('[CMP-8] the machine stops after a bounded number of moves', () => {
  const circling = loan(
    [
      'locked: { label: 已锁定, after: { 1 hour: pinned } }',
      'locked: { when: { if: counters.daily < 99, to: locked2 } }\n          locked2: { when: { if: counters.daily < 98, to: locked } }',
    ],
    ['after: { 7 days: done }', 'after: { 7 days: done, 9 days: locked }'],
  );
  const play = new Case(circling, false).fill().answer('main.work.check', 'UNAVAILABLE');
  play.do('CODE', applicant, { data: { code: 'wrong' } });
  const began = performance.now();
  const blockers = play.send({ kind: 'event', event: 'CODE', actor: applicant, data: { code: 'wrong' } });
  expect(blockers[0]?.params).toEqual({ reason: '状态之间转来转去，停不下来' });
  expect(performance.now() - began).toBeLessThan(2000);
});
