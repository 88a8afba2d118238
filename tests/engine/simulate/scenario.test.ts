import { describe, expect, test } from 'vitest';
import {
  actorFor,
  advance,
  begin,
  completeCommand,
  play,
  runScenario,
  type ScenarioStep,
  settleCalls,
  walkTo,
} from '../../../engine/simulate/index.ts';
import { day, hour, loan } from '../run/support.ts';

const definition = loan();
const carded = loan(['number: "000"', 'number: "000"\nsettings: { needsCard: true }']);
const run = (steps: readonly ScenarioStep[], given = definition, restore = false) =>
  runScenario(given, { scenario: '试', project: 'demo', steps }, { restore });

describe.each([false, true])('[SIM-4] scenarios (through JSON text: %s)', (restore) => {
  const passes = (steps: readonly ScenarioStep[], given = definition) =>
    expect(run(steps, given, restore).failure).toBeNull();

  test('the whole way, with complete forms and whoever may act', () => {
    passes([
      {
        expect: {
          at: 'main.work.fill',
          label: '待填写',
          offers: { has: ['NEXT'], not: ['APPROVE'] },
          waiting: '填写借用信息',
        },
      },
      { do: 'NEXT' },
      { expect: { at: ['main.work.review.first', 'money.none'], facts: ['known'], counters: { checks: 1 } } },
      { do: 'APPROVE' },
      { refused: 'APPROVE', as: 'clerk/one', why: '另一个人' },
      { do: 'APPROVE' },
      { expect: { facts: { has: ['agreed'], not: ['paid'] }, over: false } },
      { advance: '7 days' },
      { expect: { at: 'main.done', over: true } },
    ]);
  });

  test('values are laid over complete forms; null takes a field away', () => {
    passes([
      { refused: 'NEXT', fill: { person: { name: null } } },
      { do: 'NEXT', fill: { item: { kind: 'camera' } } },
      { expect: { at: 'main.work.review.first' } },
      { do: 'REJECT', fill: { opinion: { flags: [{ field: 'item.lens', reason: '没有' }] } } },
      { expect: { label: '待修改', records: { opinions: 1 } } },
      { refused: 'RESUBMIT', fill: { person: { name: '别人' } }, why: '姓名' },
      { do: 'RESUBMIT', fill: { item: { lens: '35' } } },
      { expect: { at: 'main.work.review.first' } },
    ]);
  });

  test('[SIM-2] the world answers as told, or not at all', () => {
    passes([
      { world: { 'registry.check': 'none' } },
      { do: 'NEXT' },
      { advance: '1 hour' },
      { expect: { at: 'main.work.check', notified: 'late' } },
      { advance: '3 working days' },
      { expect: { at: 'main.work.pinned' } },
      { do: 'CODE', fill: { code: { code: 'wrong' } }, times: 2 },
      { expect: { at: 'main.work.locked', notified: ['wrong'], counters: { daily: 2 } } },
      { world: { 'registry.check': 'MISMATCH' } },
    ]);
  });

  test('[SIM-3] through: by the link of a phone, past a payment that another region hears', () => {
    passes([{ through: 'main.work.card.phone' }, { do: 'SEND_CARD' }, { expect: { facts: ['paid'] } }], carded);
    passes([{ through: 'money.kept' }, { expect: { facts: ['paid'], records: { payments: 1 } } }]);
    passes([{ through: 'main.done' }, { expect: { over: true } }]);
  });

  test.each<[string, ScenarioStep[], number, string]>([
    ['a place', [{ do: 'NEXT' }, { expect: { at: 'main.done' } }], 1, '在 main.done'],
    ['a refusal that does not come', [{ refused: 'NEXT' }], 0, '拒绝 NEXT'],
    ['a refusal for another reason', [{ refused: 'APPROVE', why: '天气' }], 0, '拒绝的理由里有“天气”'],
    ['an event that is refused', [{ do: 'APPROVE' }], 0, '可以 APPROVE'],
    ['a fact', [{ expect: { facts: ['paid'] } }], 0, '事实 paid'],
    ['a notice', [{ expect: { notified: 'soon' } }], 0, '发出 soon'],
    ['a label', [{ expect: { label: '别的' } }], 0, '显示“别的”'],
    ['an offer', [{ expect: { offers: ['APPROVE'] } }], 0, '可以 APPROVE'],
    ['a way that is not there', [{ through: 'main.nowhere' }], 0, '走到 main.nowhere'],
  ])('says what was expected: %s', (_name, steps, at, expected) => {
    expect(run(steps, definition, restore)).toMatchObject({ passed: false, failure: { step: at, expected } });
  });

  test('says it in English too; what the definition says stays as it is', () => {
    const inEnglish = (...steps: readonly ScenarioStep[]) => run(steps, definition, restore).failure?.english;
    expect(inEnglish({ do: 'APPROVE' })).toMatchObject({
      expected: 'APPROVE is possible',
      found: expect.stringMatching(/^refused: .*[a-z]{3}/),
    });
    expect(inEnglish({ expect: { facts: ['paid'] } })?.expected).toBe('the fact paid');
    expect(inEnglish({ expect: { label: '别的' } })?.expected).toBe('“别的” is shown');
    expect(inEnglish({ through: 'main.nowhere' })?.found).toMatch(/^no way was found, it stands at [ -~]+$/);
  });

  test('a law that breaks fails it, whatever it expects', () => {
    const lawless = loan(['must: facts.known && facts.agreed', 'must: facts.paid']);
    const result = run([{ do: 'NEXT' }, { do: 'APPROVE' }, { do: 'APPROVE' }], lawless, restore);
    expect(result.failure).toMatchObject({ step: 2, found: '违反“批准后才能借出”（approved）' });
  });
});

test('[SIM-1] the clock fires what falls due, each at its own time, in order', () => {
  const session = advance(begin(definition), { kind: 'elapsed', ms: 40 * day });
  expect(session.state.active[0]).toBe('main.closed');
  expect(session.journal.map((entry) => (entry.at - session.journal[0]!.at) / day)).toEqual([0, 10, 20, 30]);
  expect(session.now - session.journal[0]!.at).toBe(40 * day);
});

test('[SIM-1] a session is a value: playing on from an earlier one does not change it', () => {
  const first = begin(definition);
  const text = JSON.stringify({ ...first, definition: null });
  const played = play(first, completeCommand(first, 'NEXT', actorFor(first, 'NEXT')));
  if (played.kind === 'refused') throw new Error(played.blockers[0]?.message);
  settleCalls(played.session);
  advance(played.session, { kind: 'elapsed', ms: hour });
  expect(walkTo(first, 'main.work.finish')).not.toBeNull();
  expect(JSON.stringify({ ...first, definition: null })).toBe(text);
});
