import type { Duration } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts, EventDefinition } from '../model/definition.ts';
import type { HttpBinding } from '../model/http.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { once } from '../model/once.ts';
import { get, type MapNode, type Node, plain, text } from '../read/index.ts';
import { strings } from './chart.ts';
import { parseDuration } from './duration.ts';

/** Facts, events, notices … of a workflow whose fragments are inlined, with their defaults filled in. */
export const declaredOf = once((workflow: MapNode): DeclaredParts => {
  const part = (key: string) => plainMap(get(workflow, key));
  const subject = expression(get(workflow, 'subject'));
  const amount = expression(get(workflow, 'amount'));
  return {
    events: Object.fromEntries(
      Object.entries(part('events')).map(([id, event]) => [id, eventOf(id, event as JsonObject)]),
    ),
    facts: mapValues(part('facts'), (fact) => ({ about: [], ...fact })) as unknown as DeclaredParts['facts'],
    counters: part('counters') as unknown as DeclaredParts['counters'],
    records: part('records') as unknown as DeclaredParts['records'],
    people: part('people') as unknown as DeclaredParts['people'],
    secrets: part('secrets') as unknown as DeclaredParts['secrets'],
    notices: mapValues(part('notices'), noticeOf) as unknown as DeclaredParts['notices'],
    stages: part('stages') as unknown as DeclaredParts['stages'],
    tables: mapValues(part('tables'), (table) => ({
      ...table,
      by: (table.by as unknown[]).map(String),
    })) as unknown as DeclaredParts['tables'],
    laws: lawsOf(workflow),
    goals: strings(get(workflow, 'goals')),
    reservations: mapValues(part('reservations'), (reservation) => ({
      ...reservation,
      key: String(reservation.key),
      ...(reservation.of === undefined ? {} : { part: String(reservation.part), whole: String(reservation.whole) }),
    })) as unknown as DeclaredParts['reservations'],
    lists: mapValues(part('lists'), (list) => ({
      columns: {},
      ...list,
      ...(list.if === undefined ? {} : { if: String(list.if) }),
    })) as unknown as DeclaredParts['lists'],
    ...(subject === undefined ? {} : { subject }),
    ...(amount === undefined ? {} : { amount }),
  };
});

/** Laws by name; a project may have some of its own. */
export function lawsOf(workflow: MapNode): DeclaredParts['laws'] {
  return mapValues(plainMap(get(workflow, 'laws')), (law) => ({
    ...law,
    must: String(law.must),
    ...(law.at === undefined ? {} : { at: ([] as string[]).concat(law.at as string | string[]) }),
  })) as unknown as DeclaredParts['laws'];
}

export const channels = ['sms', 'email', 'page', 'desk'] as const;

/** The channel, and whom it reaches: an expression for a number or address, a role for the desk. */
function noticeOf(notice: JsonObject): JsonObject {
  const { text, if: condition } = notice;
  const by = channels.find((channel) => notice[channel] !== undefined) ?? 'page';
  const told = notice[by];
  const to = told === undefined || told === true ? {} : by === 'desk' ? { role: told } : { to: String(told) };
  return { by, ...to, text: text ?? '', ...(condition === undefined ? {} : { if: String(condition) }) };
}

function eventOf(id: string, event: JsonObject): EventDefinition {
  return {
    title: id,
    saves: 'complete',
    look: 'plain',
    list: false,
    ...event,
  } as EventDefinition;
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

function plainMap(node: Node | undefined): { [key: string]: JsonObject } {
  return (node === undefined ? {} : plain(node)) as { [key: string]: JsonObject };
}

function mapValues(map: JsonObject, change: (value: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value as JsonObject)]));
}

function expression(node: Node | undefined): string | undefined {
  return node === undefined ? undefined : (text(node) ?? String(plain(node)));
}
