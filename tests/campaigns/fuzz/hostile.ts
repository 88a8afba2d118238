/** Pieces of text that have broken readers of YAML, JSON, CEL and patterns before. */

export const scraps: readonly string[] = [
  ...['{', '}', '[', ']', ':', ',', '"', "'", '&a ', '*a', '!', '#', '\n', '  ', '\t', '- ', '? ', '|', '>', '%', '@'],
  ...['<<: ', '__proto__: ', '"__proto__":', 'constructor', '0', '~', '\u0000', '字', 'to: ', 'if: ', 'next', '.back'],
  ...['999999999999999999999', 'null', 'true', '(a+)+', ' && ', 'has(', '-1', '""', '---\n', '...\n', '\uFEFF', '\r'],
];

/** Names that every JavaScript object knows without having been given them. */
export const inherited: readonly string[] = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'];

const nested = (open: string, inner: string, close: string, times: number): string =>
  open.repeat(times) + inner + close.repeat(times);

/** Values that stand where another value stood, quoted so that both YAML and JSON read them. */
export const values: readonly string[] = [
  ...['null', 'true', '[]', '{}', '-1', '1e999', '0.1', '9007199254740993', '""', '"__proto__"', '"constructor"'],
  ...['"30 dayz"', '"-3 days"', '"9999999 days"', '"150% of settings.x"', '"next"', '"here"', '"main"', '"exit.ok"'],
  // Expressions that cost much: depth, length, loops in loops, conversions.
  JSON.stringify(nested('(', '1', ')', 400)),
  JSON.stringify(Array.from({ length: 600 }, (_, i) => `a${i} == ${i}`).join(' && ')),
  JSON.stringify(nested('[1,2,3].all(x, ', 'true', ')', 12)),
  JSON.stringify(nested('[[1,2],[3]].exists(x, ', 'x == x', ')', 6)),
  JSON.stringify(`${'!'.repeat(300)}true`),
  JSON.stringify("'a' + ".repeat(300).concat("'b'")),
  '"settings[\'__proto__\']"',
  '"at(at(at))"',
  '"now / 0"',
  // Patterns that backtrack, and numbers that are too large.
  ...['"(a+)+$"', '"^(\\\\w+\\\\s?)*$"', '"(a|aa)+$"', '"[a-z]{1,1000}{1,1000}"', '"(?<=a)b"', '"\\\\1(a)"'],
];

/** Whole texts that stand in the place of a file. */
export const files: readonly string[] = [
  `a: &a [x, x]\n${Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${i === 0 ? '*a, *a' : `*b${i - 1}, *b${i - 1}`}]`).join('\n')}`,
  nested('[', '', ']', 200_000),
  '{"a":'.repeat(50_000),
  `language: 2\nworkflow: x\n${Array.from({ length: 3000 }, (_, i) => `k${i}: { to: k${i + 1} }`).join('\n')}`,
  `a: "${'x'.repeat(3_000_000)}"`,
  '{"type":"object","title":"t","properties":{"a":{"$ref":"#"}}}',
  '{"__proto__":{"polluted":true}}',
  '!!js/function "function(){}"',
  '',
  '\u0000',
];
