import type { Duration } from '../model/composed.ts';
import type { BatchDefinition, ConnectorDefinition, DeclaredParts } from '../model/definition.ts';
import type { HttpBinding } from '../model/http.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { get, type MapNode, type Node, plain, text } from '../read/index.ts';
import { strings } from './chart.ts';
import { parseDuration } from './duration.ts';

type Part = keyof Omit<DeclaredParts, 'goals' | 'subject' | 'amount' | 'batch'>;

/** Reads one declared part. A part that stands in two workflows, or in one that a project changes elsewhere, is one. */
function part<Name extends Part>(
  name: Name,
  change: (value: JsonObject, id: string) => object = (value) => value,
): (workflow: MapNode) => DeclaredParts[Name] {
  const made = (data: JsonObject) => mapValues(data, change as never) as unknown as DeclaredParts[Name];
  const read = once((node: Node) => made(plain(node) as JsonObject));
  const none = made({});
  return (workflow) => {
    const node = get(workflow, name);
    return node === undefined ? none : read(node);
  };
}

const parts: { readonly [name in Part]: (workflow: MapNode) => DeclaredParts[name] } = {
  events: part('events', (event, id) => ({ title: id, saves: 'complete', look: 'plain', list: false, ...event })),
  facts: part('facts', (fact) => ({ about: [], ...fact })),
  counters: part('counters'),
  records: part('records'),
  people: part('people'),
  secrets: part('secrets'),
  notices: part('notices', noticeOf),
  stages: part('stages'),
  tables: part('tables', (table) => ({ ...table, by: (table.by as unknown[]).map(String) })),
  laws: part('laws', (law) => ({
    ...law,
    must: String(law.must),
    ...(law.at === undefined ? {} : { at: ([] as string[]).concat(law.at as string | string[]) }),
  })),
  reservations: part('reservations', (reservation) => ({
    ...reservation,
    key: String(reservation.key),
    ...(reservation.places === undefined ? {} : { places: String(reservation.places) }),
    ...(reservation.of === undefined ? {} : { part: String(reservation.part), whole: String(reservation.whole) }),
  })),
  lists: part('lists', (list) => ({
    columns: {},
    ...list,
    ...(list.if === undefined ? {} : { if: String(list.if) }),
  })),
};

/** Facts, events, notices … of a workflow whose fragments are inlined, with their defaults filled in. */
export const declaredOf = once((workflow: MapNode): DeclaredParts => {
  const subject = expression(get(workflow, 'subject'));
  const amount = expression(get(workflow, 'amount'));
  return {
    events: parts.events(workflow),
    facts: parts.facts(workflow),
    counters: parts.counters(workflow),
    records: parts.records(workflow),
    people: parts.people(workflow),
    secrets: parts.secrets(workflow),
    notices: parts.notices(workflow),
    stages: parts.stages(workflow),
    tables: parts.tables(workflow),
    laws: parts.laws(workflow),
    goals: strings(get(workflow, 'goals')),
    reservations: parts.reservations(workflow),
    lists: parts.lists(workflow),
    ...(subject === undefined ? {} : { subject }),
    ...(amount === undefined ? {} : { amount }),
    ...batchOf(get(workflow, 'batch')),
  };
});

/** As many rows as a table has where nothing else is said. */
const mostRows = 200;

function batchOf(node: Node | undefined): Pick<DeclaredParts, 'batch'> {
  if (node === undefined) return {};
  const written = plain(node) as JsonObject;
  const condition = written.if === undefined ? {} : { if: String(written.if) };
  return { batch: { shared: [], most: mostRows, ...written, ...condition } as unknown as BatchDefinition };
}

/** Laws by name; a project may have some of its own. */
export const lawsOf = parts.laws;

export const channels = ['sms', 'email', 'page', 'desk', 'inbox'] as const;

/** The channel, and whom it reaches: an expression for a number or address, a role for the desk; the inbox beside it. */
function noticeOf(notice: JsonObject): JsonObject {
  const { text, inbox, if: condition } = notice;
  const isBeside = typeof inbox === 'string';
  const by = channels.find((channel) => notice[channel] !== undefined && !(isBeside && channel === 'inbox')) ?? 'page';
  const told = notice[by];
  const to = told === undefined || told === true ? {} : by === 'desk' ? { role: told } : { to: String(told) };
  return {
    ...{ by, ...to, text: text ?? '' },
    ...(isBeside && { inbox }),
    ...(condition === undefined ? {} : { if: String(condition) }),
  };
}

/** A connector's file as the definition carries it: durations in ms, missing parts empty. */
export const connectorOf = once((node: MapNode): ConnectorDefinition => {
  const file = plain(node) as JsonObject;
  const operations = mapValues((file.operations ?? {}) as JsonObject, (operation) => ({
    title: operation.title as string,
    input: operation.input ?? { type: 'object', properties: {} },
    outcomes: operation.outcomes as JsonObject,
    retry: ((operation.retry ?? []) as string[]).flatMap((words) => milliseconds(parseDuration(words))),
    limit: operation.limit === undefined ? null : (milliseconds(parseDuration(operation.limit as string))[0] ?? null),
    ...(operation.once === true && { once: true }),
  }));
  return {
    id: file.connector as string,
    title: file.title as string,
    tile: file.tile as string,
    operations: operations as unknown as ConnectorDefinition['operations'],
    events: (file.events ?? {}) as unknown as ConnectorDefinition['events'],
    ...(file.http === undefined ? {} : { http: httpOf(file.http as JsonObject) }),
  };
});

const defaultTimeout = 10_000;

function httpOf(written: JsonObject): HttpBinding {
  const { callback, ...http } = written as JsonObject & { callback?: JsonObject };
  const time = callback?.time as JsonObject | undefined;
  return {
    ...http,
    timeout: ms(http.timeout) ?? defaultTimeout,
    ...(callback ? { callback: { ...callback, time: { ...time, within: ms(time?.within) ?? 0 } } } : {}),
  } as unknown as HttpBinding;
}

function ms(words: Json | undefined): number | undefined {
  return typeof words === 'string' ? milliseconds(parseDuration(words))[0] : undefined;
}

/** Technical waiting knows no working days. */
function milliseconds(duration: Duration | null): number[] {
  return duration?.kind === 'elapsed' ? [duration.ms] : [];
}

function mapValues(map: JsonObject, change: (value: JsonObject, key: string) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value as JsonObject, key)]));
}

function expression(node: Node | undefined): string | undefined {
  return node === undefined ? undefined : (text(node) ?? String(plain(node)));
}
