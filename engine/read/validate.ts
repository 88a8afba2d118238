import type { ErrorObject, ValidateFunction } from 'ajv';
import { type Said, wordOf } from '../errors/index.ts';
import type { IssueCode } from '../errors/issues.ts';
import type { Origin } from '../model/definition.ts';
import * as validators from '../model/generated/validators.ts';
import type { Issue } from '../model/issue.ts';
import type { Json } from '../model/json.ts';
import { issueAt } from './issue.ts';
import { type FileKind, knownKeys, segments } from './meta.ts';
import { suggest } from './suggest.ts';
import { dataOf, descend, keyPosition, type Node, plain, positionOf } from './tree.ts';
import { language } from './upgrade/language.ts';

export type { FileKind };

/** Issues of a file against the meta-schema of its kind: where, what, and what to write instead. */
export function validateFile(kind: FileKind, node: Node): Issue[] {
  const validate = (validators as unknown as { [kind: string]: ValidateFunction })[kind];
  if (validate === undefined) throw new Error(`no validator for ${kind}`);
  const data = dataOf(node);
  if (validate(data)) return [];
  return issuesOf(kind, node, (validate.errors ?? []).slice(0, mostErrors));
}

/** Nobody reads more of one file at once; each is told with its place and a proposal, which takes time. */
const mostErrors = 200;

function issuesOf(kind: FileKind, node: Node, errors: readonly ErrorObject[]): Issue[] {
  const issues: Issue[] = [];
  const alternatives = new Set(errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath));
  let pattern = '';
  for (const error of errors) {
    const path = segments(error.instancePath);
    const within = alternatives.has(error.instancePath);
    if (error.keyword === 'anyOf') {
      // Told by the alternative that was meant; alone when none was.
      const nearer = errors.some(
        (other) =>
          other !== error && (deeper(other, error) || (other.instancePath === error.instancePath && !isShape(other))),
      );
      if (!nearer) issues.push(wrongType(node, path, errors, error.instancePath));
      continue;
    }
    if (within && isShape(error)) continue;
    if (error.keyword === 'if' || error.keyword === 'allOf') continue;
    // What is wrong with a name is said of the object that holds it; the error after it tells which name.
    if (error.keyword === 'pattern' && descend(node, path)?.kind === 'map') {
      pattern = String(error.params.pattern);
      continue;
    }
    if (error.keyword === 'propertyNames') {
      const name = String(error.params.propertyName);
      const at = [...path, name];
      issues.push(
        at_(keyPosition(node, at), 'bad-name', { value: name, shape: shapeOf(pattern) }, at, reshape(name, pattern)),
      );
      continue;
    }
    issues.push(issueOf(kind, node, path, error));
  }
  return issues;
}

/** Says only that another alternative of an `anyOf` was meant. */
function isShape(error: ErrorObject): boolean {
  return error.keyword === 'type' || error.keyword === 'const';
}

function deeper(a: ErrorObject, b: ErrorObject): boolean {
  return a.instancePath.startsWith(`${b.instancePath}/`);
}

function wrongType(node: Node, path: string[], errors: readonly ErrorObject[], at: string): Issue {
  const types = errors
    .filter((error) => error.instancePath === at && error.keyword === 'type')
    .flatMap((error) => error.params.type as string | string[]);
  const constants = errors
    .filter((error) => error.instancePath === at && error.keyword === 'const')
    .map((error) => JSON.stringify(error.params.allowedValue));
  const words = [...new Set(types.map(typeWord)), ...constants];
  const expected = { zh: words.join('、'), en: words.map((word) => wordOf(word, 'en')).join(', ') };
  return at_(positionOf(node, path), 'wrong-type', { key: nameOf(path), expected, found: foundWord(node, path) }, path);
}

function issueOf(kind: FileKind, node: Node, path: string[], error: ErrorObject): Issue {
  const here = positionOf(node, path);
  const key = nameOf(path);
  // Said of the map as a whole: its value is not looked at, since a large map may have many of them.
  if (error.keyword === 'additionalProperties') {
    return unknownKey(kind, node, path, String(error.params.additionalProperty));
  }
  const value = valueAt(node, path);
  switch (error.keyword) {
    case 'required': {
      const name = String(error.params.missingProperty);
      return at_(
        here,
        'missing-key',
        { key: name, where: key },
        path,
        name === 'language' ? `language: ${language}` : undefined,
      );
    }
    case 'type': {
      const types = ([] as string[]).concat(error.params.type as string | string[]);
      const expected = types.map(typeWord).join('、');
      const quoted = types.includes('string') && typeof value === 'number' ? `"${value}"` : undefined;
      return at_(here, 'wrong-type', { key, expected, found: foundWord(node, path) }, path, quoted);
    }
    case 'enum': {
      const allowed = (error.params.allowedValues as Json[]).map(String);
      return at_(
        here,
        'not-one-of',
        { key, value: show(value), allowed: allowed.join('、') },
        path,
        suggest(String(value), allowed),
      );
    }
    case 'const': {
      const allowed = JSON.stringify(error.params.allowedValue);
      if (path.length === 1 && path[0] === 'language')
        return at_(here, 'language-version', { value: show(value), language }, path, `language: ${language}`);
      return at_(here, 'not-one-of', { key, value: show(value), allowed }, path, allowed);
    }
    case 'pattern': {
      const asked = String(error.params.pattern);
      return at_(here, 'bad-name', { value: show(value), shape: shapeOf(asked) }, path, reshape(show(value), asked));
    }
    case 'uniqueItems':
      return at_(
        positionOf(node, [...path, String(error.params.i)]),
        'repeated',
        { value: show(valueAt(node, [...path, String(error.params.i)])) },
        path,
      );
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return at_(here, 'is-empty', { key, limit: error.params.limit }, path);
    default:
      return at_(
        here,
        'out-of-range',
        { key, rule: `${error.keyword} ${String(error.params.limit ?? '')}`.trim() },
        path,
      );
  }
}

function unknownKey(kind: FileKind, node: Node, path: string[], name: string): Issue {
  const known = knownKeys(kind, path);
  const list = known.length <= 24 ? known.join('、') : `${known.slice(0, 24).join('、')} …`;
  const code: IssueCode = kind === 'form' || kind === 'settings' ? 'unknown-keyword' : 'unknown-key';
  const at = [...path, name];
  return at_(keyPosition(node, at), code, { key: name, known: list }, at, suggest(name, known));
}

function at_(
  origin: Origin,
  code: IssueCode,
  params: { [name: string]: unknown },
  path: string[],
  proposal?: string,
): Issue {
  return issueAt(origin, code, params, { path: path.join('.'), proposal });
}

function valueAt(node: Node, path: readonly string[]): Json | undefined {
  const found = descend(node, path);
  return found === undefined ? undefined : plain(found);
}

function nameOf(path: readonly string[]): string | Said {
  const last = path.at(-1);
  if (last === undefined) return '文件';
  if (!/^\d+$/.test(last) || path.length === 1) return last;
  const [list, nth] = [path.at(-2), Number(last) + 1];
  return { zh: `${list} 的第 ${nth} 项`, en: `entry ${nth} of ${list}` };
}

function show(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const words: { readonly [type: string]: string } = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组“名称: 值”',
  null: '空',
};

function typeWord(type: string): string {
  return words[type] ?? type;
}

function foundWord(node: Node, path: readonly string[]): string | Said {
  const found = descend(node, path);
  if (found === undefined) return '没有内容';
  if (found.kind === 'map') return '一组“名称: 值”';
  if (found.kind === 'list') return '列表';
  if (found.value === null) return '空';
  const [type, text] = [typeWord(typeof found.value), show(found.value)];
  return { zh: `${type} ${text}`, en: `${wordOf(type, 'en')} ${text}` };
}

/** What a pattern of the meta-schemas asks for, in words. */
function shapeOf(pattern: string): string | Said {
  if (pattern.startsWith('^[A-Z][A-Z0-9_]')) return '大写字母、数字和下划线，例如 ORDER_PAID';
  if (pattern.startsWith('^[a-z][a-z0-9]*(-')) return '小写字母和短横，例如 book-loan';
  if (pattern === '^[a-z][A-Za-z0-9]{0,59}$') return '小写字母开头的字母和数字，例如 reviewQueue';
  if (pattern.startsWith('^[0-9A-Z]{3}')) return '三位数字或大写字母，加引号';
  if (pattern.startsWith('^[0-9a-f]{8}')) return '八位十六进制数字，加引号';
  return { zh: `符合 ${pattern}`, en: `something like ${pattern}` };
}

/** The name written in the asked shape, where that is plain. */
function reshape(given: string, pattern: string): string | undefined {
  const parts = given.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const lower = parts.map((part) => part.toLowerCase());
  let out: string;
  if (pattern.startsWith('^[A-Z][A-Z0-9_]')) out = lower.join('_').toUpperCase();
  else if (pattern.startsWith('^[a-z][a-z0-9]*(-')) out = lower.join('-');
  else if (pattern.startsWith('^[a-z][A-Za-z0-9]'))
    out = lower.map((part, index) => (index === 0 ? part : part[0]!.toUpperCase() + part.slice(1))).join('');
  else return undefined;
  return out !== given && new RegExp(pattern).test(out) ? out : undefined;
}
