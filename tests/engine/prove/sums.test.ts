import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { load } from '../../../engine/load.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { prove } from '../../../engine/prove/index.ts';
import { type Constraint, feasible, without } from '../../../engine/prove/sums/arithmetic.ts';
import { runScenario } from '../../../engine/simulate/index.ts';
import { definitionFiles } from '../../workflows/definition-files.ts';

vi.setConfig({ testTimeout: 180_000 });

const files = definitionFiles();
const surplus = 'workflows/fragments/surplus.fragment.yaml';
const bank = 'workflows/connectors/bank.connector.yaml';
const project = 'shenzhen-construction';

function changed(path: string, from: string, to: string): Files {
  const text = files[path] ?? '';
  if (!text.includes(from)) throw new Error(`nothing to change: ${from}`);
  return { ...files, [path]: text.replace(from, to) };
}

function loaded(from: Files): Definition {
  const { definition, issues } = load(from, project);
  if (definition === null) throw new Error(JSON.stringify(issues));
  return definition;
}

const open = (definition: Definition) => prove(definition).undecided.map(({ law }) => law);

test('where both ways of paying are open, no more goes back than came, and only the fee is kept [PRV-10]', () => {
  const { held, undecided, violations } = prove(loaded(files));
  expect(held).toEqual(expect.arrayContaining(['conserved', 'onlyTheFee', 'onePayment']));
  expect(undecided).toEqual([]);
  expect(violations).toEqual([]);
});

/** A part was remitted and is on its way back when the rest is remitted: what is on its way is counted as paid. */
const hole = {
  scenario: '部分汇款正在退回，又补足其余的',
  project,
  steps: [
    { do: 'NEXT', times: 5 },
    { notice: 'SCANNED', with: { agentQr: 'right' } },
    { do: 'ID_UPLOADED' },
    { do: 'ORDER', fill: { order: { mode: 'remittance' } } },
    { do: 'VOUCHER' },
    { do: 'REMIT_MATCHED', fill: { receipt: { total: 20_000, amount: 20_000, transaction: 'flow-1' } } },
    { world: { 'bank.refund': 'none' } },
    { do: 'CHANGE_MODE' },
    { do: 'ORDER', fill: { order: { mode: 'online' } } },
    { do: 'CHANGE_MODE' },
    { do: 'ORDER', fill: { order: { mode: 'remittance' } } },
    { do: 'VOUCHER' },
    { do: 'REMIT_MATCHED', fill: { receipt: { total: 8000, amount: 8000, transaction: 'flow-2' } } },
  ],
};

test('seeded: a part goes back as soon as another way of paying is chosen; that it breaks the law is played [PRV-10]', () => {
  const definition = loaded(
    changed(surplus, '|| facts.paid)', "|| (has(last.orders.mode) && last.orders.mode == 'online'))"),
  );
  expect(open(definition)).toContain('onlyTheFee');
  const answer = { answer: 'bank.refund', outcome: 'OK', with: { amount: 20_000 } };
  const { session } = runScenario(definition, { ...hole, steps: [...hole.steps, answer] });
  expect(session?.incidents).toContain('law:onlyTheFee');
  // As it is shipped nothing is on its way.
  expect(runScenario(loaded(files), hole).session?.calls).toEqual([]);
});

test('seeded: what was remitted too much is sent back with the fee [PRV-10]', () => {
  const definition = loaded(
    changed(surplus, ' - (facts.remitted && has(last.orders.price) ? last.orders.price : 0)"', '"'),
  );
  expect(open(definition)).toContain('onlyTheFee');
});

test('seeded: the bank does not promise to send back what it was asked to [PRV-10] [RUN-29]', () => {
  expect(open(loaded(changed(bank, '        same: [amount]\n', '')))).toContain('conserved');
});

const names = ['x', 'y', 'z'] as const;
const constraint = fc
  .record({
    terms: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })),
    constant: fc.integer({ min: -9, max: 9 }),
    relation: fc.constantFrom('=' as const, '>=' as const, '>' as const),
  })
  .map(({ terms, constant, relation }): Constraint => {
    const known = terms.flatMap((each, at) => (each === 0 ? [] : [[names[at] as string, each] as const]));
    return { form: { terms: new Map(known), constant }, relation };
  });
const point = fc.tuple(
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -9, max: 9 }),
);

function holds({ form, relation }: Constraint, at: readonly number[]): boolean {
  const value = [...form.terms].reduce(
    (sum, [name, each]) => sum + each * (at[names.indexOf(name as 'x')] as number),
    form.constant,
  );
  return relation === '=' ? value === 0 : relation === '>' ? value > 0 : value >= 0;
}

test('what some values fulfil is never said to be impossible, nor after a variable is taken out [PRV-10]', () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 300);
  fc.assert(
    fc.property(fc.array(constraint, { maxLength: 8 }), point, (all, at) => {
      const fulfilled = all.filter((each) => holds(each, at));
      expect(feasible(fulfilled)).toBe(true);
      const rest = without(fulfilled, 'x');
      expect(rest?.every((each) => holds(each, at))).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('what nothing can fulfil is found [PRV-10]', () => {
  const form = (x: number, y: number, constant: number) => ({
    terms: new Map(
      [
        ['x', x],
        ['y', y],
      ].filter(([, each]) => each !== 0) as [string, number][],
    ),
    constant,
  });
  // x > y, y >= 3, x = 3
  expect(
    feasible([
      { form: form(1, -1, 0), relation: '>' },
      { form: form(0, 1, -3), relation: '>=' },
      { form: form(1, 0, -3), relation: '=' },
    ]),
  ).toBe(false);
});
