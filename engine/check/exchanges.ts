import { connectorOf } from '../compose/declared.ts';
import { any, bool, int, type Type, type Types, text as textType, typeOfSchema } from '../expressions/index.ts';
import type { ConnectorDefinition } from '../model/definition.ts';
import { requestSchema, signedPlaces } from '../model/http.ts';
import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { own } from '../model/own.ts';
import { entries, get, issueAt, listed, type MapNode, type Node, plain, text } from '../read/index.ts';
import { checkExpression } from './expression.ts';
import { optional } from './presence.ts';
import { type ProcessRule, unknown } from './rule.ts';

/**
 * `http:` of a connector: every operation is sent, every result is one that the contract knows, with its data; expressions
 * by the types of input and answer; what is signed holds body and time; no secret stands in the file.
 */
export const exchanges: ProcessRule = {
  id: 'exchanges',
  of: 'process',
  check(process) {
    return process.used.connectors.flatMap(({ node }) => (node?.kind === 'map' ? exchangesOf(node) : []));
  },
};

/** A connector's file says all of it: the processes that use it are told the same. */
const exchangesOf = once((file: MapNode): readonly Issue[] => {
  const issues: Issue[] = [];
  const http = get(file, 'http');
  if (http !== undefined) checkHttp(connectorOf(file), http, issues);
  return issues;
});

const field = (type: Type) => ({ type, optional: false });
const headersType: Type = { kind: 'map', of: textType };

function checkHttp(contract: ConnectorDefinition, http: Node, issues: Issue[]): void {
  checkBase(get(http, 'base'), issues);
  checkAuthorization(get(http, 'authorization'), issues);
  const callback = get(http, 'callback');
  const operations = get(http, 'operations');
  const known = Object.keys(contract.operations);
  for (const [name, { key, value }] of entries(operations)) {
    const at = `http.operations.${name}`;
    if (own(contract.operations, name) === undefined) {
      issues.push(unknown(key, 'unknown-operation', name, known, at, { connector: contract.id }));
      continue;
    }
    const ask = get(value, 'ask');
    const send = get(value, 'send');
    const requests = [send, ask].flatMap((node) => node ?? []);
    const input = typeOfSchema(contract.operations[name]!.input);
    if (send !== undefined) checkRequest(contract, name, send, { input: field(input) }, `${at}.send`, issues);
    // The input is no longer known when a result is asked for.
    if (ask !== undefined) checkRequest(contract, name, ask, {}, `${at}.ask`, issues);
    const pending = requests.some((node) => listed(get(node, 'results')).some((result) => get(result, 'pending')));
    if (pending && ask === undefined && callback === undefined)
      issues.push(issueAt(key, 'http-pending-lost', { name }, { path: at }));
  }
  for (const name of known)
    if (operations !== undefined && get(operations, name) === undefined)
      issues.push(issueAt(operations.origin, 'http-operation-missing', { name }, { path: 'http.operations' }));
  if (callback !== undefined) checkCallback(contract, callback, issues);
}

function checkBase(node: Node | undefined, issues: Issue[]): void {
  const base = text(node) ?? '';
  const isOpen = base.startsWith('http://') && !/^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/.test(base);
  if (node !== undefined && isOpen)
    issues.push(issueAt(node.origin, 'http-not-encrypted', { name: base }, { path: 'http.base' }));
}

function checkRequest(
  contract: ConnectorDefinition,
  operation: string,
  request: Node,
  input: Types,
  at: string,
  issues: Issue[],
): void {
  const types: Types = {
    ...input,
    request: field(typeOfSchema(requestSchema)),
    now: field(int),
  };
  checkPath(get(request, 'path'), types, `${at}.path`, issues);
  for (const part of ['query', 'headers', 'body'] as const)
    checkMapping(get(request, part), types, `${at}.${part}`, issues);
  for (const [name, { key }] of entries(get(request, 'headers')))
    if (/^(authorization|cookie)$|key|secret|token|password/i.test(name))
      issues.push(issueAt(key, 'http-secret-written', { name }, { path: `${at}.headers` }));
  const answer = get(request, 'answer');
  const heard: Types = {
    ...types,
    status: field(int),
    headers: field(headersType),
    answer: field(answer === undefined ? any : typeOfSchema(plain(answer))),
  };
  for (const result of listed(get(request, 'results'))) {
    checkOne(result, ['outcome', 'pending', 'absent'], at, issues);
    checkMeaning(contract, result, heard, { operation }, `${at}.results`, issues);
  }
}

/** The expressions of a path, `/people/{input.number}`. */
function checkPath(node: Node | undefined, types: Types, at: string, issues: Issue[]): void {
  const path = text(node) ?? '';
  for (const match of path.matchAll(/\{([^{}]*)\}/g)) {
    const origin = { ...node!.origin, column: node!.origin.column + match.index + 1 };
    issues.push(...checkExpression(match[1]!, types, origin, at));
  }
}

/** Leaves are expressions; what may be missing is left out of the request. */
function checkMapping(node: Node | undefined, types: Types, at: string, issues: Issue[]): void {
  if (node === undefined) return;
  if (node.kind === 'map')
    for (const [name, entry] of entries(node)) checkMapping(entry.value, types, `${at}.${name}`, issues);
  else if (node.kind === 'list') for (const item of node.items) checkMapping(item, types, at, issues);
  else if (typeof node.value === 'string')
    issues.push(...optional(checkExpression(node.value, types, node.origin, at)));
}

function checkOne(result: Node, allowed: readonly string[], at: string, issues: Issue[]): void {
  const count = allowed.filter((key) => get(result, key) !== undefined).length;
  if (count !== 1)
    issues.push(issueAt(result.origin, 'http-result-unclear', { allowed: allowed.join('、'), count }, { path: at }));
}

/** Condition, outcome or event, and data of a result. `operation` null = a callback, where any operation's outcome may be. */
function checkMeaning(
  contract: ConnectorDefinition,
  result: Node,
  types: Types,
  { operation }: { operation: string | null },
  at: string,
  issues: Issue[],
): void {
  const condition = get(result, 'if');
  const written = condition === undefined ? undefined : text(condition);
  if (written !== undefined)
    issues.push(...optional(checkExpression(written, types, condition!.origin, `${at}.if`, { want: bool })));
  const data = get(result, 'data');
  const outcomeNode = get(result, 'outcome');
  const outcome = text(outcomeNode);
  const eventNode = get(result, 'event');
  const event = text(eventNode);
  if (outcome !== undefined) {
    const operations = operation === null ? Object.values(contract.operations) : [contract.operations[operation]!];
    const all = operations.flatMap((one) => Object.keys(one.outcomes));
    const where = operation === null ? contract.id : `${contract.id}.${operation}`;
    if (!all.includes(outcome)) {
      issues.push(unknown(outcomeNode!.origin, 'unknown-outcome', outcome, all, at, { operation: where }));
      return;
    }
    // Several operations may have an outcome of that name: it has to fit one of them.
    const told = operations.flatMap((one) => {
      const found = own(one.outcomes, outcome);
      if (found === undefined) return [];
      const wrong: Issue[] = [];
      checkData(found.data, `${where}.${outcome}`, data, outcomeNode!, types, at, wrong);
      return [wrong];
    });
    issues.push(...(told.sort((a, b) => a.length - b.length)[0] ?? []));
  }
  if (event !== undefined) {
    const found = own(contract.events, event);
    if (found === undefined)
      issues.push(
        unknown(eventNode!.origin, 'unknown-operation', event, Object.keys(contract.events), at, {
          connector: contract.id,
        }),
      );
    else checkData(found.data, `${contract.id}.${event}`, data, eventNode!, types, at, issues);
  }
}

function checkData(
  schema: JsonObject | undefined,
  operation: string,
  data: Node | undefined,
  around: Node,
  types: Types,
  at: string,
  issues: Issue[],
): void {
  const properties = (schema?.properties ?? {}) as { readonly [name: string]: Json };
  for (const [name, { key, value }] of entries(data)) {
    const property = own(properties, name);
    if (property === undefined) {
      issues.push(unknown(key, 'unknown-data', name, Object.keys(properties), at, { operation }));
      continue;
    }
    const written = text(value);
    if (written === undefined) checkMapping(value, types, at, issues);
    else issues.push(...optional(checkExpression(written, types, value.origin, at, { want: typeOfSchema(property) })));
  }
  const required = Array.isArray(schema?.required) ? schema.required.map(String) : [];
  for (const name of required)
    if (get(data, name) === undefined)
      issues.push(issueAt(data?.origin ?? around.origin, 'data-missing', { operation, name }, { path: at }));
}

function checkAuthorization(node: Node | undefined, issues: Issue[]): void {
  const at = 'http.authorization';
  for (const kind of ['hmac', 'rsa']) {
    const signing = get(node, kind);
    checkSigned(signing, [], issues);
    checkPlace(signing, `${at}.${kind}`, issues);
  }
  for (const part of ['time', 'id']) checkPlace(get(node, part), `${at}.${part}`, issues);
}

/** In a header or among the parameters, never in both or in none. */
function checkPlace(node: Node | undefined, at: string, issues: Issue[]): void {
  const count = ['header', 'field'].filter((place) => get(node, place) !== undefined).length;
  if (node !== undefined && count !== 1)
    issues.push(issueAt(node.origin, 'http-one-place', { name: at.split('.').at(-1), count }, { path: at }));
}

function checkSigned(signing: Node | undefined, needed: readonly string[], issues: Issue[]): void {
  const over = get(signing, 'over');
  if (over === undefined) return;
  const path = 'http.over';
  const places = [...(text(over) ?? '').matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]!);
  if (get(signing, 'field') !== undefined)
    for (const name of ['body', 'path'].filter((place) => places.includes(place)))
      issues.push(issueAt(over.origin, 'http-signed-itself', { name: `{${name}}`, sorted: '{sorted}' }, { path }));
  for (const place of places)
    if (!(signedPlaces as readonly string[]).includes(place))
      issues.push(unknown(over.origin, 'http-signed-place', place, signedPlaces, path));
  for (const name of needed)
    if (!places.includes(name))
      issues.push(issueAt(over.origin, 'http-signed-too-little', { name: `{${name}}` }, { path }));
}

function checkCallback(contract: ConnectorDefinition, callback: Node, issues: Issue[]): void {
  const at = 'http.callback';
  const ways = ['hmac', 'rsa'].filter((kind) => get(callback, kind) !== undefined);
  if (ways.length !== 1) issues.push(issueAt(callback.origin, 'http-unsigned', { count: ways.length }, { path: at }));
  const time = get(callback, 'time');
  for (const way of ways) {
    const signing = get(callback, way);
    // The parameters are the whole body, and the time too when it is one of them.
    const sorted = (text(get(signing, 'over')) ?? '').includes('{sorted}');
    const needed = [...(sorted && get(time, 'field') !== undefined ? [] : ['time']), ...(sorted ? [] : ['body'])];
    checkSigned(signing, needed, issues);
    checkPlace(signing, `${at}.${way}`, issues);
  }
  for (const part of ['time', 'id']) checkPlace(get(callback, part), `${at}.${part}`, issues);
  const body = get(callback, 'body');
  const types: Types = {
    body: field(body === undefined ? any : typeOfSchema(plain(body))),
    headers: field(headersType),
    query: field(headersType),
  };
  const reference = get(callback, 'reference');
  const written = text(reference);
  if (written !== undefined)
    issues.push(...optional(checkExpression(written, types, reference!.origin, `${at}.reference`, { want: textType })));
  for (const result of listed(get(callback, 'results'))) {
    checkOne(result, ['outcome', 'event'], at, issues);
    checkMeaning(contract, result, types, { operation: null }, `${at}.results`, issues);
  }
}
