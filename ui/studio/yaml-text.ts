import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { block, flow, keyText } from './yaml-write.ts';

/**
 * A value inside a YAML text, changed in place: only its own bytes change, so that comments, order, quotes and spaces of
 * everything else stay as they were written. The text is the truth; forms, diagram and editor read and write it.
 */

/** The text as data; null when it is no YAML, or holds no map. */
export function dataIn(text: string): JsonObject | null {
  const document = parsed(text);
  return document ? (document.toJS() as JsonObject) : null;
}

/**
 * The text with one value written at the keys that lead to it, or taken out (`undefined`), together with maps that would
 * be left empty. A text that cannot be read stays as it is.
 */
export function withValue(text: string, path: readonly string[], value: Json | undefined): string {
  const document = parsed(text);
  if (!document || path.length === 0) return text;
  const next = value === undefined ? without(text, document, path) : written(text, document, path, value);
  return parsed(next) ? next : rewritten(document, path, value);
}

/** Where the notation is one that bytes cannot be put into (anchors, keys of many lines): comments stay, spaces may not. */
function rewritten(document: Document, path: readonly string[], value: Json | undefined): string {
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  return document.toString();
}

function written(text: string, document: Document, path: readonly string[], value: Json): string {
  // As deep as the text goes already; what is missing below is written in one piece.
  let map = document.contents as YAMLMap;
  for (const [depth, name] of path.entries()) {
    const pair = pairOf(map, name);
    const inner = path.slice(depth + 1);
    if (!pair) return inserted(text, map, name, nested(inner, value), depth);
    if (inner.length > 0 && isMap(pair.value) && pair.value.items.length > 0) {
      map = pair.value;
      continue;
    }
    return replaced(text, map, pair, nested(inner, value));
  }
  return text;
}

function replaced(text: string, map: YAMLMap, pair: Pair, value: Json): string {
  const range = rangeOf(pair.value);
  const end = pairEnd(text, pair);
  const indent = column(text, rangeOf(pair.key)?.[0] ?? 0);
  const lines = map.flow ? null : block(value, indent + 2, indent + keyEnd(pair) - (rangeOf(pair.key)?.[0] ?? 0) + 1);
  const between = range ? text.slice(colonEnd(text, pair), range[0]) : '';
  // What is said behind the colon, before a block of lines, stays there.
  if (range && between.includes('#')) {
    const inner = column(text, range[0]);
    return text.slice(0, range[0]) + (block(value, inner, inner)?.trimStart() ?? flow(value)) + text.slice(end);
  }
  const head = text.slice(0, keyEnd(pair));
  return `${head}:${lines === null ? ` ${flow(value)}` : `\n${lines}`}${text.slice(end)}`;
}

function inserted(text: string, map: YAMLMap, name: string, value: Json, depth: number): string {
  const last = map.items.at(-1) as Pair | undefined;
  if (map.flow) {
    const end = last ? pairEnd(text, last) : (map.range?.[0] ?? 0) + 1;
    const entry = `${keyText(name)}: ${flow(value)}`;
    return text.slice(0, end) + (last ? `, ${entry}` : ` ${entry} `) + text.slice(end);
  }
  // A block map: lines of its own behind the last entry, in the column of the first one.
  const first = map.items[0] as Pair | undefined;
  const indent = first ? column(text, rangeOf(first.key)?.[0] ?? 0) : depth * 2;
  const end = last ? lineEnd(text, pairEnd(text, last)) : text.length;
  const before = text.slice(0, end);
  const key = `${' '.repeat(indent)}${keyText(name)}:`;
  const isOpen = depth === 0 && isObject(value) && Object.keys(value).length > 0;
  const lines = block(value, indent + 2, isOpen ? Number.POSITIVE_INFINITY : key.length + 1);
  const entry = lines === null ? `${key} ${flow(value)}` : `${key}\n${lines}`;
  return `${before}${before.endsWith('\n') || before === '' ? '' : '\n'}${entry}\n${text.slice(end).replace(/^\r?\n/, '')}`;
}

function without(text: string, document: Document, path: readonly string[]): string {
  let map = document.contents as YAMLMap;
  for (const [depth, name] of path.entries()) {
    const pair = pairOf(map, name);
    if (!pair) return text;
    const inner = path.slice(depth + 1);
    // The last entry takes the map that held it along, or an empty one would be left behind.
    if (inner.length === 0 || !isMap(pair.value) || holdsOnly(pair.value, inner)) {
      return inner.length > 0 && !isMap(pair.value) ? text : removed(text, map, pair);
    }
    map = pair.value;
  }
  return text;
}

function holdsOnly(map: YAMLMap, path: readonly string[]): boolean {
  const [name = '', ...inner] = path;
  const pair = pairOf(map, name);
  if (!pair || map.items.length > 1) return false;
  return inner.length === 0 || (isMap(pair.value) && holdsOnly(pair.value, inner));
}

function removed(text: string, map: YAMLMap, pair: Pair): string {
  const start = rangeOf(pair.key)?.[0] ?? 0;
  const end = pairEnd(text, pair);
  if (!map.flow) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    return text.slice(0, lineStart) + text.slice(Math.min(lineEnd(text, end) + 1, text.length));
  }
  const index = map.items.indexOf(pair);
  const next = map.items[index + 1] as Pair | undefined;
  const before = map.items[index - 1] as Pair | undefined;
  const nextStart = next ? (rangeOf(next.key)?.[0] ?? end) : end;
  const beforeEnd = before ? pairEnd(text, before) : start;
  const isBare = (from: number, to: number) => /^[\s,]*$/.test(text.slice(from, to));
  // What stands between the two may be a comment: then only the entry goes, with the comma behind it.
  if (next && isBare(end, nextStart)) return text.slice(0, start) + text.slice(nextStart);
  if (next) return text.slice(0, start) + text.slice(end).replace(/^\s*,/, '');
  return text.slice(0, isBare(beforeEnd, start) ? beforeEnd : start) + text.slice(end);
}

function parsed(text: string): Document | null {
  // A gate like the server's, for what one types: the parser itself has no bound on nesting.
  if (tooDeep(text)) return null;
  const document = parseDocument(text, { version: '1.2' });
  return document.errors.length === 0 && isMap(document.contents) ? document : null;
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === name) as Pair | undefined;
}

type Ranged = { readonly range?: readonly [number, number, number] | null | undefined };

/** Where a node's own text starts and ends; null for a value that is not written (`key:`). */
function rangeOf(node: unknown): readonly [number, number] | null {
  const range = (node as Ranged | null)?.range;
  if (!range || range[0] === range[1]) return null;
  return [range[0], range[1]];
}

/** Behind the last letter: a block's own end may be the line after it. */
function endOf(text: string, [start, end]: readonly [number, number]): number {
  return start + text.slice(start, end).trimEnd().length;
}

function pairEnd(text: string, pair: Pair): number {
  const range = rangeOf(pair.value);
  return range ? endOf(text, range) : colonEnd(text, pair);
}

function keyEnd(pair: Pair): number {
  return rangeOf(pair.key)?.[1] ?? 0;
}

/** Behind the colon; in braces a key may stand without one. */
function colonEnd(text: string, pair: Pair): number {
  const end = keyEnd(pair);
  return text[end] === ':' ? end + 1 : end;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function column(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function nested(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
}

function tooDeep(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') depth -= 1;
    if (depth > 50) return true;
  }
  return false;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
