import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../../engine/expressions/fold.ts';
import { evaluateText } from '../../../engine/expressions/index.ts';
import { runs } from '../../support/runs.ts';

const settings = { yes: true, no: false, most: 3, modes: ['online'], mode: 'online' };
const address = (name: string) =>
  ({ paid: 'money.paid', 'money.paid': 'money.paid' })[name] ?? (name === 'typo' ? undefined : null);
const folded = (text: string) => {
  const result = fold(text, { settings, address });
  return result.kind === 'constant' ? result.value : result.text;
};

describe('what is constant is worked in', () => {
  test.each([
    ['settings.yes', true],
    ['!settings.yes', false],
    ['settings.no || settings.most > 2', true],
    ['settings.yes && counters.x >= settings.most', 'counters.x >= settings.most'],
    ['counters.x > 1 && settings.no', false],
    ['settings.no || facts.a', 'facts.a'],
    ["event.mode == 'online' && 'online' in settings.modes", 'event.mode == "online"'],
    ["settings.mode == 'online' ? facts.a : facts.b", 'facts.a'],
    ['facts.a ? settings.yes : settings.yes', true],
    ["at('gone')", false],
    ["!at('gone')", true],
    ["at('paid') && settings.yes", 'at("money.paid")'],
    ["at('gone') || facts.a", 'facts.a'],
  ])('%s', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  test.each([
    'facts.a && counters.x < settings.most',
    "at('money.paid')",
    "at('typo') && facts.a",
    'settings.unknown && facts.a',
    'not an (expression',
    '[1, 2].exists(n, n > settings.most)',
  ])('%s keeps the words of its author', (text) => {
    expect(folded(text)).toBe(text);
  });
});

test('folding changes no truth', () => {
  const leaf = fc.constantFrom(
    'facts.a',
    'facts.b',
    'settings.yes',
    'settings.no',
    'settings.most > 5',
    "at('money.paid')",
    "at('gone')",
    'true',
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(${a} && ${b})`),
      fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(${a} || ${b})`),
      tie('tree').map((a) => `!(${a})`),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.boolean(), fc.boolean(), fc.boolean(), (text, a, b, paid) => {
      const scope = {
        values: { settings, facts: { a, b } },
        at: (name: string) => name === 'money.paid' && paid,
      };
      const before = evaluateText(text, scope);
      const result = fold(text, { settings, address });
      const after =
        result.kind === 'constant' ? { kind: 'value', value: result.value } : evaluateText(result.text, scope);
      expect(after).toEqual(before);
    }),
    runs(200),
  );
});
