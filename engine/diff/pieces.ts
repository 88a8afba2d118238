import { transitions } from '../check/walk.ts';
import { delayWords } from '../compose/duration.ts';
import type { Delay } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json } from '../model/json.ts';

export const kinds = [
  ...['state', 'transition', 'timer', 'event', 'law', 'goal', 'fact', 'record', 'counter', 'secret', 'table'],
  ...['reservation', 'setting', 'form', 'field', 'document', 'connector', 'role', 'text'],
] as const;

export type Kind = (typeof kinds)[number];

/** Something that a definition says, under its own name. */
export interface Piece {
  readonly kind: Kind;
  readonly address: string;
  readonly says: Json;
}

/** Everything that an effective definition says, by kind and address: where it is written and in which order is left out. */
export function piecesOf(definition: Definition): ReadonlyMap<string, Piece> {
  const pieces = new Map<string, Piece>();
  const add = (kind: Kind, address: string, says: unknown) => {
    pieces.set(`${kind} ${address}`, { kind, address, says: asJson(says) });
  };
  const addAll = (kind: Kind, all: { readonly [name: string]: unknown }) => {
    for (const [name, says] of Object.entries(all)) add(kind, name, says);
  };
  chartPieces(definition, add);
  const { declared, settings, calendar, forms, content, documents, connectors, roles } = definition;
  for (const [name, { title, confirm, ...event }] of Object.entries(declared.events)) {
    add('event', name, event);
    add('text', name, { title, confirm });
  }
  addAll('law', declared.laws);
  for (const goal of declared.goals) add('goal', goal, true);
  addAll('fact', declared.facts);
  addAll('record', declared.records);
  addAll('counter', declared.counters);
  addAll('secret', declared.secrets);
  addAll('table', declared.tables);
  addAll('reservation', declared.reservations);
  for (const [id, list] of Object.entries(declared.lists)) add('text', `list ${id}`, list);
  addAll('setting', settings);
  for (const word of ['closed', 'opens', 'closes'] as const)
    if (definition.project[word] !== undefined) add('setting', `project.${word}`, definition.project[word]);
  for (const { id, ...told } of definition.project.announcements ?? []) add('text', `announcement ${id}`, told);
  for (const [date, kind] of Object.entries(calendar?.days ?? {})) add('setting', `calendar.days.${date}`, kind);
  for (const [connector, days] of Object.entries(calendar?.others ?? {}))
    add('setting', `calendar.others.${connector}`, days);
  for (const [id, { properties, required, ...form }] of Object.entries(forms)) {
    add('form', id, form);
    for (const [field, schema] of Object.entries(properties))
      add('field', `${id}.${field}`, { ...schema, required: Array.isArray(required) && required.includes(field) });
  }
  addAll('document', documents);
  addAll('connector', connectors);
  addAll('role', roles);
  addAll('text', content);
  addAll('text', declared.notices);
  for (const [stage, title] of Object.entries(declared.stages)) add('text', `stage ${stage}`, title);
  return pieces;
}

function chartPieces({ chart }: Definition, add: (kind: Kind, address: string, says: unknown) => void): void {
  for (const state of Object.values(chart.states)) {
    const { address, kind, title, label, task, call, enter, promise, obligations, afterwards } = state;
    if (address === '') continue;
    const due = obligations.map(({ id }) => id);
    add('state', address, { kind, title, label, task, call, enter, promise, due, afterwards });
  }
  for (const { address, fact, go, if: condition } of Object.values(chart.states).flatMap((each) => each.obligations))
    add('transition', address, { if: condition, fact, go });
  for (const { transition } of transitions(chart)) {
    for (const { address, if: condition, to, words, refuse, title } of transition.branches)
      add('transition', address, { if: condition, to, words, refuse, title });
  }
  for (const state of Object.values(chart.states)) {
    const timer = (name: string, duration: Delay) => add('timer', `${state.address}.${name}`, delayWords(duration));
    for (const { key, duration } of state.after) timer(`after.${key}`, duration);
    for (const { key, duration } of state.remind) timer(`remind.${key}`, duration);
  }
}

/** Plain JSON without where it was written. */
function asJson(says: unknown): Json {
  return JSON.parse(JSON.stringify(says ?? null, (name, value) => (name === 'origin' ? undefined : value))) as Json;
}
