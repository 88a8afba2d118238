import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsIn, withSetting } from '../../../ui/studio/settings-text.ts';
import { runs } from '../../support/runs.ts';

const block = `# who asked for it
project: one
number: "016" # fictional
settings:
  name: 示例 # shown first
  kinds: [a, b]
  open: true
`;
const flow = 'project: one\nsettings: { name: 示例, open: false } # two\ntitle: 甲\n';

describe('a setting of the form, written into the text', () => {
  it('changes only its own bytes', () => {
    expect(withSetting(block, ['open'], false)).toBe(block.replace('open: true', 'open: false'));
    expect(withSetting(block, ['kinds'], ['b'])).toBe(block.replace('[a, b]', '[b]'));
    expect(withSetting(block, ['name'], '别的')).toBe(block.replace('name: 示例', 'name: 别的'));
    expect(withSetting(flow, ['open'], true)).toBe(flow.replace('open: false', 'open: true'));
  });

  it('adds one behind the others, in their way of writing', () => {
    expect(withSetting(block, ['count'], 3)).toBe(`${block}  count: 3\n`);
    expect(withSetting(flow, ['count'], 3)).toBe(flow.replace('false }', 'false, count: 3 }'));
    expect(withSetting(block, ['prices', 'small', '1'], 26000)).toBe(`${block}  prices: { small: { "1": 26000 } }\n`);
  });

  it('adds the map when there is none yet', () => {
    expect(withSetting('project: one\n', ['open'], false)).toBe('project: one\nsettings:\n  open: false\n');
    expect(settingsIn(withSetting('project: one\nsettings:\ntitle: 甲\n', ['open'], false))).toEqual({
      settings: { open: false },
      readable: true,
    });
    expect(withSetting('project: one\nsettings: {}\n', ['open'], false)).toBe(
      'project: one\nsettings: { open: false }\n',
    );
  });

  it('takes one out, and the map with the last one', () => {
    expect(withSetting(block, ['name'], undefined)).toBe(block.replace('  name: 示例 # shown first\n', ''));
    expect(withSetting(block, ['open'], undefined)).toBe(block.replace('  open: true\n', ''));
    expect(withSetting(flow, ['name'], undefined)).toBe(flow.replace('name: 示例, ', ''));
    expect(withSetting(flow, ['open'], undefined)).toBe(flow.replace(', open: false', ''));
    expect(withSetting('project: one\nsettings: { open: false }\n', ['open'], undefined)).toBe('project: one\n');
    expect(
      withSetting('project: one\nsettings:\n  prices: { a: { b: 1 } }\n  x: 1\n', ['prices', 'a', 'b'], undefined),
    ).toBe('project: one\nsettings:\n  x: 1\n');
  });

  it('leaves a text alone that is no YAML, and says that it cannot be read', () => {
    for (const broken of ['a: [1, ', 'settings: "x\n', '- list\n', '['.repeat(100_000)]) {
      expect(settingsIn(broken).readable, broken.slice(0, 20)).toBe(false);
      expect(withSetting(broken, ['open'], true)).toBe(broken);
    }
    expect(settingsIn('settings: 3\n').readable).toBe(false);
  });

  it('reads back whatever it wrote, however often and in whatever order', () => {
    const name = fc.constantFrom('name', 'open', 'kinds', 'count', 'late');
    const value = fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        'yes',
        '016',
        '30 days',
        ' x',
        '#',
        "it's",
        '"',
        '：',
        'null',
        '1e3',
        '机构证书（示例）',
        'a: b',
        '{',
      ),
      fc.array(fc.constantFrom('a', 'b', 'yes', '1'), { maxLength: 3 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(block, flow, 'project: one\n', 'project: one'),
        fc.array(fc.tuple(name, value)),
        (start, acts) => {
          let text: string = start;
          const expected: { [key: string]: unknown } = { ...settingsIn(start).settings };
          for (const [key, to] of acts) {
            text = withSetting(text, [key], to);
            if (to === undefined) delete expected[key];
            else expected[key] = to;
            expect(settingsIn(text)).toEqual({ settings: expected, readable: true });
          }
          expect(text).toContain('project: one');
        },
      ),
      runs(60),
    );
  });
});
