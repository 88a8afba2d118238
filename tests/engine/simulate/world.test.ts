import { describe, expect, test } from 'vitest';
import { runScenario, type ScenarioStep } from '../../../engine/simulate/index.ts';
import { loan } from '../run/support.ts';

const definition = loan();

describe.each([false, true])('a scripted world (through JSON text: %s)', (restore) => {
  const run = (...steps: readonly ScenarioStep[]) =>
    runScenario(definition, { scenario: '试', project: 'demo', steps }, { restore });
  const passes = (...steps: readonly ScenarioStep[]) => expect(run(...steps).failure).toBeNull();
  /** What the history says of answers, in order. */
  const answers = (...steps: readonly ScenarioStep[]) => {
    const { failure, session } = run(...steps);
    expect(failure).toBeNull();
    return session?.journal.map((entry) => entry.what).filter((what) => what.includes('main.work.check:'));
  };

  test('[SIM-5] one reply for each call in turn; the last one stays', () => {
    passes(
      { world: { 'registry.check': ['MISMATCH', 'UNAVAILABLE'] } },
      { do: 'NEXT' },
      { expect: { at: 'main.work.fill', records: { mismatches: 1 } } },
      { do: 'NEXT' },
      { expect: { at: 'main.work.pinned' } },
      { do: 'AGAIN' },
      { expect: { at: 'main.work.pinned', records: { mismatches: 1 } } },
    );
  });

  test('[SIM-5] late: the answer comes when its time has passed, also to a state that was left', () => {
    passes(
      { world: { 'registry.check': { outcome: 'FOUND', after: '1 hour' } } },
      { do: 'NEXT' },
      { expect: { at: 'main.work.check' } },
      { advance: '59 minutes' },
      { expect: { at: 'main.work.check' } },
      { advance: '1 minute' },
      { expect: { at: 'main.work.review.first', facts: ['known'] } },
    );
    expect(
      answers(
        { world: { 'registry.check': { outcome: 'FOUND', after: '3 working days' } } },
        { do: 'NEXT' },
        { advance: '2 working days' },
        { expect: { at: 'main.work.pinned', facts: { not: ['known'] } } },
        { advance: '1 working day' },
        { expect: { at: 'main.work.review.first', facts: ['known'] } },
      ),
    ).toEqual(['late:main.work.check:FOUND']);
  });

  test('[SIM-5] late: an answer that comes when the contract has given up is out of date', () => {
    const limited = loan(['    retry: [1 second]\n', '    retry: [1 second]\n    limit: 10 minutes\n']);
    const { failure, session } = runScenario(
      limited,
      {
        scenario: '试',
        project: 'demo',
        steps: [
          { world: { 'registry.check': { outcome: 'FOUND', after: '1 hour', times: 2 } } },
          { do: 'NEXT' },
          { advance: '30 minutes' },
          { expect: { at: 'main.work.pinned' } },
          { advance: '30 minutes' },
          { expect: { at: 'main.work.pinned', facts: { not: ['known'] } } },
        ],
      },
      { restore },
    );
    expect(failure).toBeNull();
    expect(session?.calls).toEqual([]);
    expect(session?.journal.map((entry) => entry.what).filter((what) => what.includes('main.work.check:'))).toEqual([
      'outcome:main.work.check:UNAVAILABLE',
      'stale:main.work.check:FOUND',
      'stale:main.work.check:FOUND',
    ]);
  });

  test('[SIM-5] more than once: only the first one counts', () => {
    const steps: readonly ScenarioStep[] = [
      { world: { 'registry.check': { outcome: 'MISMATCH', data: { what: 'number' }, times: 3 } } },
      { do: 'NEXT' },
      { expect: { at: 'main.work.fill', records: { mismatches: 1 } } },
    ];
    expect(answers(...steps)).toEqual([
      'outcome:main.work.check:MISMATCH',
      'stale:main.work.check:MISMATCH',
      'stale:main.work.check:MISMATCH',
    ]);
    expect(run(...steps).session?.state.records.mismatches?.[0]?.data).toEqual({ what: 'number' });
  });

  test('[SIM-5] a new script answers a call that waits', () => {
    passes(
      { world: { 'registry.check': 'none' } },
      { do: 'NEXT' },
      { expect: { at: 'main.work.check' } },
      { world: { 'registry.check': 'FOUND' } },
      { expect: { at: 'main.work.review.first' } },
    );
  });

  test('[SIM-5] lost on our own side: not even the limit of the contract ends the call', () => {
    const limited = loan(['    retry: [1 second]\n', '    retry: [1 second]\n    limit: 10 minutes\n']);
    const at = (reply: string, place: string): ScenarioStep[] => [
      { world: { 'registry.check': reply } },
      { do: 'NEXT' },
      { advance: '1 day' },
      { expect: { at: place } },
    ];
    const played = (steps: readonly ScenarioStep[]) =>
      runScenario(limited, { scenario: '试', project: 'demo', steps }, { restore }).failure;
    expect(played(at('none', 'main.work.pinned'))).toBeNull();
    expect(
      played([...at('lost', 'main.work.check'), { advance: '1 day' }, { expect: { at: 'main.work.pinned' } }]),
    ).toBeNull();
  });

  test('[SIM-6] a message that came before, or is forged, is not told to the case', () => {
    const paid = { id: 'm-1', amount: 50_000 };
    passes(
      { do: 'NEXT' },
      { notice: 'PAID', with: paid, forged: true },
      { expect: { at: 'money.none', facts: { not: ['paid'] } } },
      { notice: 'PAID', with: paid, times: 28 },
      { expect: { at: 'money.kept', records: { payments: 1 } } },
      { notice: 'PAID', with: paid },
      { expect: { records: { payments: 1 } } },
      { notice: 'PAID' },
      { notice: 'PAID' },
      { expect: { records: { payments: 3 } } },
    );
    expect(run({ do: 'NEXT' }, { notice: 'PAID', with: paid, times: 28 }).session?.journal.length).toBe(4);
  });

  test('[SIM-7] answers by hand: out of order, to a call that was given up, to one that nobody made', () => {
    const told = answers(
      { world: { 'registry.check': 'none' } },
      { do: 'NEXT' },
      { answer: 'registry.check', outcome: 'MISMATCH' },
      { do: 'NEXT' },
      { advance: '2 working days' },
      { do: 'AGAIN' },
      { expect: { asked: { 'registry.check': { attempt: 2 } }, counters: { checks: 2 } } },
      { say: '第一次的答复又来一遍，没有人问过的答复也来了' },
      { answer: 'registry.check', outcome: 'FOUND', attempt: 1 },
      { answer: 'registry.check', outcome: 'FOUND', attempt: 2 },
      { answer: 'registry.check', outcome: 'FOUND', forged: true },
      { expect: { at: 'main.work.check', facts: { not: ['known'] } } },
      { answer: 'registry.check', outcome: 'FOUND' },
      { expect: { at: 'main.work.review.first', facts: ['known'] } },
      { do: 'APPROVE', as: 'clerk/two' },
      { expect: { people: { first: 'clerk/two' } } },
    );
    expect(told).toEqual([
      'outcome:main.work.check:MISMATCH',
      'stale:main.work.check:FOUND',
      'stale:main.work.check:FOUND',
      'stale:main.work.check:FOUND',
      'outcome:main.work.check:FOUND',
    ]);
  });

  test.each<[string, ScenarioStep[], string]>([
    ['who signed', [{ expect: { people: { first: 'clerk/one' } } }], 'first 是 clerk/one'],
    ['what was asked', [{ expect: { asked: { 'registry.check': { attempt: 1 } } } }], 'registry.check {"attempt":1}'],
    [
      'what was not asked',
      [{ do: 'NEXT' }, { expect: { asked: { 'registry.check': null } } }],
      '没有调用 registry.check',
    ],
    ['an answer to a call that was not made', [{ answer: 'registry.check' }], 'registry.check 第 1 次调用'],
    [
      'an answer that the contract does not know',
      [{ do: 'NEXT' }, { answer: 'registry.check', outcome: 'PERHAPS' }],
      '收到 registry.check PERHAPS',
    ],
    ['that it was asked at all', [{ expect: { asked: { 'registry.check': {} } } }], 'registry.check {}'],
    [
      'what was not said',
      [
        { do: 'NEXT' },
        { do: 'HOLD' },
        { expect: { notified: { has: ['held'], not: ['wrong'] } } },
        { do: 'UNHOLD' },
        { do: 'HOLD' },
        { expect: { notified: { not: ['held'] } } },
      ],
      '没有发出 held',
    ],
    ['a delay that is none', [{ world: { 'registry.check': { outcome: 'FOUND', after: 'soon' } } }], '可以执行'],
  ])('[SIM-4] says what was expected: %s', (_name, steps, expected) => {
    expect(run(...steps)).toMatchObject({ passed: false, failure: { expected } });
  });
});
