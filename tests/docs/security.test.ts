import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../support/server.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const asked = JSON.parse(read('tests/docs/asvs-5.0.0.json')) as {
  readonly level1: string[];
  readonly level2: string[];
};

interface Linked {
  readonly name: string;
  readonly file: string;
}

/** `[name of a test](../tests/…)` */
function linksOf(text: string): readonly Linked[] {
  return [...text.matchAll(/\[([^\]]+)\]\(\.\.\/(tests\/[^)]+)\)/g)].map(([, name = '', file = '']) => ({
    name,
    file,
  }));
}

/** Titles of tests, with what tables fill in left out. */
const titlesOf = (file: string): readonly string[] =>
  [...read(file).matchAll(/\b(?:test|it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:(?!\1).)+)\1/g)].map(
    ([, , title = '']) => title,
  );

describe.each(['docs/security.md', 'docs/asvs.md'])('%s', (path) => {
  const links = linksOf(read(path));

  test('every linked test is there', () => {
    expect(links.length).toBeGreaterThan(50);
    const lost = links.filter(({ name, file }) => {
      if (!existsSync(join(ROOT, file))) return true;
      return !titlesOf(file).some((title) => title.includes(name)) && !read(file).includes(name);
    });
    expect(lost).toEqual([]);
  });

  test('no line of a threat or of something that is met is without a test', () => {
    // Of the page of threats only that table: the others say how things are.
    const [, threats = ''] = /\n## Threats\n([\s\S]*?)\n## /.exec(read(path)) ?? [];
    const rows = (path.endsWith('asvs.md') ? read(path) : threats)
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (who does what|requirement|what|-)/.test(line));
    const claims = rows.filter((row) =>
      path.endsWith('asvs.md') ? / \| (met|partly) +\| /.test(row) : row.split('|').length === 5,
    );
    expect(claims.length).toBeGreaterThan(25);
    expect(claims.filter((row) => linksOf(row).length === 0)).toEqual([]);
  });
});

test('every requirement of levels 1 and 2 of ASVS 5.0 is answered, as many as is said, and none that does not exist', () => {
  expect([asked.level1.length, asked.level2.length]).toEqual([70, 183]);
  const rows = [
    ...read('docs/asvs.md').matchAll(/^\| (V[\d.]+) +\| (\d) +\| (met|partly|open|operator|none) +\| (.*) \|$/gm),
  ];
  const answered = rows.map(([, id = '']) => id);
  expect([...answered].sort()).toEqual([...asked.level1, ...asked.level2].sort());
  const said = ['met', 'partly', 'open', 'operator', 'none'];
  for (const [level, ids] of [
    ['1', asked.level1],
    ['2', asked.level2],
  ] as const) {
    const own = rows.filter(([, , of]) => of === level);
    expect(own.map(([, id = '']) => id).sort()).toEqual([...ids].sort());
    const counts = said.map((state) => [own.filter(([, , , is]) => is === state).length, state] as const);
    const written = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${state}`);
    expect(read('docs/asvs.md')).toContain(`Level ${level}: ${written.join(', ')}.`);
  }
});

test('the parts that ASVS wants written down are written down', () => {
  const text = read('docs/security.md');
  for (const part of [
    'Threats',
    'Personal data',
    'Ways in',
    'Sessions',
    'Keys',
    'Uploads',
    'Limits',
    'Logs',
    'Parts of others',
    'What is not done',
  ])
    expect(text).toContain(`## ${part}\n`);
});
