import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  conjuncts,
  disjuncts,
  evaluateText,
  parse,
  print,
  references,
  type Types,
} from '../../../engine/expressions/index.ts';
import type { Json } from '../../../engine/model/json.ts';

const values = { a: { n: 3, half: 2, s: 'x', list: [1, 2], none: {} } as Json, b: null };
const run = (text: string, types?: Types) => {
  const result = evaluateText(text, { values, ...(types ? { types } : {}), at: (address) => address === 'main.x' });
  return result.kind === 'value' ? result.value : result.kind;
};

describe('[EXP-1] expressions are CEL', () => {
  test.each<[string, Json]>([
    ['a.n + 1', 4],
    ['a.n > 2 && a.s == "x"', true],
    ['size(a.list) + a.list[1]', 4],
    ['a.list.map(x, x * 2)', [2, 4]],
    ["has(a.none.x) ? 'yes' : 'no'", 'no'],
    ["at('main.x') && !at('main.y')", true],
    ['b == null', true],
    ['unknown == null', true],
    ['a.nothing', 'missing'],
    ['a.list[7]', 'missing'],
    ['a.n + a.s', 'failed'],
    ['distinct(a.n, a.nothing, 4)', true],
    ['distinct(a.n, 3)', false],
    ['distinct(a.nothing.deeper, b.n, unknown.x)', true],
    ['distinct(a.s, a.nothing, "x")', false],
    ['sum(a.list.map(x, x * 2))', 6],
    ['sum([]) == 0', true],
    ['sum([1, 0.5])', 1.5],
    ["sum(['x'])", 'failed'],
  ])('%s', (text, expected) => expect(run(text)).toEqual(expected));

  test('[EXP-4] a number is what its schema says: a whole value of a decimal field stays a decimal', () => {
    const types: Types = {
      a: { type: { kind: 'object', fields: { half: { type: { kind: 'double' }, optional: false } } }, optional: false },
    };
    expect(run('a.half + 0.5', types)).toBe(2.5);
  });

  test('at() outside of an evaluation with a configuration is false', () => {
    expect(evaluateText("at('main.x')", { values: {} })).toEqual({ kind: 'value', value: false });
  });
});

describe('[EXP-6] the tree of an expression', () => {
  const ast = (text: string) => {
    const parsed = parse(text);
    if (parsed.kind === 'failed') throw new Error(parsed.issue.code);
    return parsed.expression.ast;
  };

  test('is taken apart at && and ||', () => {
    expect(conjuncts(ast("a && (b || c) && at('x')")).map(print)).toEqual(['a', 'b || c', 'at("x")']);
    expect(disjuncts(ast('a || b && c')).map(print)).toEqual(['a', 'b && c']);
  });

  test('names what it reads, without the variables of comprehensions', () => {
    const found = references(ast('has(form.x) && form.list.all(e, e.no > settings.min)'));
    expect(found.map((one) => `${one.path.join('.')}${one.asked ? '?' : ''}`)).toEqual([
      'form.x?',
      'form.list',
      'settings.min',
    ]);
  });

  test('printed and parsed again it means the same', () => {
    const term = fc.constantFrom('a.n', '1', '2', 'a.list[0]', 'size(a.list)');
    const relation = fc.tuple(term, fc.constantFrom('<', '<=', '==', '!='), term).map((parts) => parts.join(' '));
    const logic = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        relation,
        fc.tuple(tie('node'), fc.constantFrom('&&', '||'), tie('node')).map(([x, op, y]) => `(${x}) ${op} (${y})`),
        tie('node').map((x) => `!(${x})`),
      ),
    })).node;
    fc.assert(
      fc.property(logic, (text) => {
        const printed = print(ast(text));
        expect(print(ast(printed))).toBe(printed);
        expect(run(printed)).toEqual(run(text));
      }),
    );
  });
});
