import type { Json, JsonObject } from '../../engine/model/json.ts';
import { dataIn, isObject, withValue } from './yaml-text.ts';

/**
 * What two people made of the same lines, as one: their lines with what the other one changed of them, key by key. Where both
 * changed the same value, `mine` stands. Null where the lines cannot be read by themselves.
 */
export function together(
  base: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
): readonly string[] | null {
  const indent = indentOf([...base, ...theirs, ...mine]);
  const read = (lines: readonly string[]): JsonObject | null =>
    lines.length === 0 ? {} : dataIn(`${dedented(lines, indent)}\n`);
  const [before, other, own] = [read(base), read(theirs), read(mine)];
  if (before === null || other === null || own === null) return null;
  // What both put in, by different names: one behind the other, comments and all.
  if (base.length === 0 && !Object.keys(own).some((name) => name in other)) return [...theirs, ...mine];
  const text = changesOf(before, own, []).reduce(
    (now, [path, value]) => withValue(now, path, value),
    `${dedented(theirs, indent)}\n`,
  );
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(indent) + line));
}

/** Every value that differs, by the keys that lead to it; undefined where it is gone. */
function changesOf(
  before: JsonObject,
  after: JsonObject,
  path: readonly string[],
): readonly (readonly [readonly string[], Json | undefined])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (isObject(was) && isObject(is)) return changesOf(was, is, [...path, key]);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [[[...path, key], is] as const];
  });
}

function indentOf(lines: readonly string[]): number {
  return Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
    40,
  );
}

function dedented(lines: readonly string[], indent: number): string {
  return lines.map((line) => line.slice(indent)).join('\n');
}
