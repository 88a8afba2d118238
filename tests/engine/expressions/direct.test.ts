import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { directOf, unsure } from '../../../engine/expressions/direct.ts';
import { evaluateByCel } from '../../../engine/expressions/evaluate.ts';
import {
  type Expression,
  evaluate,
  type Field,
  parse,
  references,
  type Types,
  walk,
} from '../../../engine/expressions/index.ts';
import type { Json } from '../../../engine/model/json.ts';
import { projects } from '../../support/definitions.ts';

const at = (address: string) => address === 'main.x';

/** Before and after CEL has accepted the expression: `evaluate` may take another way then. */
function expectSame(expression: Expression, values: { readonly [root: string]: Json }, types?: Types): void {
  const scope = { values, at, ...(types === undefined ? {} : { types }) };
  const first = evaluate(expression, scope);
  const byCel = evaluateByCel(expression, scope);
  expect(first, expression.text).toEqual(byCel);
  expect(evaluate(expression, scope), expression.text).toEqual(byCel);
}

function expressionOf(text: string): Expression {
  const parsed = parse(text);
  if (parsed.kind === 'failed') throw new Error(`${text}: ${parsed.issue.code}`);
  return parsed.expression;
}

const leaf: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...[null, true, false, 'x', '', 'y', 0, 1, 2, -3, 1.5, 2 ** 53, 1e300],
  ...[[], [1], [1, 2.5], ['x', 'x'], ['y', 1], {}],
);

describe('[EXP-7] what is evaluated without CEL comes to the same as with CEL', () => {
  test('a path', () => {
    const names = fc.constantFrom('a', 'b', 'n', 's', 'list', 'none');
    const data = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, true, false),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
        fc.string(),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.record({ a: data, b: data }), fc.array(names, { maxLength: 3 }), (values, path) => {
        expectSame(expressionOf(['a', ...path].join('.')), values);
      }),
    );
  });

  test('any expression of the language, on any data and with any types', () => {
    const path = fc.constantFrom('a', 'b', 'a.s', 'a.t', 'a.list', 'a.inner.s', 'b.s', 'b.list', 'a.nothing', 'c.s');
    const list = fc.oneof(
      path,
      fc.constantFrom(
        "['x', 'y']",
        '[]',
        '[1, 2]',
        'a.rows.map(r, r.n)',
        'a.rows.map(r, r.n + b.n)',
        'b.rows.map(r, r)',
      ),
    );
    const joint = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
      fc.tuple(...parts).map((texts) => texts.map((text) => (/^\W+$/.test(text) ? text : `(${text})`)).join(' '));
    const sign = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '&&', '||');
    const text = fc.letrec<{ any: string }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        path,
        fc.constantFrom('true', 'false', 'null', "'x'", "''", '0', '1', '2.5', '9223372036854775807'),
        fc.constantFrom("at('main.x')", "at('main.y')", 'a.rows[0].n'),
        joint(tie('any'), sign, tie('any')),
        joint(tie('any'), sign, tie('any')),
        fc.tuple(tie('any'), list).map(([one, other]) => `(${one}) in ${other}`),
        fc.array(path, { minLength: 2, maxLength: 4 }).map((paths) => `distinct(${paths.join(', ')})`),
        fc.constantFrom('has(a.s)', 'has(a.inner.s)', 'has(b.inner.s)', 'has(c.s)', 'size(a)', 'size(b.s)'),
        list.map((one) => `sum(${one})`),
        list.map((one) => `size(${one})`),
        fc.tuple(path, fc.constantFrom('0', '1', '7', '-1', 'b.n', "'s'")).map(([one, index]) => `${one}[${index}]`),
        tie('any').map((inner) => `!(${inner})`),
        fc.tuple(tie('any'), tie('any'), tie('any')).map(([one, two, three]) => `(${one}) ? (${two}) : (${three})`),
      ),
    })).any;
    const inner = fc.dictionary(fc.constantFrom('s', 't', 'list', 'n'), leaf, { noNullPrototype: true });
    const data = fc.oneof(
      leaf,
      inner,
      fc.tuple(inner, inner, fc.array(inner, { maxLength: 3 })).map(([one, two, rows]): Json => {
        return { ...one, inner: two, rows };
      }),
    );
    const decimals: Types = {
      a: {
        optional: false,
        type: {
          kind: 'object',
          fields: {
            s: { type: { kind: 'double' }, optional: false },
            list: { type: { kind: 'list', of: { kind: 'double' }, max: null }, optional: false },
            rows: {
              type: { kind: 'list', of: { kind: 'map', of: { kind: 'double' } }, max: null },
              optional: false,
            },
          },
        },
      },
    };
    fc.assert(
      fc.property(
        fc.record({ a: data, b: data }),
        text.filter((each) => parse(each).kind === 'parsed'),
        fc.constantFrom(undefined, decimals),
        (values, each, types) => expectSame(expressionOf(each), values, types),
      ),
      { numRuns: 1500 },
    );
  });

  test.each([
    'sum(records.receipts.map(r, r.amount)) - sum(records.sentBack.map(r, r.amount)) == last.orders.price',
    "has(last.orders.mode) ? last.orders.mode : settings.modes[0] + '!'",
    "'online' in settings.modes && size(records.receipts) >= 1 && !facts.paid",
  ])('%s needs no CEL', (text) => {
    const values = {
      records: { receipts: [{ amount: 3 }], sentBack: [] },
      last: { orders: { price: 3 } },
      settings: { modes: ['online'] },
      facts: { paid: true },
    };
    expect(directOf(expressionOf(text).ast)({ values })).not.toBe(unsure);
  });

  const shipped = shippedExpressions();

  test('every expression that is shipped, on random data of its shape', () => {
    expect(shipped.length).toBeGreaterThan(200);
    const asked = fc
      .constantFrom(...shipped)
      .chain((expression) => fc.tuple(fc.constant(expression), dataOf(expression)));
    fc.assert(
      fc.property(asked, fc.boolean(), ([expression, values], decimal) => {
        const of: Field = { type: { kind: 'map', of: { kind: 'double' } }, optional: false };
        const types = Object.fromEntries(Object.keys(values).map((root) => [root, of]));
        expectSame(expression, values, decimal ? types : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Every text of the effective definitions that is an expression. Titles of one word are too; they do no harm. */
function shippedExpressions(): Expression[] {
  const found = new Set<Expression>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      const parsed = parse(value);
      if (parsed.kind === 'parsed' && parsed.expression.ast.op !== 'id') found.add(parsed.expression);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(collect);
  };
  for (const { chart, declared, forms } of Object.values(projects())) collect([chart, declared, forms]);
  return [...found];
}

interface Tree {
  readonly [name: string]: Tree;
}

/** Data in which the paths of the expression often lead to something, often to what the expression compares it with. */
function dataOf(expression: Expression): fc.Arbitrary<{ readonly [root: string]: Json }> {
  const tree: { [name: string]: Tree } = {};
  for (const { path } of references(expression.ast)) {
    let here = tree;
    for (const name of path) {
      here[name] ??= {};
      here = here[name] as typeof tree;
    }
  }
  const written: Json[] = [];
  walk(expression.ast, (node) => {
    if (node.op === 'value' && typeof node.args === 'string') written.push(node.args);
    return undefined;
  });
  const rows = fc.array(fc.record({ amount: leaf, reason: leaf, data: leaf }, { requiredKeys: [] }), { maxLength: 3 });
  const end = fc.oneof(leaf, fc.constantFrom<Json>(true, ...written), fc.nat(9), rows as fc.Arbitrary<Json>);
  const dataAt = (inner: Tree): fc.Arbitrary<Json> => {
    if (Object.keys(inner).length === 0) return end;
    return fc.oneof({ arbitrary: membersOf(inner), weight: 9 }, { arbitrary: end, weight: 1 });
  };
  const membersOf = (inner: Tree) =>
    fc.record(Object.fromEntries(Object.entries(inner).map(([name, below]) => [name, dataAt(below)])), {
      requiredKeys: [],
      noNullPrototype: true,
    }) as fc.Arbitrary<{ readonly [name: string]: Json }>;
  return membersOf(tree);
}
