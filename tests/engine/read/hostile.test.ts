import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadAll } from '../../../engine/load.ts';
import type { Issue } from '../../../engine/model/issue.ts';
import { readBundle } from '../../../engine/read/bundle.ts';
import { limits, nestingBound } from '../../../engine/read/gate.ts';
import { plain, readText } from '../../../engine/read/index.ts';
import { runs } from '../../support/runs.ts';
import { baseFiles } from '../definitions.ts';

const codes = (file: string, text: string) => readText(file, text).issues.map((issue) => issue.code);

describe('what could stop the process is refused first', () => {
  test.each([
    ['brackets', '['.repeat(300_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['questions', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['brackets behind a mistake', `a: "x" y\n${'['.repeat(300_000)}`],
  ])('%s, nested deeply', (_title, text) => {
    const { node, issues } = readText('x.yaml', text);
    expect(node).toBeNull();
    expect(issues).toHaveLength(1);
    expect(['too-deep', 'yaml-syntax']).toContain(issues[0]!.code);
  });

  test('aliases do not multiply', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 9 }, (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]`).join('\n')}`;
    expect(new Set(codes('x.yaml', bomb))).toEqual(new Set(['yaml-anchor', 'yaml-alias']));
  });

  test('files and lists have a size', () => {
    expect(codes('x.yaml', `a: ${'x'.repeat(limits.size)}`)).toEqual(['too-large']);
    expect(codes('x.json', `{"a": "${'x'.repeat(limits.size)}"}`)).toEqual(['too-large']);
    expect(codes('x.yaml', `[${'1,'.repeat(limits.nodes)}1]`)).toEqual(['too-large']);
    expect(codes('x.json', `[${'1,'.repeat(limits.nodes)}1]`)).toEqual(['too-large']);
    expect(codes('x.json', '['.repeat(300_000))).toEqual(['too-deep']);
  });

  test('the bound of nesting is never below the nesting', () => {
    const { doc } = fc.letrec<{ doc: unknown }>((tie) => ({
      doc: fc.oneof(
        { maxDepth: 8 },
        fc.constant('x'),
        fc.array(tie('doc'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b'), tie('doc')),
      ),
    }));
    const depth = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    fc.assert(
      fc.property(doc, fc.constantFrom(undefined, 2), (value, space) => {
        expect(nestingBound(JSON.stringify(value, null, space))).toBeGreaterThanOrEqual(depth(value));
      }),
    );
  });
});

describe('names of JavaScript are no names of ours', () => {
  test.each(['__proto__', 'constructor', 'prototype'])('%s', (name) => {
    expect(codes('x.yaml', `${name}: { polluted: true }`)).toEqual(['forbidden-key']);
    expect(codes('x.json', `{"${name}": {"polluted": true}}`)).toEqual(['forbidden-key']);
    expect(codes('x.yaml', `{ ${name}: { polluted: true } }`)).toEqual(['forbidden-key']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('YAML reads as it looks', () => {
  test.each([
    ['plain words', 'a: 3 working days', { a: '3 working days' }],
    ['a quoted number', 'a: "016"', { a: '016' }],
    ['a date stays text', 'a: 2026-01-01', { a: '2026-01-01' }],
    ['yes is a word', 'a: yes', { a: 'yes' }],
    ['an empty value', 'a:', { a: null }],
    ['folded text', 'a: >-\n  one\n  two', { a: 'one two' }],
    ['a mark at the start', '\uFEFFa: 1', { a: 1 }],
    ['line ends of Windows', 'a: 1\r\nb: [2]\r\n', { a: 1, b: [2] }],
  ])('%s', (_title, text, expected) => {
    const { node, issues } = readText('x.yaml', text);
    expect(issues).toEqual([]);
    expect(plain(node!)).toEqual(expected);
  });

  test.each([
    ['{ if: !facts.paid, to: x }', '"!facts.paid"'],
    ['{ if: has(a.b, c), to: x }', '"has(a.b, c)"'],
    ["{ if: a == 'x' && b[0] == 'y', to: x }", `"a == 'x' && b[0] == 'y'"`],
    ['{ if: *a }', '"*a"'],
  ])('%s is refused, with the quotes proposed', (text, proposal) => {
    const { issues } = readText('x.yaml', `a: ${text}`);
    expect(issues[0]).toMatchObject({ severity: 'error', line: 1, proposal });
  });
});

test('JSON is read as the built-in parser reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      if (/__proto__|constructor|prototype/.test(text)) return;
      const { node, issues } = readText('x.json', text);
      if (issues.length > 0) expect(issues.every((issue) => issue.code === 'number-unsafe')).toBe(true);
      else expect(plain(node!)).toEqual(JSON.parse(text));
    }),
    runs(100),
  );
});

/** Every issue points at a place that the file has. */
function located(files: { readonly [path: string]: string }, issues: readonly Issue[]): void {
  for (const issue of issues) {
    const text = files[issue.file];
    expect(text, issue.file).toBeDefined();
    const lines = text!.split('\n');
    expect(issue.line).toBeGreaterThanOrEqual(1);
    expect(issue.line).toBeLessThanOrEqual(lines.length);
    expect(issue.column).toBeGreaterThanOrEqual(1);
    expect(issue.column).toBeLessThanOrEqual((lines[issue.line - 1] ?? '').length + 2);
    expect(issue.message).not.toMatch(/\{\w+\}|undefined|\[object/);
  }
}

describe('whatever is done to a text', { timeout: 3_600_000 }, () => {
  const files = baseFiles();
  const paths = Object.keys(files);
  const scraps = [
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '&a ',
    '*a',
    '!',
    '#',
    '\n',
    '  ',
    '\t',
    '- ',
    '? ',
    '|',
    '>',
    '%',
    '@',
    '<<: ',
    '__proto__: ',
    '0',
    '~',
    '\u0000',
    '字',
    'to: ',
    'if: ',
    'next',
    '.back',
    '999999999999999999999',
  ];
  const mutation = fc.record({
    path: fc.constantFrom(...paths),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.integer({ min: 0, max: 30 }),
    scrap: fc.oneof(fc.constantFrom(...scraps), fc.string({ maxLength: 12 })),
  });

  test('loading never throws, and every issue is located', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const hurt: { [path: string]: string } = { ...files };
        for (const { path, at, cut, scrap } of mutations) {
          const text = hurt[path]!;
          const start = Math.floor(at * text.length);
          hurt[path] = text.slice(0, start) + scrap + text.slice(start + cut);
        }
        const loaded = loadAll(hurt);
        located(hurt, loaded.issues);
        if (loaded.issues.some((issue) => issue.severity === 'error')) return;
        expect(Object.keys(loaded.projects)).toHaveLength(2);
      }),
      runs(80),
    );
  });

  test('random words moved about in the flow never throw either', () => {
    const words = [...new Set(files['workflows/book-loan.workflow.yaml']!.match(/[A-Za-z][\w.]*/g))];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)), { minLength: 1, maxLength: 4 }),
        (swaps) => {
          let text = files['workflows/book-loan.workflow.yaml']!;
          for (const [one, other] of swaps)
            text = text.replace(new RegExp(`\\b${one.replaceAll('.', '\\.')}\\b`), () => other);
          const hurt = { ...files, 'workflows/book-loan.workflow.yaml': text };
          located(hurt, loadAll(hurt).issues);
        },
      ),
      runs(15),
    );
  });

  test('any bytes at all can be read', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: 'binary' }),
        fc.constantFrom('a.workflow.yaml', 'a.form.json', 'b.project.yaml'),
        (text, path) => {
          const { sources } = readBundle({ [path]: text });
          for (const source of sources) located({ [path]: text }, source.issues);
        },
      ),
      runs(100),
    );
  });
});
