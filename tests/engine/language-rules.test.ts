import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows = readFileSync(`${root}docs/language-rules.md`, 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!---|rule |what )/.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

/** How many rules each chapter has; the third also has its table of what is declared. */
const chapters = [6, 5, 4, 7, 6, 5, 6, 5, 3, 3, 3, 2, 5, 3];
const rules = chapters.flatMap((count, index) => [
  ...(index === 2 ? ['3'] : []),
  ...Array.from({ length: count }, (_, rule) => `${index + 1}.${rule + 1}`),
]);

const pathOf = (name: string) => (name.startsWith('faults/') ? `tests/fixtures/definitions/${name}.yaml` : name);

/** Files named in a cell, each with the words that have to stand in it. */
function named(cell: string): { path: string; words: string | undefined }[] {
  return [...cell.matchAll(/`([^`]+)`(?: "([^"]+)")?/g)]
    .map(([, name, words]) => ({ path: pathOf(name!), words }))
    .filter(({ path }) => path.includes('/'));
}

test('every rule of the language has its line, in their order', () => {
  expect(rows.filter((row) => row.length === 4).map(([rule]) => rule)).toEqual(rules);
});

test('every line names a test, and every rule the file that keeps it', () => {
  for (const row of rows) {
    expect(named(row.at(-1)!), row[0]).not.toEqual([]);
    if (row.length === 4) expect(named(row[2]!), row[0]).not.toEqual([]);
  }
});

test('every file is there, and holds the words that are quoted', () => {
  const lost = rows
    .flatMap((row) => row.slice(1).flatMap(named))
    .filter(({ path, words }) => {
      if (!existsSync(root + path)) return true;
      return words !== undefined && !readFileSync(root + path, 'utf8').includes(words);
    });
  expect(lost).toEqual([]);
});

test('each of the twelve traps is a test', () => {
  const traps = readFileSync(`${root}tests/engine/traps.test.ts`, 'utf8').matchAll(/'trap (\d+):/g);
  expect([...traps].map(([, number]) => Number(number))).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});
