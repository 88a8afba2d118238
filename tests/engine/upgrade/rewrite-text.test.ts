import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain, readText } from '../../../engine/read/index.ts';
import type { MapNode } from '../../../engine/read/tree.ts';
import { rewritesOf, upgrade } from '../../../engine/read/upgrade/index.ts';
import { rewriteText } from '../../../engine/read/upgrade/rewrite-text.ts';

function rewritten(source: string): string | null {
  const { node } = readText('workflows/x.workflow.yaml', source);
  const [first = []] = rewritesOf('workflow', node as MapNode);
  return rewriteText(source, first);
}

describe('layouts', () => {
  test.each([
    ['flow', '{ by: sms, to: a.b, text: x }', '{ sms: a.b, text: x }'],
    ['flow, last', '{ text: x, to: a.b, by: sms }', '{ text: x, sms: a.b }'],
    ['flow without spaces', '{by: desk,text: x}', '{desk: true,text: x}'],
    ['quotes', '{ "by": "desk", to: "role.clerk", text: x }', '{ desk: clerk, text: x }'],
    ['a page with a recipient', '{ by: page, to: a.b, text: x }', '{ page: true, text: x }'],
    ['a remark in flow', '{ by: sms, # why\n    to: a.b, text: x }', '{ # why\n    sms: a.b, text: x }'],
    ['block', '\n    by: sms\n    to: a.b\n    text: x', '\n    sms: a.b\n    text: x'],
    [
      'block with remarks',
      '\n    by: sms # one\n    to: a.b # two\n    text: x',
      '\n    # one\n    sms: a.b # two\n    text: x',
    ],
    ['windows line ends', '\r\n    by: sms\r\n    to: a.b\r\n    text: x', '\r\n    sms: a.b\r\n    text: x'],
  ])('[VER-4] %s', (_name, from, to) => {
    const head = '# kept\nlanguage: 1 # too\nworkflow: x\nnotices:\n  one: ';
    expect(rewritten(`${head}${from}\ntitle: X\n`)).toBe(`${head.replace('1', '2')}${to}\ntitle: X\n`);
  });

  test('[VER-4] however a notice is laid out, the new text reads as the engine reads the old one', () => {
    const pairs = fc.record({
      by: fc.constantFrom('sms', 'email', 'page', 'desk'),
      told: fc.boolean(),
      order: fc.shuffledSubarray(['by', 'to', 'if', 'text'], { minLength: 4 }),
      block: fc.boolean(),
      remarks: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      quoted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1, maxLength: 5 }), (notices) => {
        const lines = notices.map(({ by, told, order, block, remarks, quoted }, index) => {
          const to = by === 'desk' ? 'role.clerk' : 'a.mobile';
          const values: { [key: string]: string } = {
            by,
            to: quoted ? `"${to}"` : to,
            if: 'a.b',
            text: '"{x}, y # z"',
          };
          const kept = order.filter((key) => told || key !== 'to' || by === 'sms' || by === 'email');
          const said = kept.map((key) => `${key}: ${values[key]}`);
          if (!block) return `  n${index}: { ${said.join(', ')} }`;
          return `  n${index}:\n${said.map((each, n) => `    ${each}${remarks[n] ? ` # remark ${n}` : ''}`).join('\n')}`;
        });
        const source = `language: 1\nworkflow: x\nnotices:\n${lines.join('\n')}\n`;
        const old = readText('workflows/x.workflow.yaml', source).node as MapNode;
        const text = rewritten(source);
        expect(text).not.toBeNull();
        const read = readText('workflows/x.workflow.yaml', text!);
        expect(read.issues).toEqual([]);
        expect(plain(read.node!)).toEqual(plain(upgrade('workflow', old).node));
        expect((text!.match(/# remark/g) ?? []).length).toBe((source.match(/# remark/g) ?? []).length);
        expect(rewritten(text!) ?? text).toBe(text);
      }),
    );
  });
});
