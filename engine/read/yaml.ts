import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node as YamlNode,
} from 'yaml';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { gateYaml, limits } from './gate.ts';
import { issueAt } from './issue.ts';
import { forbidden } from './json.ts';
import { reasonOf } from './reasons.ts';
import type { Entry, Node } from './tree.ts';
import { yamlProblems } from './yaml-errors.ts';
import { readPlainYaml } from './yaml-events.ts';

/**
 * Strict YAML 1.2 with positions. Whatever reads differently from what it looks like is refused: anchors, aliases,
 * merges, tags (an unquoted `!a.b` is one), duplicate keys, numbers that lose digits, keys without a value in `{ }`.
 */
export function readYaml(file: string, source: string): { node: Node | null; issues: Issue[] } {
  const plain = readPlainYaml(file, source);
  return plain === null ? readAnyYaml(file, source) : { node: plain, issues: [] };
}

/** The long way, which knows every mistake. */
export function readAnyYaml(file: string, source: string): { node: Node | null; issues: Issue[] } {
  const start: Origin = { file, line: 1, column: 1 };
  const gate = gateYaml(source);
  switch (gate.kind) {
    case 'too-large':
      return { node: null, issues: [issueAt(start, 'too-large', { limit: `${limits.size / 1024} KiB` })] };
    case 'too-deep':
      return { node: null, issues: [issueAt(start, 'too-deep', { limit: limits.depth })] };
    case 'refused': {
      const origin = { file, line: gate.line, column: gate.column };
      return { node: null, issues: [issueAt(origin, 'yaml-syntax', { reason: gate.reason })] };
    }
    case 'open':
      break;
  }
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      lineCounter: lines,
      strict: true,
      uniqueKeys: false,
      merge: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    return { node: null, issues: [issueAt(start, 'yaml-syntax', { reason: String(error) })] };
  }
  const walker = new Walker(file, source, lines);
  for (const problem of yamlProblems(source, document, (offset) => walker.originAt(offset).line)) {
    const { offset, code, reason, proposal = proposeQuotes(source, offset) } = problem;
    walker.issues.push(issueAt(walker.originAt(offset), code, { reason }, { proposal }));
  }
  // Warnings are issues; a tag's is told where the node is met.
  for (const warning of document.warnings)
    if (warning.code !== 'TAG_RESOLVE_FAILED')
      walker.issues.push(
        issueAt(walker.originAt(warning.pos[0]), 'yaml-syntax', { reason: reasonOf(warning.code, warning.message) }),
      );
  if (/^\uFEFF?%[A-Z]/.test(source)) walker.issues.push(issueAt(start, 'yaml-directive'));
  if (document.errors.length > 0) return { node: null, issues: walker.issues };
  const node = document.contents === null ? null : walker.convert(document.contents, false);
  if (node === null) walker.issues.push(issueAt(start, 'empty-file'));
  return { node, issues: walker.issues };
}

class Walker {
  readonly issues: Issue[] = [];
  readonly file: string;
  readonly source: string;
  readonly lines: LineCounter;
  private count = 0;

  constructor(file: string, source: string, lines: LineCounter) {
    this.file = file;
    this.source = source;
    this.lines = lines;
  }

  originAt(offset: number): Origin {
    const { line, col } = this.lines.linePos(Math.max(0, Math.min(offset, this.source.length)));
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  convert(node: YamlNode, flow: boolean): Node {
    const offset = node.range?.[0] ?? 0;
    const origin = this.originAt(offset);
    if (++this.count > limits.nodes) {
      if (this.count === limits.nodes + 1)
        this.issues.push(issueAt(origin, 'too-large', { limit: `${limits.nodes} 项` }));
      return { kind: 'scalar', value: null, origin };
    }
    if (isAlias(node)) {
      this.issues.push(issueAt(origin, 'yaml-alias', {}, { proposal: proposeQuotes(this.source, offset) }));
      return { kind: 'scalar', value: null, origin };
    }
    const tag = this.tagBefore(node);
    if (tag !== undefined) {
      const proposal = proposeQuotes(this.source, tag.offset);
      this.issues.push(issueAt(this.originAt(tag.offset), 'yaml-tag', { tag: tag.text }, { proposal }));
      return { kind: 'scalar', value: null, origin: this.originAt(tag.offset) };
    }
    if ('anchor' in node && typeof node.anchor === 'string')
      this.issues.push(issueAt(this.before(offset, '&'), 'yaml-anchor', { name: node.anchor }));
    if (isMap(node)) {
      const map = new Map<string, Entry>();
      let alone = false;
      for (const pair of node.items) {
        if (!isPair(pair) || pair.key === null) continue;
        const keyNode = pair.key as YamlNode;
        const keyAt = this.originAt(keyNode.range?.[0] ?? offset);
        if (!isScalar(keyNode)) {
          this.issues.push(issueAt(keyAt, 'key-not-text'));
          continue;
        }
        const key = typeof keyNode.value === 'string' ? keyNode.value : String(keyNode.source ?? keyNode.value);
        if (key === '<<') this.issues.push(issueAt(keyAt, 'yaml-merge'));
        else if (forbidden.has(key)) this.issues.push(issueAt(keyAt, 'forbidden-key', { key }));
        else if (map.has(key)) this.issues.push(issueAt(keyAt, 'duplicate-key', { key }));
        else if ((node.flow || flow) && pair.value === null) {
          // `{ if: distinct(a, b, c) }` reads as three entries; the first without a value says enough.
          const proposal = proposeQuotes(this.source, keyNode.range?.[0] ?? offset);
          if (!alone) this.issues.push(issueAt(keyAt, 'flow-key-alone', { key }, { proposal }));
          alone = true;
        } else {
          if ('anchor' in keyNode && typeof keyNode.anchor === 'string')
            this.issues.push(issueAt(keyAt, 'yaml-anchor', { name: keyNode.anchor }));
          const value =
            pair.value === null
              ? ({ kind: 'scalar', value: null, origin: keyAt } as const)
              : this.convert(pair.value as YamlNode, flow || node.flow === true);
          map.set(key, { key: keyAt, value });
        }
      }
      return { kind: 'map', entries: map, origin };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as YamlNode, flow || node.flow === true));
      return { kind: 'list', items, origin };
    }
    const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    return { kind: 'scalar', value: this.scalar(node, origin), origin, ...(quoted ? { quoted } : {}) };
  }

  private scalar(node: YamlNode, origin: Origin): string | number | boolean | null {
    if (!isScalar(node)) return null;
    const { value } = node;
    const written = typeof node.source === 'string' ? node.source : '';
    if (typeof value === 'number' || typeof value === 'bigint') {
      const quoted = { proposal: `"${written}"` };
      if (/^[-+]?0\d/.test(written)) this.issues.push(issueAt(origin, 'number-zero', { source: written }, quoted));
      else if (/^[-+]?0[xo]|^[-+]?\.(inf|nan)|^[-+]?\d[\d.]*e/i.test(written) || !Number.isFinite(Number(value)))
        this.issues.push(issueAt(origin, 'number-odd', { source: written }, quoted));
      else if (/^[-+]?\d+$/.test(written) && !Number.isSafeInteger(Number(value)))
        this.issues.push(issueAt(origin, 'number-unsafe', { source: written }, quoted));
      return Number(value);
    }
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    this.issues.push(issueAt(origin, 'yaml-tag', { tag: String(node.tag ?? '?') }));
    return null;
  }

  /** A tag written in front of the node: `!a.b`, `!!str`. */
  private tagBefore(node: YamlNode): { text: string; offset: number } | undefined {
    if (!('tag' in node) || typeof node.tag !== 'string') return undefined;
    const end = node.range?.[0] ?? 0;
    // Look back over spaces and the tag itself; an implicit tag is not written anywhere.
    const head = this.source.slice(Math.max(0, end - 240), end);
    const found = /!\S*\s+(?:&\S*\s+)?$|!\S*$/.exec(head);
    if (found === null) {
      const own = this.source.slice(end, end + 120).match(/^!\S*/);
      return own === null ? undefined : { text: own[0], offset: end };
    }
    return { text: found[0].trim().split(/\s/)[0]!, offset: end - found[0].length };
  }

  private before(offset: number, mark: string): Origin {
    const found = this.source.lastIndexOf(mark, offset);
    return this.originAt(found >= 0 && offset - found < 200 ? found : offset);
  }
}

/**
 * The value around `offset`, in quotes, when it looks like an expression that YAML took apart:
 * `{ if: !a.b }` -> `"!a.b"`. Undefined where that is no help.
 */
export function proposeQuotes(source: string, offset: number): string | undefined {
  const lineStart = source.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const lineEnd = source.indexOf('\n', offset);
  const line = source.slice(lineStart, lineEnd < 0 ? source.length : lineEnd);
  const column = offset - lineStart;
  let best: { start: number; text: string } | undefined;
  for (const match of line.matchAll(/(?:^|[\s{,])(?:if|must|and|text|amount|key|when|[A-Za-z][\w.]*):\s+/g)) {
    const start = match.index + match[0].length;
    if (start > column) break;
    best = { start, text: line.slice(start) };
  }
  if (best === undefined) return undefined;
  const value = untilEnd(best.text);
  if (value === '' || /^["'{[|>]/.test(value)) return undefined;
  if (!/[,[\]{}#!&*'"@`%]|: /.test(value)) return undefined;
  return value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

/** The text up to where its `{ … }` closes or the next `key:` begins, brackets and quotes respected. */
function untilEnd(text: string): string {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) {
      if (depth === 0) return text.slice(0, index).trim();
      depth--;
    } else if (char === ',' && depth === 0 && /^,\s*[A-Za-z_"'][^,]*:\s/.test(text.slice(index)))
      return text.slice(0, index).trim();
  }
  return text.trim();
}
