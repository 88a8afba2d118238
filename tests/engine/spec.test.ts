import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const citation = /\[((?:EXP|FRG|FRM|CHG|CMP|RUN|XPL|SIM|PRV|COV|VER|MIG|PTH|DIF|MAN|BAT|EFF)-\d+)\]/g;

function* typescript(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) yield* typescript(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

function cited(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of typescript(`${root}${folder}`)) {
    for (const match of readFileSync(path, 'utf8').matchAll(citation)) found.set(match[1]!, path);
  }
  return found;
}

const rules = [...readFileSync(`${root}engine/SPEC.md`, 'utf8').matchAll(/^- \*\*\[([A-Z]+-\d+)\]\*\*/gm)].map(
  (match) => match[1]!,
);

test('rules have different numbers', () => {
  expect(rules.length).toBeGreaterThan(30);
  expect(new Set(rules).size).toBe(rules.length);
});

test('every rule is shown by a test', () => {
  const shown = cited('tests/engine');
  expect(rules.filter((rule) => !shown.has(rule))).toEqual([]);
});

test('nothing cites a rule that is not there', () => {
  const all = [...cited('engine'), ...cited('tests')];
  expect(all.filter(([rule]) => !rules.includes(rule))).toEqual([]);
});
