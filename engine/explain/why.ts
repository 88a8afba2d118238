import { type ErrorCode, type Locale, sentence } from '../errors/index.ts';
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
import { type Json, type JsonObject, objectOf } from '../model/json.ts';
import { type Open, truthOfNode } from '../run/truth.ts';
import { fieldAt, labelOf, plainText } from './text.ts';

/** A condition that is asked about, and in which language it is told. */
interface Asked {
  readonly definition: Definition;
  readonly scope: Scope;
  readonly open: Open;
  readonly locale: Locale;
}

/**
 * Why a condition does not hold, as sentences with the actual values; only the terms that stand in the way.
 * Empty when it holds or when it cannot be known yet. [XPL-1]
 */
export function whyNot(
  definition: Definition,
  text: string,
  scope: Scope,
  open: Open = () => false,
  locale: Locale = 'zh-CN',
): string[] {
  const parsed = parse(text);
  if (parsed.kind === 'failed') return [sentence('why-syntax', { text }, locale)];
  return reasons({ definition, scope, open, locale }, parsed.expression.ast);
}

function reasons(asked: Asked, node: Node): string[] {
  const { scope, open, locale } = asked;
  if (truthOfNode(node, scope, open) !== 'no') return [];
  if (node.op === '&&') return conjuncts(node).flatMap((term) => reasons(asked, term));
  if (node.op === '||') {
    const each = disjuncts(node).map((term) => reasons(asked, term).join(comma(locale)));
    return [each.filter((text) => text !== '').join(sentence('why-or', {}, locale))];
  }
  if (node.op === '!_') return [unwanted(asked, node.args)];
  return [wanted(asked, node)];
}

const comma = (locale: Locale) => (locale === 'en' ? ', ' : '，');

/** The term should hold and does not. */
function wanted(asked: Asked, node: Node): string {
  const { definition, locale } = asked;
  const address = atAddress(node);
  if (address !== null) return sentence('why-until', { label: labelOf(definition, address) }, locale);
  const path = pathOf(node);
  if (path !== null) return named({ facts: 'why-fact', settings: 'why-setting', others: 'why-needed' }, path, asked);
  if (node.op === 'call' && node.args[0] === 'has') {
    const field = node.args[1][0] === undefined ? null : pathOf(node.args[1][0]);
    if (field !== null) return sentence('why-missing', { name: nameOf(definition, field, locale) }, locale);
  }
  if (node.op === 'call' && node.args[0] === 'distinct') return sentence('why-distinct', {}, locale);
  return comparison(asked, node) ?? sentence('why-unmet', { text: print(node) }, locale);
}

/** The term should not hold and does. */
function unwanted(asked: Asked, node: Node): string {
  const { definition, locale } = asked;
  const address = atAddress(node);
  if (address !== null) return sentence('why-at', { label: labelOf(definition, address) }, locale);
  const path = pathOf(node);
  if (path !== null)
    return named({ facts: 'why-fact-done', settings: 'why-setting-on', others: 'why-unwanted' }, path, asked);
  if (node.op === '||' || node.op === '&&') {
    return [node.args[0], node.args[1]]
      .map((term) => unwantedIf(asked, term))
      .filter((text) => text !== '')
      .join(comma(locale));
  }
  return sentence('why-unmet', { text: `!(${print(node)})` }, locale);
}

function unwantedIf(asked: Asked, node: Node): string {
  const result = evaluateText(print(node), asked.scope);
  return result.kind === 'value' && result.value === true ? unwanted(asked, node) : '';
}

/** What a path names, in the sentence for facts, for settings, or for anything else. */
function named(
  codes: { readonly facts: ErrorCode; readonly settings: ErrorCode; readonly others: ErrorCode },
  path: readonly string[],
  { definition, locale }: Asked,
): string {
  const code = path[0] === 'facts' ? codes.facts : path[0] === 'settings' ? codes.settings : codes.others;
  return sentence(code, { name: nameOf(definition, path, locale) }, locale);
}

const words: { readonly [operator: string]: ErrorCode } = {
  '<': 'why-less',
  '<=': 'why-at-most',
  '>': 'why-more',
  '>=': 'why-at-least',
  '==': 'why-equal',
  '!=': 'why-is-already',
  in: 'why-in',
};

/** `次数是 3，要小于 3`. */
function comparison(asked: Asked, node: Node): string | null {
  const { definition, locale } = asked;
  const code = words[node.op];
  if (code === undefined || !isBinary(node)) return null;
  const [left, right] = node.args;
  const path = pathOf(left) ?? pathOf(left.op === 'call' && left.args[0] === 'size' ? (left.args[1][0] ?? left) : left);
  if (path === null) return null;
  const name = nameOf(definition, path, locale);
  const now = shown(asked, left, left);
  const want = shown(asked, right, left);
  if (now === null) return sentence('why-none', { name }, locale);
  if (want === null) return null;
  if (node.op === '!=') return sentence(code, { name, now: quoted(now, locale) }, locale);
  const params = { name, now: quoted(now, locale), word: sentence(code, {}, locale), want: quoted(want, locale) };
  return sentence(left.op === 'call' ? 'why-counted' : 'why-compared', params, locale);
}

function isBinary(node: Node): node is Extract<Node, { readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' }> {
  return Array.isArray(node.args) && node.args.length === 2 && node.op !== 'call' && node.op !== 'list';
}

/** The value as the field on the left side would write it. */
function shown({ definition, scope, locale }: Asked, node: Node, like: Node): string | null {
  const result = evaluateText(print(node), scope);
  if (result.kind !== 'value' || result.value === null) return null;
  const path = pathOf(like);
  const field = path === null ? null : fieldAt(definition, path);
  return field === null ? plainText(result.value, locale) : display(field, result.value, locale);
}

/** Numbers stand bare, in Chinese between spaces; words in quotes. */
function quoted(text: string, locale: Locale): string {
  if (/^-?[\d.]+$/.test(text)) return locale === 'en' ? text : ` ${text}`;
  return `“${text}”`;
}

function factTitle(definition: Definition, fact: string | undefined): string {
  return fact === undefined ? '' : (definition.declared.facts[fact]?.title ?? fact);
}

/** The title of what a path names: a counter, a record, a setting, a field. */
export function nameOf(definition: Definition, path: readonly string[], locale?: Locale): string {
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
      return field === null ? record : sentence('field-of', { form: record, field: field.title }, locale);
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
