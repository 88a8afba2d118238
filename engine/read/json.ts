import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { limits } from './gate.ts';
import { issueAt } from './issue.ts';
import type { Entry, Node } from './tree.ts';

/** A text without escapes and control characters. */
const simple = /"[^"\\\p{Cc}]*"/uy;

/**
 * Strict JSON with positions. The built-in parser keeps neither positions nor duplicate keys.
 * Stops at the first error of syntax; duplicates and numbers that lose digits are collected.
 */
export function readJson(file: string, source: string): { node: Node | null; issues: Issue[] } {
  const issues: Issue[] = [];
  let at = source.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let lineStart = at;
  let count = 0;

  const origin = (): Origin => ({ file, line, column: at - lineStart + 1 });
  const fail = (reason: string): never => {
    throw new Stop(issueAt(origin(), 'json-syntax', { reason }));
  };
  const skip = () => {
    for (;;) {
      const char = source[at];
      if (char === '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (char === ' ' || char === '\t' || char === '\r') at++;
      else return;
    }
  };
  const string = (): string => {
    const start = at;
    // Most texts stand there as they are meant.
    simple.lastIndex = at;
    if (simple.test(source)) {
      at = simple.lastIndex;
      return source.slice(start + 1, at - 1);
    }
    at++;
    for (;;) {
      const char = source[at];
      if (char === undefined || char === '\n') return fail('引号没有闭合');
      if (char === '\\') at += 2;
      else if (char === '"') break;
      else at++;
    }
    at++;
    try {
      return JSON.parse(source.slice(start, at)) as string;
    } catch {
      at = start;
      return fail('文字里有不允许的字符或转义');
    }
  };

  const value = (depth: number): Node => {
    if (depth > limits.depth) throw new Stop(issueAt(origin(), 'too-deep', { limit: limits.depth }));
    if (++count > limits.nodes) throw new Stop(issueAt(origin(), 'too-large', { limit: `${limits.nodes} 项` }));
    skip();
    const here = origin();
    const char = source[at];
    if (char === '{') {
      const map = new Map<string, Entry>();
      at++;
      skip();
      if (source[at] === '}') {
        at++;
        return { kind: 'map', entries: map, origin: here };
      }
      for (;;) {
        skip();
        if (source[at] !== '"') fail('这里应当是用双引号括起来的名称');
        const keyAt = origin();
        const key = string();
        skip();
        if (source[at] !== ':') fail('名称后面应当是冒号');
        at++;
        const child = value(depth + 1);
        if (forbidden.has(key)) issues.push(issueAt(keyAt, 'forbidden-key', { key }));
        else if (map.has(key)) issues.push(issueAt(keyAt, 'duplicate-key', { key }));
        else map.set(key, { key: keyAt, value: child });
        skip();
        if (source[at] === ',') at++;
        else if (source[at] === '}') {
          at++;
          return { kind: 'map', entries: map, origin: here };
        } else fail('这里应当是逗号或 }');
      }
    }
    if (char === '[') {
      const items: Node[] = [];
      at++;
      skip();
      if (source[at] === ']') {
        at++;
        return { kind: 'list', items, origin: here };
      }
      for (;;) {
        items.push(value(depth + 1));
        skip();
        if (source[at] === ',') at++;
        else if (source[at] === ']') {
          at++;
          return { kind: 'list', items, origin: here };
        } else fail('这里应当是逗号或 ]');
      }
    }
    if (char === '"') return { kind: 'scalar', value: string(), origin: here, quoted: true };
    for (const [word, meaning] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (source.startsWith(word, at)) {
        at += word.length;
        return { kind: 'scalar', value: meaning, origin: here };
      }
    }
    const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(source.slice(at, at + 64))?.[0];
    if (number === undefined) return fail(char === undefined ? '文件在这里断了' : `读不懂 ${JSON.stringify(char)}`);
    at += number.length;
    const parsed = Number(number);
    if (!Number.isFinite(parsed) || (Number.isInteger(parsed) && !Number.isSafeInteger(parsed)))
      issues.push(issueAt(here, 'number-unsafe', { source: number }, { proposal: `"${number}"` }));
    return { kind: 'scalar', value: parsed, origin: here };
  };

  if (source.length > limits.size)
    return { node: null, issues: [issueAt(origin(), 'too-large', { limit: `${limits.size / 1024} KiB` })] };
  try {
    const node = value(0);
    skip();
    if (at < source.length) fail('文件结尾多了内容');
    return { node, issues };
  } catch (error) {
    if (error instanceof Stop) return { node: null, issues: [...issues, error.issue] };
    throw error;
  }
}

/** Names that mean something to JavaScript objects; never a name of ours. */
export const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

class Stop extends Error {
  readonly issue: Issue;
  constructor(issue: Issue) {
    super(issue.message);
    this.issue = issue;
  }
}
