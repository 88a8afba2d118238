import { describe, expect, test } from 'vitest';
import { readAnyYaml, readYaml } from '../../../engine/read/yaml.ts';
import { readPlainYaml } from '../../../engine/read/yaml-events.ts';
import { corpusOf, mutate } from '../../campaigns/fuzz/mutate.ts';
import { random } from '../../campaigns/fuzz/random.ts';
import { definitionFiles } from '../../support/definitions.ts';

const yaml = Object.fromEntries(Object.entries(definitionFiles()).filter(([path]) => path.endsWith('.yaml')));

describe('the quick way through YAML', () => {
  test('reads every shipped file, to the same nodes at the same places', () => {
    expect(Object.keys(yaml).length).toBeGreaterThan(50);
    for (const [path, text] of Object.entries(yaml))
      expect(readAnyYaml(path, text)).toEqual({ node: readPlainYaml(path, text), issues: [] });
  });

  test('whatever it reads of a mutant the long way reads the same, without an issue', () => {
    const corpus = corpusOf(yaml);
    const chance = random(20_261_129);
    let read = 0;
    for (let index = 0; index < 120; index++) {
      const { files, done } = mutate(corpus, chance);
      for (const [path, text] of Object.entries(files)) {
        if (text === yaml[path]) continue;
        const node = readPlainYaml(path, text);
        if (node === null) continue;
        read++;
        expect(readAnyYaml(path, text), done.join('; ')).toEqual({ node, issues: [] });
      }
    }
    expect(read).toBeGreaterThan(60);
  });

  test.each([
    ['an anchor', 'a: &x 1'],
    ['an alias', 'a: *x'],
    ['a tag', 'a: !x 1'],
    ['a key twice', 'a: 1\na: 2'],
    ['a number as a key', '1: a'],
    ['a number that loses digits', 'a: 016'],
    ['a directive', '%YAML 1.2\n---\na: 1'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['a forbidden key', '__proto__: 1'],
    ['a key alone', '{ a }'],
    ['line ends of Windows', 'a: 1\r\n'],
    ['deep nesting', '['.repeat(100)],
    ['what is no YAML', 'a: "'],
  ])('%s is left to the long way', (_title, text) => {
    expect(readPlainYaml('x.yaml', text)).toBeNull();
    expect(readYaml('x.yaml', text)).toEqual(readAnyYaml('x.yaml', text));
  });
});
