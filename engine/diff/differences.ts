import { transitions } from '../check/walk.ts';
import { delayWords } from '../compose/duration.ts';
import type { Delay } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json } from '../model/json.ts';
import { canonical } from '../read/canonical.ts';

/** A piece that two definitions do not say alike; null = that one has not got it. */
export interface Difference {
  readonly kind:
    | 'state'
    | 'transition'
    | 'timer'
    | 'law'
    | 'fact'
    | 'record'
    | 'counter'
    | 'table'
    | 'setting'
    | 'form'
    | 'field'
    | 'document'
    | 'connector'
    | 'text';
  /** Address of the state or branch, `form.field`, else the name: of a text, of its article, event or notice. */
  readonly address: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Pieces = ReadonlyMap<
  string,
  { readonly kind: Difference['kind']; readonly address: string; readonly says: string }
>;

/** All pieces in which two effective definitions differ, in the order of the first. [DIF-1] */
export function differences(before: Definition, after: Definition): readonly Difference[] {
  const [one, two] = [piecesOf(before), piecesOf(after)];
  const found: Difference[] = [];
  for (const key of new Set([...one.keys(), ...two.keys()])) {
    const [left, right] = [one.get(key), two.get(key)];
    const piece = left ?? right;
    if (piece === undefined || left?.says === right?.says) continue;
    found.push({ kind: piece.kind, address: piece.address, before: left?.says ?? null, after: right?.says ?? null });
  }
  return found;
}

function piecesOf(definition: Definition): Pieces {
  const pieces = new Map<string, { kind: Difference['kind']; address: string; says: string }>();
  const add = (kind: Difference['kind'], address: string, says: unknown) => {
    pieces.set(`${kind} ${address}`, { kind, address, says: typeof says === 'string' ? says : told(says) });
  };
  const { chart, declared, settings, calendar, forms, content } = definition;
  for (const { address, kind, title, label, task, call, enter, promise, obligations, afterwards } of Object.values(
    chart.states,
  )) {
    if (address === '') continue;
    const due = obligations.map(({ id, fact, go, if: condition }) => ({ id, fact, go, if: condition }));
    add('state', address, { kind, title, label, task, call, enter, promise, due, afterwards });
  }
  for (const { transition } of transitions(chart)) {
    for (const { address, if: condition, to, words, refuse, title } of transition.branches)
      add('transition', address, { if: condition, to, words, refuse, title });
  }
  for (const state of Object.values(chart.states)) {
    const timer = (name: string, duration: Delay) => add('timer', `${state.address}.${name}`, delayWords(duration));
    for (const { key, duration } of state.after) timer(`after.${key}`, duration);
    for (const { key, duration } of state.remind) timer(`remind.${key}`, duration);
  }
  for (const [name, value] of Object.entries(settings)) add('setting', name, value);
  if (definition.project.closed !== undefined) add('text', 'project.closed', definition.project.closed);
  for (const [date, kind] of Object.entries(calendar?.days ?? {})) add('setting', `calendar.days.${date}`, kind);
  for (const [connector, days] of Object.entries(calendar?.others ?? {}))
    add('setting', `calendar.others.${connector}`, days);
  for (const [id, { properties, required }] of Object.entries(forms)) {
    for (const [field, schema] of Object.entries(properties))
      add('field', `${id}.${field}`, { ...schema, required: Array.isArray(required) && required.includes(field) });
  }
  for (const [kind, article] of Object.entries(content)) add('text', kind, article);
  for (const [name, notice] of Object.entries(declared.notices)) add('text', name, notice);
  for (const [name, { title, confirm }] of Object.entries(declared.events)) add('text', name, { title, confirm });
  return pieces;
}

/** Canonical, without what says nothing. */
function told(value: unknown): string {
  return canonical(JSON.parse(JSON.stringify(value)) as Json);
}
