import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/**
 * The settings inside a project's YAML text, changed in place: only the bytes of the one setting change, so that
 * comments, order, quotes and spaces of everything else stay as they were written. The text is the truth; the form
 * reads and writes it.
 */
export function settingsIn(text: string): { readonly settings: JsonObject; readonly readable: boolean } {
  const document = parsed(text);
  if (!document) return { settings: {}, readable: false };
  const settings = (document.toJS() as { settings?: unknown }).settings;
  if (settings === undefined || settings === null) return { settings: {}, readable: true };
  return isObject(settings) ? { settings, readable: true } : { settings: {}, readable: false };
}

/** The text with one setting written, or taken out (`undefined`): what is not written is the base's. */
export function withSetting(text: string, path: readonly string[], value: Json | undefined): string {
  const document = parsed(text);
  const full = ['settings', ...path];
  if (!document || !isMap(document.contents) || path.length === 0) return text;
  return value === undefined ? without(text, document, full) : written(text, document, full, value);
}

function written(text: string, document: Document, path: readonly string[], value: Json): string {
  // As deep as the text goes already; what is missing below is written in one piece.
  let map = document.contents as YAMLMap;
  for (const [depth, name] of path.entries()) {
    const pair = pairOf(map, name);
    const inner = path.slice(depth + 1);
    if (!pair) return inserted(text, map, name, nested(inner, value), depth);
    const held = pair.value;
    if (inner.length > 0 && isMap(held) && held.items.length > 0) {
      map = held;
      continue;
    }
    const range = rangeOf(held);
    const next = flow(nested(inner, value));
    return range
      ? text.slice(0, range[0]) + next + text.slice(range[1])
      : `${text.slice(0, keyEnd(pair))}: ${next}${text.slice(keyEnd(pair) + afterColon(text, keyEnd(pair)))}`;
  }
  return text;
}

function inserted(text: string, map: YAMLMap, name: string, value: Json, depth: number): string {
  const last = map.items.at(-1) as Pair | undefined;
  if (map.flow) {
    const end = last ? (rangeOf(last.value)?.[1] ?? keyEnd(last)) : (map.range?.[0] ?? 0) + 1;
    const entry = `${name}: ${flow(value)}`;
    return text.slice(0, end) + (last ? `, ${entry}` : ` ${entry} `) + text.slice(end);
  }
  // A block map: a line of its own behind the last entry, in the column of the first one.
  const first = map.items[0] as Pair | undefined;
  const indent = first ? column(text, rangeOf(first.key)?.[0] ?? 0) : depth * 2;
  const end = last ? lineEnd(text, rangeOf(last.value)?.[1] ?? keyEnd(last)) : text.length;
  const before = text.slice(0, end);
  const entry = depth === 0 && isObject(value) ? block(name, value) : `${name}: ${flow(value)}`;
  const line = entry
    .split('\n')
    .map((one) => ' '.repeat(indent) + one)
    .join('\n');
  return `${before}${before.endsWith('\n') || before === '' ? '' : '\n'}${line}\n${text.slice(end).replace(/^\n/, '')}`;
}

function without(text: string, document: Document, path: readonly string[]): string {
  let map = document.contents as YAMLMap;
  for (const [depth, name] of path.entries()) {
    const pair = pairOf(map, name);
    if (!pair) return text;
    const held = pair.value;
    // The last entry takes the map that held it along, or an empty one would be left behind.
    const goesDeeper = depth < path.length - 1 && isMap(held) && !holdsOnly(held, path.slice(depth + 1));
    if (goesDeeper) {
      map = held as YAMLMap;
      continue;
    }
    return removed(text, map, pair);
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
  const end = rangeOf(pair.value)?.[1] ?? keyEnd(pair);
  if (!map.flow) {
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    return text.slice(0, lineStart) + text.slice(Math.min(lineEnd(text, end) + 1, text.length));
  }
  const index = map.items.indexOf(pair);
  const next = map.items[index + 1] as Pair | undefined;
  if (next) return text.slice(0, start) + text.slice(rangeOf(next.key)?.[0] ?? end);
  const before = map.items[index - 1] as Pair | undefined;
  const from = before ? (rangeOf(before.value)?.[1] ?? keyEnd(before)) : start;
  return text.slice(0, from) + text.slice(end);
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

function keyEnd(pair: Pair): number {
  return rangeOf(pair.key)?.[1] ?? 0;
}

const afterColon = (text: string, at: number): number => /^:[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;

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

function block(name: string, value: JsonObject): string {
  return [`${name}:`, ...Object.entries(value).map(([key, inner]) => `  ${key}: ${flow(inner)}`)].join('\n');
}

/** A value in one line of YAML, quoted wherever it could be read as something else. */
function flow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([name, inner]) => `${/^\d/.test(name) ? `"${name}"` : name}: ${flow(inner)}`,
    );
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  const plain = /^[\p{L}][\p{L}\p{N} _.\-（）、，。：/]*$/u.test(value) && value.trim() === value;
  const isWord = /^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return plain && !isWord ? value : JSON.stringify(value);
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

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
