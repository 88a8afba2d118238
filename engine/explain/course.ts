import { addDuration } from '../compose/duration.ts';
import { fieldsOf } from '../forms/fields.ts';
import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Environment } from '../model/command.ts';
import type { Definition } from '../model/definition.ts';
import { objectOf } from '../model/json.ts';
import { once } from '../model/once.ts';
import { environmentFor } from '../run/calendar.ts';
import { chainOf } from '../run/configuration.ts';
import { endAmong } from './ends.ts';

/** What a report counts of a case. Nothing of a person: a reason is one of the library's, or said to be in free words. */
export type CourseEvent =
  | { readonly kind: 'begun' | 'reached' | 'ended'; readonly at: number }
  /** Looked at and found right, or sent back. */
  | { readonly kind: 'decided'; readonly at: number; readonly right: boolean; readonly first: boolean }
  /** Why a field was sent back; an empty reason stands for somebody's own words. */
  | { readonly kind: 'reason'; readonly at: number; readonly field: string; readonly reason: string }
  /** A state in which somebody had to do something was left. */
  | { readonly kind: 'left'; readonly at: number; readonly state: string; readonly ms: number }
  /** A promise ended: before it pressed, after its first reminder, or after its time. */
  | { readonly kind: 'promise'; readonly at: number; readonly state: string; readonly kept: Kept };

export type Kept = 'kept' | 'warned' | 'late';

/** How far the course of a case was followed. Plain data. */
export interface CourseMark {
  /** Entries of the journal that were looked at. */
  readonly seen: number;
  /** Active atomic states with work in them or a promise around them, and promises that run: since when. */
  readonly active: { readonly [state: string]: number };
  readonly promised: { readonly [state: string]: { readonly since: number; readonly warned: boolean } };
  readonly decided: boolean;
  readonly reached: boolean;
  readonly ended: boolean;
}

export const courseStart: CourseMark = {
  ...{ seen: 0, active: {}, promised: {} },
  ...{ decided: false, reached: false, ended: false },
};

/**
 * What happened to a case since it was looked at last, out of its journal, which only grows. Followed step by step or
 * all at once, it is the same. [XPL-15]
 */
export function course(
  definition: Definition,
  state: CaseState,
  journal: readonly JournalEntry[],
  from: CourseMark,
  env: Environment,
): { readonly mark: CourseMark; readonly events: readonly CourseEvent[] } {
  const events: CourseEvent[] = [];
  let mark = from;
  const { calendar } = environmentFor(definition, env);
  for (const entry of journal.slice(from.seen)) {
    const active = moved(definition, mark.active, entry);
    const promised = promisesAfter(definition, mark, active, entry);
    if (entry.what === 'start') events.push({ kind: 'begun', at: entry.at });
    for (const [address, since] of Object.entries(mark.active))
      if (active[address] !== since && hasWork(definition, address))
        events.push({ kind: 'left', at: entry.at, state: address, ms: entry.at - since });
    for (const [address, { since, warned }] of Object.entries(mark.promised)) {
      const promise = definition.chart.states[address]?.promise;
      if (promised[address] !== undefined || promise == null) continue;
      const isLate = entry.at > addDuration(since, promise, calendar);
      events.push({
        kind: 'promise',
        at: entry.at,
        state: address,
        kept: isLate ? 'late' : warned ? 'warned' : 'kept',
      });
    }
    const decision = decisionOf(definition, entry);
    if (decision !== null) {
      events.push({ kind: 'decided', at: entry.at, right: decision === 'right', first: !mark.decided });
      if (decision === 'back') events.push(...reasonsOf(definition, state, entry));
    }
    const ends = endAmong(definition, entry.entered);
    if (ends === 'reached' && !mark.reached) events.push({ kind: 'reached', at: entry.at });
    if (ends === 'ended' && !mark.ended && !mark.reached) events.push({ kind: 'ended', at: entry.at });
    mark = {
      seen: mark.seen + 1,
      active,
      promised,
      decided: mark.decided || decision !== null,
      reached: mark.reached || ends === 'reached',
      ended: mark.ended || ends === 'ended',
    };
  }
  return { mark, events };
}

function moved(
  definition: Definition,
  active: CourseMark['active'],
  { at, left, entered }: JournalEntry,
): CourseMark['active'] {
  const next: { [state: string]: number } = { ...active };
  for (const address of left) delete next[address];
  // What nobody waits for is not kept: most cases are over.
  for (const address of entered)
    if (hasWork(definition, address) || hasPromise(definition, address)) next[address] = at;
  return next;
}

function hasPromise(definition: Definition, leaf: string): boolean {
  return chainOf(leaf).some((address) => definition.chart.states[address]?.promise != null);
}

function hasWork(definition: Definition, address: string): boolean {
  const node = definition.states[address];
  return node !== undefined && (node.task !== null || node.call !== null);
}

function promisesAfter(
  definition: Definition,
  mark: CourseMark,
  active: CourseMark['active'],
  entry: JournalEntry,
): CourseMark['promised'] {
  const next: { [state: string]: CourseMark['promised'][string] } = {};
  for (const leaf of Object.keys(active))
    for (const address of chainOf(leaf)) {
      const node = definition.chart.states[address];
      if (node?.promise == null || next[address] !== undefined) continue;
      const { since, warned } = mark.promised[address] ?? { since: entry.at, warned: false };
      const isReminded = node.remind.some(
        ({ notice }) => definition.declared.notices[notice]?.by === 'desk' && entry.notified.includes(notice),
      );
      next[address] = { since, warned: warned || (entry.what.startsWith('timer:') && isReminded) };
    }
  return next;
}

/** Where people flag what others have to mend: the states around them, and the records that hold the flags. */
const flagging = once((definition: Definition) => {
  const { forms, declared, states } = definition;
  const lists = new Map<string, string>();
  for (const [form, schema] of Object.entries(forms)) {
    const list = fieldsOf(schema).find(({ kind }) => kind === 'flags');
    if (list !== undefined) lists.set(form, list.name);
  }
  const records = new Map<string, string>();
  for (const [record, { form }] of Object.entries(declared.records)) {
    const list = form === undefined ? undefined : lists.get(form);
    if (list !== undefined) records.set(record, list);
  }
  const offices = new Set<string>();
  for (const { edges, parent } of Object.values(states))
    for (const { kind, name } of edges) {
      const form = kind === 'on' ? declared.events[name]?.form : undefined;
      if (form !== undefined && lists.has(form) && parent !== null) offices.add(parent);
    }
  return { records, offices };
});

/** Whoever proves something in leaving the place where it could have been sent back has found it right. */
function decisionOf(definition: Definition, entry: JournalEntry): 'right' | 'back' | null {
  const { records, offices } = flagging(definition);
  if (!entry.what.startsWith('event:')) return null;
  const office = [...entry.left].flatMap((leaf) => chainOf(leaf)).find((address) => offices.has(address));
  if (office === undefined) return null;
  if (entry.recorded.some((record) => records.has(record))) return 'back';
  const isLeft = !entry.entered.some((leaf) => chainOf(leaf).includes(office));
  return isLeft && entry.proved.length > 0 ? 'right' : null;
}

function reasonsOf(definition: Definition, state: CaseState, { at, recorded }: JournalEntry): readonly CourseEvent[] {
  const { records } = flagging(definition);
  return recorded.flatMap((record) => {
    const list = records.get(record);
    if (list === undefined) return [];
    const flags = state.records[record]?.filter((entry) => entry.at === at).map(({ data }) => data[list]) ?? [];
    return flags
      .flatMap((flag) => (Array.isArray(flag) ? flag : []))
      .flatMap((flag): CourseEvent[] => {
        const { field, reason } = objectOf(flag);
        if (typeof field !== 'string') return [];
        const listed = libraryOf(definition, field).filter((one) => typeof reason === 'string' && reason.includes(one));
        return (listed.length === 0 ? [''] : listed).map((one) => ({ kind: 'reason', at, field, reason: one }));
      });
  });
}

/** The reasons that a field may be sent back for: its own, those of its form, those for all. */
function libraryOf(definition: Definition, field: string): readonly string[] {
  const content = definition.content.reasons;
  const fields = objectOf(content?.fields);
  const [form = ''] = field.split('.', 1);
  return [fields[field], fields[form], content?.general]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter((one): one is string => typeof one === 'string');
}
