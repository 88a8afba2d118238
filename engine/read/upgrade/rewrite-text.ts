import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { Rewrite } from './rewrite.ts';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The YAML text with the rewrites done: names and values are replaced where they stand, everything else (comments, order,
 * quotes, line ends) is left byte by byte. Null where that cannot be done.
 */
export function rewriteText(source: string, rewrites: readonly Rewrite[]): string | null {
  const root = parseDocument(source, { version: '1.2', schema: 'core', uniqueKeys: false, merge: false }).contents;
  const edits: Edit[] = [];
  for (const rewrite of rewrites) {
    const found = pairAt(root, rewrite.path);
    const edit = found === null ? null : editOf(source, found, rewrite);
    if (edit === null) return null;
    edits.push(edit);
  }
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), source);
}

interface Found {
  readonly map: YAMLMap;
  readonly index: number;
  readonly key: Scalar;
  readonly value: YamlNode | null;
}

function pairAt(root: unknown, path: readonly string[]): Found | null {
  let here: unknown = root;
  for (const [depth, step] of path.entries()) {
    if (isSeq(here)) {
      here = here.items[Number(step)];
      continue;
    }
    if (!isMap(here)) return null;
    const index = here.items.findIndex(
      (pair) => isScalar(pair.key) && String(pair.key.source ?? pair.key.value) === step,
    );
    const pair = here.items[index] as Pair<Scalar, YamlNode | null> | undefined;
    if (pair === undefined) return null;
    if (depth === path.length - 1) return { map: here, index, key: pair.key, value: pair.value };
    here = pair.value;
  }
  return null;
}

function editOf(source: string, found: Found, rewrite: Rewrite): Edit | null {
  switch (rewrite.kind) {
    case 'rename':
      return { ...extent(found.key), text: rewrite.to };
    case 'replace':
      return isScalar(found.value) ? { ...extent(found.value), text: written(rewrite.by) } : null;
    case 'drop':
      return found.map.flow === true ? dropFlow(source, found) : dropBlock(source, found);
  }
}

/** Without the comma that parted it from its neighbour; a comment that stands there stays. */
function dropFlow(source: string, found: Found): Edit {
  const { from, to } = pairExtent(found);
  const comma = /^[ \t]*,[ \t]*/.exec(source.slice(to));
  if (comma !== null) return { from, to: to + comma[0].length, text: '' };
  const before = /,?\s*$/.exec(source.slice(0, from))![0];
  return { from: from - before.length, to, text: '' };
}

/** With its line where nothing else stands on it; what is said about it in a comment stays. */
function dropBlock(source: string, found: Found): Edit | null {
  const { from, to } = pairExtent(found);
  const lineStart = source.lastIndexOf('\n', from - 1) + 1;
  const rest = /^[^\n]*\n?/.exec(source.slice(to))![0];
  if (source.slice(lineStart, from).trim() === '') {
    if (rest.trim() === '') return { from: lineStart, to: to + rest.length, text: '' };
    return { from, to: to + (rest.length - rest.trimStart().length), text: '' };
  }
  // The first entry behind a dash: the next one takes its place.
  const next = found.map.items[found.index + 1] as Pair<Scalar, YamlNode | null> | undefined;
  if (next === undefined || source.slice(to, extent(next.key).from).trim() !== '') return null;
  return { from, to: extent(next.key).from, text: '' };
}

function pairExtent({ key, value }: Found): { from: number; to: number } {
  const { from, to } = extent(key);
  return { from, to: value === null ? to : extent(value).to };
}

function extent(node: YamlNode): { from: number; to: number } {
  const [from, to] = node.range!;
  return { from, to };
}

/** As plain as it can be: what YAML would read as something else stands in quotes. */
function written(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return /^[a-z][A-Za-z0-9.]*$/.test(value) && !/^(true|false|null)$/.test(value) ? value : JSON.stringify(value);
}
