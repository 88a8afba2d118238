import {
  atAddress,
  conjuncts,
  disjuncts,
  evaluateText,
  type Node,
  parse,
  pathOf,
  print,
  type Scope,
} from '../expressions/index.ts';
import { display } from '../forms/index.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Open, truthOfNode } from '../run/truth.ts';
import { fieldAt, labelOf, plainText } from './text.ts';

/**
 * Why a condition does not hold, as sentences with the actual values; only the terms that stand in the way.
 * Empty when it holds or when it cannot be known yet. [XPL-1]
 */
export function whyNot(definition: Definition, text: string, scope: Scope, open: Open = () => false): string[] {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return [`条件写法有误：${text}`];
  return reasons(definition, parsed.expression.ast, scope, open);
}

function reasons(definition: Definition, node: Node, scope: Scope, open: Open): string[] {
  if (truthOfNode(node, scope, open) !== 'no') return [];
  if (node.op === '&&') return conjuncts(node).flatMap((term) => reasons(definition, term, scope, open));
  if (node.op === '||') {
    const each = disjuncts(node).map((term) => reasons(definition, term, scope, open).join('，'));
    return [each.filter((text) => text !== '').join('；或者：')];
  }
  if (node.op === '!_') return [unwanted(definition, node.args, scope)];
  return [wanted(definition, node, scope)];
}

/** The term should hold and does not. */
function wanted(definition: Definition, node: Node, scope: Scope): string {
  const address = atAddress(node);
  if (address !== null) return `要等到“${labelOf(definition, address)}”`;
  const path = pathOf(node);
  if (path !== null) {
    if (path[0] === 'facts') return `还没有完成：${factTitle(definition, path[1])}`;
    if (path[0] === 'settings') return `本项目未开通：${nameOf(definition, path)}`;
    return `需要：${nameOf(definition, path)}`;
  }
  if (node.op === 'call' && node.args[0] === 'has') {
    const asked = node.args[1][0] === undefined ? null : pathOf(node.args[1][0]);
    if (asked !== null) return `还没有填写：${nameOf(definition, asked)}`;
  }
  if (node.op === 'call' && node.args[0] === 'distinct') return '经办的人必须各不相同';
  return comparison(definition, node, scope) ?? `条件不满足：${print(node)}`;
}

/** The term should not hold and does. */
function unwanted(definition: Definition, node: Node, scope: Scope): string {
  const address = atAddress(node);
  if (address !== null) return `现在处于“${labelOf(definition, address)}”`;
  const path = pathOf(node);
  if (path !== null) {
    if (path[0] === 'facts') return `已经完成：${factTitle(definition, path[1])}`;
    if (path[0] === 'settings') return `本项目已设置：${nameOf(definition, path)}`;
    return `不能有：${nameOf(definition, path)}`;
  }
  if (node.op === '||' || node.op === '&&') {
    return [node.args[0], node.args[1]]
      .map((term) => unwantedIf(definition, term, scope))
      .filter((t) => t !== '')
      .join('，');
  }
  return `条件不满足：!(${print(node)})`;
}

function unwantedIf(definition: Definition, node: Node, scope: Scope): string {
  const result = evaluateText(print(node), scope);
  return result.kind === 'value' && result.value === true ? unwanted(definition, node, scope) : '';
}

const words: { readonly [operator: string]: string } = {
  '<': '小于',
  '<=': '不超过',
  '>': '大于',
  '>=': '达到',
  '==': '是',
  '!=': '不是',
  in: '属于',
};

/** `次数是 3，要小于 3`. */
function comparison(definition: Definition, node: Node, scope: Scope): string | null {
  const word = words[node.op];
  if (word === undefined || !isBinary(node)) return null;
  const [left, right] = node.args;
  const path = pathOf(left) ?? pathOf(left.op === 'call' && left.args[0] === 'size' ? (left.args[1][0] ?? left) : left);
  if (path === null) return null;
  const name = nameOf(definition, path);
  const now = shown(definition, left, left, scope);
  const want = shown(definition, right, left, scope);
  if (now === null) return `还没有：${name}`;
  if (want === null) return null;
  const unit = left.op === 'call' ? ' 次' : '';
  return node.op === '!='
    ? `${name}已经是${quoted(now)}`
    : `${name}${left.op === 'call' ? '有' : '是'}${quoted(now)}${unit}，要${word}${quoted(want)}${unit}`;
}

function isBinary(node: Node): node is Extract<Node, { readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' }> {
  return Array.isArray(node.args) && node.args.length === 2 && node.op !== 'call' && node.op !== 'list';
}

/** The value as the field on the left side would write it. */
function shown(definition: Definition, node: Node, like: Node, scope: Scope): string | null {
  const result = evaluateText(print(node), scope);
  if (result.kind !== 'value' || result.value === null) return null;
  const path = pathOf(like);
  const field = path === null ? null : fieldAt(definition, path);
  return field === null ? plainText(result.value) : display(field, result.value);
}

/** Numbers stand bare between spaces, words in quotes. */
function quoted(text: string): string {
  return /^-?[\d.]+$/.test(text) ? ` ${text}` : `“${text}”`;
}

function factTitle(definition: Definition, fact: string | undefined): string {
  return fact === undefined ? '' : (definition.declared.facts[fact]?.title ?? fact);
}

/** The title of what a path names: a counter, a record, a setting, a field. */
export function nameOf(definition: Definition, path: readonly string[]): string {
  const [root, name = ''] = path;
  switch (root) {
    case 'facts':
      return factTitle(definition, name);
    case 'counters':
      return definition.declared.counters[name]?.title ?? name;
    case 'records':
      return definition.declared.records[name]?.title ?? name;
    case 'tables':
      return definition.declared.tables[name]?.title ?? name;
    case 'settings':
      return settingTitle(definition.settingsSchema, path.slice(1));
    case 'last': {
      const record = definition.declared.records[name]?.title ?? name;
      const field = fieldAt(definition, path);
      return field === null ? record : `${record}的${field.title}`;
    }
    default: {
      const field = fieldAt(definition, path);
      return (
        field?.title ?? (path.length === 1 ? (definition.forms[root ?? '']?.title ?? path.join('.')) : path.join('.'))
      );
    }
  }
}

function settingTitle(schema: JsonObject, path: readonly string[]): string {
  let here: Json | undefined = schema;
  for (const name of path) here = objectOf(objectOf(here).properties)[name];
  const title = objectOf(here).title;
  return typeof title === 'string' ? title : path.join('.');
}

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
