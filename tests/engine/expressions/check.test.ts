import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judges } from '../../../engine/check/expression.ts';
import { type CheckOptions, check as checkBy, type Types, typeOfSchema } from '../../../engine/expressions/index.ts';
import { runs } from '../../support/runs.ts';

const form = typeOfSchema({
  type: 'object',
  required: ['name', 'kind', 'years', 'lines'],
  properties: {
    name: { type: 'string' },
    nickname: { type: 'string' },
    kind: { type: 'string', enum: ['person', 'company'] },
    years: { type: 'integer' },
    share: { type: 'number' },
    lines: {
      type: 'array',
      maxItems: 10,
      items: { type: 'object', required: ['no'], properties: { no: { type: 'integer' } } },
    },
    free: { type: 'array', items: { type: 'string' } },
    code: { type: 'string', 'x-secret': 'pin' },
    scan: { type: 'object', 'x-file': { types: ['png'] } },
    agreed: { type: 'boolean', 'x-agreement': ['terms'] },
  },
});
const types: Types = {
  holder: { type: form, optional: false },
  facts: { type: { kind: 'object', fields: { done: { type: { kind: 'bool' }, optional: false } } }, optional: false },
  counters: {
    type: { kind: 'object', fields: { tries: { type: { kind: 'int' }, optional: false } } },
    optional: false,
  },
  people: {
    type: {
      kind: 'object',
      fields: { one: { type: { kind: 'string' }, optional: true }, two: { type: { kind: 'string' }, optional: true } },
    },
    optional: false,
  },
};
const check = (text: string, seen: Types, options: CheckOptions = {}) => checkBy(text, seen, { ...options, judges });
const want = { want: { kind: 'bool' } as const, at: true };
const codes = (text: string) => {
  const result = check(text, types, want);
  return result.kind === 'checked' ? [] : result.issues.map((issue) => issue.code);
};

describe('[EXP-3] an expression is checked when it is written', () => {
  test.each([
    "holder.kind == 'person' && facts.done",
    "at('main.work') || !at('main.over')",
    'counters.tries < 3 && counters.tries + 1 <= holder.years',
    'holder.lines.all(line, line.no > 0)',
    "has(holder.nickname) && holder.nickname == 'x'",
    "!has(holder.nickname) || holder.nickname == 'x'",
    "has(holder.nickname) ? holder.nickname != '' : facts.done",
    "has(holder.code) && holder.code == 'right'",
    "holder.kind in ['person', 'company']",
    'distinct(people.one, people.two)',
    'sum(holder.lines.map(line, line.no)) > holder.years',
    'size(holder.lines) == 0 || holder.lines[0].no == 1',
  ])('accepts %s', (text) => expect(codes(text)).toEqual([]));

  test.each([
    ['holder.nmae == ""', 'expression-field', 'name'],
    ['has(holder.nicknmae)', 'expression-field', 'nickname'],
    ['hodler.name == ""', 'expression-name', 'holder'],
    ["holder.kind == 'persno'", 'expression-literal', "'person'"],
    ["holder.kind in ['persno', 'company']", 'expression-literal', "'person'"],
    ["has(holder.code) && holder.code == 'rigth'", 'expression-literal', "'right'"],
    ["holder.nickname == 'x'", 'expression-missing', 'has(holder.nickname) && …'],
    ["holder.years == 'x'", 'expression-type', undefined],
    ['holder.years', 'expression-type', undefined],
    ['sum(holder.lines) > 1', 'expression-type', undefined],
    ['sum(1, 2) > 1', 'expression-function', undefined],
    ['holder.years + 0.5 > 1.0', 'expression-type', undefined],
    ["(at('main.a') ? 1 : 2) == 1", 'expression-at', undefined],
    ["holder.name.matches('a')", 'expression-function', undefined],
    ['nowAt() > 3', 'expression-function', undefined],
    ['holder.years >', 'expression-syntax', undefined],
    ['has(holder.free) && holder.free.all(a, holder.free.all(b, a == b))', 'expression-cost', undefined],
    [
      `${[0, 1, 2, 3, 4, 5].map((n) => `holder.lines.exists(v${n}, `).join('')}true${')'.repeat(6)}`,
      'expression-cost',
      undefined,
    ],
  ])('refuses %s: %s', (text, code, proposal) => {
    const result = check(text, types, want);
    if (result.kind !== 'failed') throw new Error('was accepted');
    const issue = result.issues[0];
    expect(issue?.code).toBe(code);
    expect(issue?.proposal).toBe(proposal);
    expect(issue!.start).toBeGreaterThanOrEqual(0);
    expect(issue!.end).toBeLessThanOrEqual(text.length);
  });

  test('a misspelt name is located at the name itself', () => {
    const result = check('facts.done && holder.nmae == ""', types, want);
    expect(result).toMatchObject({ kind: 'failed', issues: [{ start: 21, end: 25, proposal: 'name' }] });
  });

  test('[EXP-5] any text is answered, never thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.()!&|<>=' 0-9[\]{},?:+*-]{0,40}$/)), (text) => {
        const result = check(text, types, want);
        expect(['checked', 'failed']).toContain(result.kind);
      }),
      runs(150),
    );
  });
});
