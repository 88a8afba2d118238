import { describe, expect, test } from 'vitest';
import { coverageOf, equivalence, type Mutant, playAll } from '../../../engine/coverage/index.ts';
import { unreachableIn } from '../../../engine/coverage/unreachable.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import { loan } from '../run/support.ts';

const reasons = (definition: Definition, ...shown: readonly string[]) =>
  Object.fromEntries(unreachableIn(definition, new Set(shown)));

describe('[COV-3] what no case can tell from the definition', () => {
  const why = (definition: Definition, kind: Mutant['kind'], at: string, what = '') =>
    equivalence({ kind, at, what }, definition.chart, unreachableIn(definition, new Set()));
  const release = 'on: { APPROVE: { sign: first, to: second }, REJECT: { record: opinions, to: fix } }';

  test('is what is never used, and a condition that always holds', () => {
    const definition = loan([
      release,
      'on: { APPROVE: [{ id: known, if: facts.known, sign: first, to: second }, { void: paid, to: second }], REJECT: { record: opinions, to: fix } }',
    ]);
    const at = 'main.work.review.first.on.APPROVE';
    expect(why(definition, 'drop guard', `${at}.known`)).toContain('no case gets there');
    expect(why(definition, 'drop edge', `${at}.second`)).toContain('no case gets there');
    expect(why(definition, 'drop word', `${at}.second`, 'void: paid')).toContain('no case gets there');
    expect(why(definition, 'negate guard', `${at}.known`)).toBeNull();
    expect(why(definition, 'drop edge', `${at}.known`)).toBeNull();
    expect(why(definition, 'drop timer', 'main.work.finish|after:7 days')).toBeNull();
  });

  test('is the voiding of a fact that nothing proves', () => {
    const at = 'money.kept.on.PAY_BACK';
    expect(why(loan(), 'drop word', at, 'void: paid')).toBeNull();
    const unpaid = loan(
      ['record: payments, prove: paid, to: kept', 'record: payments, to: kept'],
      ['SEND_CARD: { prove: paid, to: next }', 'SEND_CARD: next'],
    );
    expect(why(unpaid, 'drop word', at, 'void: paid')).toBe('nothing proves paid here');
  });
});

describe('[COV-3] what no case can show', () => {
  const release = 'on: { APPROVE: { sign: first, to: second }, REJECT: { record: opinions, to: fix } }';

  test('is nothing where every branch can be taken', () => {
    expect(reasons(loan())).toEqual({});
  });

  test('is what the values of the fields in a condition decide, of forms and of what an event brings', () => {
    const definition = loan([
      release,
      "on: { APPROVE: [{ id: known, if: item.kind == 'laptop' || item.kind != 'laptop', sign: first, to: second }, { refuse: 没有这种设备 }], REJECT: { record: opinions, to: fix } }",
    ]);
    const said = 'item.kind is "laptop" or "camera"';
    expect(reasons(definition)).toEqual({
      'false main.work.review.first.on.APPROVE.known': said,
      'took main.work.review.first.on.APPROVE.2': said,
    });
  });

  test('is what no state leads to, with everything else left open', () => {
    const definition = loan([
      release,
      'on: { APPROVE: [{ id: unknown, if: "!facts.known", sign: first, to: second }, { sign: first, to: second }], REJECT: { record: opinions, to: fix } }',
    ]);
    const found = reasons(definition);
    expect(Object.keys(found)).toEqual([
      'took main.work.review.first.on.APPROVE.unknown',
      'true main.work.review.first.on.APPROVE.unknown',
    ]);
    expect(Object.values(found)[0]).toMatch(/^no case gets there: all \d+ states of main/);
  });

  test('is a field that is always or never asked for', () => {
    const rule = `"x-visible":"kind == 'camera'"`;
    expect(Object.keys(reasons(loan([rule, '"x-visible":"!settings.needsCard"'])))).toContain('not visible item.lens');
    expect(Object.keys(reasons(loan([rule, '"x-visible":"settings.needsCard"'])))).toContain('visible item.lens');
  });

  test('is counted as shown when a story shows it all the same, and listed beside what is missing when not', () => {
    const definition = loan([
      release,
      'on: { APPROVE: [{ id: unknown, if: "!facts.known", sign: first, to: second }, { sign: first, to: second }], REJECT: { record: opinions, to: fix } }',
    ]);
    const took = 'took main.work.review.first.on.APPROVE.unknown';
    expect(Object.keys(reasons(definition, took))).not.toContain(took);
    const { transitions } = coverageOf(definition, playAll(definition, [])).counts;
    expect(transitions.excluded.map(({ key }) => key)).toEqual([took]);
    expect(transitions.missing).not.toContain(took);
    expect(transitions.total).toBe(transitions.missing.length);
  });
});
