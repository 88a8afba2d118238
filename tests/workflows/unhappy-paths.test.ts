import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { definitionFiles } from './definition-files.ts';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface Row {
  readonly number: string;
  readonly decides: string;
  readonly pending: boolean;
  readonly files: readonly string[];
}

const rows = read('docs/unhappy-paths.md')
  .split('\n')
  .filter((line) => /^\| U-\d\d/.test(line))
  .map((line): Row => {
    const [, number = '', , decides = '', shown = ''] = line.split('|').map((cell) => cell.trim());
    const files = [...shown.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    return { number, decides, pending: /^pending: \w+/.test(shown), files };
  });

describe('the table of the unhappy paths', () => {
  it('has U-01 to U-78, once each', () => {
    const numbers = Array.from({ length: 78 }, (_, index) => `U-${String(index + 1).padStart(2, '0')}`);
    expect(rows.map(({ number }) => number)).toEqual(numbers);
  });

  it.each(rows)(
    '$number is shown by files that name it, or waits for something',
    ({ number, decides, pending, files }) => {
      expect(['engine', 'server']).toContain(decides);
      expect(pending).toBe(files.length === 0);
      if (decides === 'engine') expect(pending).toBe(false);
      const title = new RegExp(`^(scenario:|\\s*(test|it|describe)(\\.each)?\\().*${number}\\b`, 'm');
      for (const path of files) expect(read(path), path).toMatch(title);
    },
  );

  it('has every scenario that names a number', () => {
    const named = Object.entries(definitionFiles())
      .filter(([path]) => path.endsWith('.scenario.yaml'))
      .flatMap(([path, text]) => [...new Set(text.match(/U-\d\d/g) ?? [])].map((number) => `${number} ${path}`));
    const listed = rows.flatMap(({ number, files }) => files.map((path) => `${number} ${path}`));
    expect(named.filter((each) => !listed.includes(each))).toEqual([]);
  });
});
