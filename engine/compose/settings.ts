import type { Said } from '../errors/index.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { onceForAll } from '../model/once.ts';
import { own } from '../model/own.ts';
import type { Source } from '../read/bundle.ts';
import { entries, get, issueAt, type MapNode, mapOf, type Node, plain, suggest, withKey } from '../read/index.ts';
import { parseDuration, unitWords } from './duration.ts';

/** Effective settings: defaults of the schema overlaid by the project. Objects are merged, everything else replaced. */
export function composeSettings(
  schema: JsonObject,
  schemaNode: Node | null,
  overlay: Node | undefined,
  project: Origin,
): { settings: JsonObject; defaults: JsonObject; issues: Issue[] } {
  const issues: Issue[] = [];
  const defaults = defaultsOf(schema);
  if (schemaNode !== null)
    for (const [name, entry] of entries(get(schemaNode, 'properties'))) {
      const value = get(entry.value, 'default');
      if (value !== undefined) check(plain(entry.value) as JsonObject, value, name, issues);
    }
  const known = propertiesOf(schema);
  const settings: JsonObject = { ...defaults };
  for (const [name, entry] of entries(overlay)) {
    const property = own(known, name) as JsonObject | undefined;
    if (property === undefined) {
      const proposal = suggest(name, Object.keys(known));
      issues.push(issueAt(entry.key, 'unknown-setting', { name }, { path: `settings.${name}`, proposal }));
      continue;
    }
    const before = issues.length;
    check(property, entry.value, name, issues);
    // A value that is refused is told here; the default keeps it from being told everywhere it is used.
    if (issues.length > before && defaults[name] !== undefined) continue;
    settings[name] = merge(settings[name], plain(entry.value));
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const name of required)
    if (typeof name === 'string' && !(name in settings))
      issues.push(issueAt(overlay?.origin ?? project, 'missing-setting', { name }, { path: `settings.${name}` }));
  return { settings, defaults, issues };
}

/**
 * The settings of a workflow and of its fragments as one schema. The first file that names a setting decides: a workflow
 * gives a fragment's setting another default by naming it itself.
 */
export const mergeSettings = onceForAll((files: readonly Source[]): MapNode | null => {
  const maps = [...new Set(files)].flatMap((file) => (file.node?.kind === 'map' ? [file.node] : []));
  const [first, ...others] = maps;
  if (first === undefined || others.length === 0) return first ?? null;
  const properties = new Map(entries(get(first, 'properties')));
  const required = get(first, 'required');
  const names = required?.kind === 'list' ? [...required.items] : [];
  for (const other of others) {
    for (const [name, entry] of entries(get(other, 'properties')))
      if (!properties.has(name)) properties.set(name, entry);
    const more = get(other, 'required');
    if (more?.kind === 'list') names.push(...more.items);
  }
  const merged = withKey(first, 'properties', mapOf(first.origin, [...properties]));
  return names.length === 0
    ? merged
    : withKey(merged, 'required', { kind: 'list', items: names, origin: first.origin });
});

export function defaultsOf(schema: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const [name, property] of Object.entries(propertiesOf(schema))) {
    const value = defaultOf(property as JsonObject);
    if (value !== undefined) out[name] = value;
  }
  return out;
}

function defaultOf(schema: JsonObject): Json | undefined {
  if (schema.default !== undefined) return schema.default;
  if (schema.type !== 'object') return undefined;
  const inner = defaultsOf(schema);
  return Object.keys(inner).length > 0 ? inner : undefined;
}

function propertiesOf(schema: JsonObject): JsonObject {
  const properties = schema.properties;
  return properties !== null && typeof properties === 'object' && !Array.isArray(properties) ? properties : {};
}

function merge(base: Json | undefined, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over;
  const out: JsonObject = { ...base };
  for (const [key, value] of Object.entries(over)) out[key] = merge(out[key], value);
  return out;
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A value against a setting's schema. Own code and not ajv: it must run in a browser that forbids eval. */
function check(schema: JsonObject, node: Node, path: string, issues: Issue[]): void {
  const value = plain(node);
  const broken = ruleOf(schema, value);
  if (broken !== null) {
    const title = typeof schema.title === 'string' ? schema.title : path;
    const params = { title, value: typeof value === 'string' ? value : JSON.stringify(value), rule: broken.rule };
    issues.push(issueAt(node.origin, 'bad-setting', params, { path: `settings.${path}`, proposal: broken.proposal }));
    return;
  }
  if (node.kind === 'list' && isObject(schema.items)) {
    const { items } = schema;
    node.items.forEach((item, index) => {
      check(items, item, `${path}.${index}`, issues);
    });
  }
  if (node.kind !== 'map') return;
  const known = propertiesOf(schema);
  for (const [name, entry] of node.entries) {
    const property = Object.hasOwn(known, name) ? known[name] : schema.additionalProperties;
    const at = `${path}.${name}`;
    if (isObject(property)) check(property, entry.value, at, issues);
    else if (property === false || (property === undefined && Object.keys(known).length > 0)) {
      const proposal = suggest(name, Object.keys(known));
      issues.push(issueAt(entry.key, 'unknown-setting', { name: at }, { path: `settings.${at}`, proposal }));
    }
  }
}

interface Broken {
  readonly rule: string | Said;
  readonly proposal?: string | undefined;
}

/** The rule that the value itself breaks; what is inside it is looked at apart. */
function ruleOf(schema: JsonObject, value: Json): Broken | null {
  if (Array.isArray(schema.enum) && !schema.enum.includes(value as never)) {
    const allowed = schema.enum.map(String);
    return {
      rule: both(`只能是：${allowed.join('、')}`, `it is one of: ${allowed.join(', ')}`),
      proposal: suggest(String(value), allowed),
    };
  }
  if (schema.const !== undefined && value !== schema.const)
    return { rule: both(`只能是 ${JSON.stringify(schema.const)}`, `it is always ${JSON.stringify(schema.const)}`) };
  switch (schema.type) {
    case 'boolean':
      if (typeof value === 'boolean') return null;
      return { rule: '应当是 true 或 false', proposal: { yes: 'true', no: 'false' }[String(value).toLowerCase()] };
    case 'integer':
    case 'number':
      return numberRule(schema, value);
    case 'string':
      return textRule(schema, value);
    case 'array':
      return listRule(schema, value);
    case 'object':
      return isObject(value) ? null : { rule: '应当是一组“名称: 值”' };
    default:
      return null;
  }
}

function numberRule(schema: JsonObject, value: Json): Broken | null {
  if (typeof value !== 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    return { rule: '应当是数字，不加引号', proposal: Number.isNaN(number) ? undefined : String(number) };
  }
  if (schema.type === 'integer' && !Number.isInteger(value)) return { rule: '应当是整数' };
  if (typeof schema.minimum === 'number' && value < schema.minimum)
    return { rule: both(`不能小于 ${schema.minimum}`, `not less than ${schema.minimum}`) };
  if (typeof schema.maximum === 'number' && value > schema.maximum)
    return { rule: both(`不能大于 ${schema.maximum}`, `not more than ${schema.maximum}`) };
  if (typeof schema.multipleOf === 'number' && value % schema.multipleOf !== 0)
    return { rule: both(`应当是 ${schema.multipleOf} 的倍数`, `a multiple of ${schema.multipleOf}`) };
  return null;
}

function textRule(schema: JsonObject, value: Json): Broken | null {
  if (typeof value !== 'string')
    return { rule: '应当是文字', proposal: typeof value === 'number' ? `"${value}"` : undefined };
  if (schema.format === 'duration' && parseDuration(value) === null)
    return { rule: durationRule, proposal: proposeDuration(value) };
  const length = [...value].length;
  if (typeof schema.minLength === 'number' && length < schema.minLength)
    return { rule: both(`至少 ${schema.minLength} 个字`, `at least ${schema.minLength} characters`) };
  if (typeof schema.maxLength === 'number' && length > schema.maxLength)
    return { rule: both(`最多 ${schema.maxLength} 个字`, `at most ${schema.maxLength} characters`) };
  return null;
}

function listRule(schema: JsonObject, value: Json): Broken | null {
  if (!Array.isArray(value))
    return { rule: '应当是列表', proposal: typeof value === 'string' ? `[${value}]` : undefined };
  if (typeof schema.minItems === 'number' && value.length < schema.minItems)
    return { rule: both(`至少 ${schema.minItems} 项`, `at least ${schema.minItems} entries`) };
  if (typeof schema.maxItems === 'number' && value.length > schema.maxItems)
    return { rule: both(`最多 ${schema.maxItems} 项`, `at most ${schema.maxItems} entries`) };
  if (schema.uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
    return { rule: '不能重复' };
  return null;
}

const both = (zh: string, en: string): Said => ({ zh, en });

export const durationRule: Said = {
  zh: `应当是时长，例如 30 days、2 hours、5 working days（单位：${unitWords.join('、')}）`,
  en: `it has to be a time such as 30 days, 2 hours, 5 working days (units: ${unitWords.join(', ')})`,
};

/** `30d`, `30天`, `2 hrs` -> words of the language, where that is plain. */
export function proposeDuration(text: string): string | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([^\d\s].*?)\s*$/.exec(text);
  if (match === null) return undefined;
  const aliases: { readonly [alias: string]: string } = {
    s: 'seconds',
    sec: 'seconds',
    secs: 'seconds',
    秒: 'seconds',
    m: 'minutes',
    min: 'minutes',
    mins: 'minutes',
    分钟: 'minutes',
    分: 'minutes',
    h: 'hours',
    hr: 'hours',
    hrs: 'hours',
    小时: 'hours',
    d: 'days',
    天: 'days',
    日: 'days',
    w: 'weeks',
    周: 'weeks',
    workdays: 'working days',
    workday: 'working days',
    'work days': 'working days',
    工作日: 'working days',
    个工作日: 'working days',
  };
  const unit = own(aliases, match[2]!.toLowerCase()) ?? suggest(match[2]!, unitWords);
  if (unit === undefined) return undefined;
  const proposal = `${match[1]} ${match[1] === '1' ? unit.replace(/s$/, '') : unit}`;
  return parseDuration(proposal) === null ? undefined : proposal;
}
