import { optionsOf } from '../compose/options.ts';
import { parseText } from '../compose/text.ts';
import type { IssueCode } from '../errors/issues.ts';
import { any, parse, references as readBy, type Type, type Types } from '../expressions/index.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { eventOf } from './conditions.ts';
import { checkText, type TextNames } from './expression.ts';
import { optional } from './presence.ts';
import type { Process } from './process.ts';
import { type ProcessRule, valueAt } from './rule.ts';
import { withEvent } from './types.ts';
import { transitions } from './walk.ts';

/** Places in notices, refusals and confirmations name things that exist, and no secrets. */
export const texts: ProcessRule = {
  id: 'texts',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const types = process.types;
    const names = textNames(process, types);
    const senders = noticeEvents(process);
    for (const [id, notice] of Object.entries(process.declared.notices)) {
      for (const part of ['text', 'inbox'] as const) {
        const source = notice[part];
        if (source === undefined) continue;
        const at = `notices.${id}.${part}`;
        const found = [...(senders.get(id)?.values() ?? [any])].map((event) =>
          checkText(source, { ...names, types: withEvent(types, event) }, valueAt(process, at), at),
        );
        // A notice that several events send must make sense for each of them.
        issues.push(...optional(found.flat()));
      }
    }
    for (const hung of transitions(process.written)) {
      const seen = { ...names, types: withEvent(types, eventOf(process, hung)) };
      for (const branch of hung.transition.branches)
        if (branch.refuse !== null)
          issues.push(
            ...optional(checkText(branch.refuse, seen, valueAt(process, `${branch.address}:refuse`), branch.address)),
          );
    }
    for (const [id, event] of Object.entries(process.declared.events))
      if (event.confirm !== undefined)
        issues.push(
          ...optional(
            checkText(event.confirm, names, valueAt(process, `events.${id}.confirm`), `events.${id}.confirm`),
          ),
        );
    for (const [id, reservation] of Object.entries(process.declared.reservations))
      issues.push(
        ...optional(
          checkText(reservation.taken, names, valueAt(process, `reservations.${id}.taken`), `reservations.${id}.taken`),
        ),
      );
    for (const [id, list] of Object.entries(process.declared.lists))
      for (const [column, { text }] of Object.entries(list.columns)) {
        const at = `lists.${id}.columns.${column}.text`;
        issues.push(...optional(checkText(text, { ...names, state: false }, valueAt(process, at), at)));
      }
    // Lists show them unmasked.
    for (const word of ['subject', 'amount'] as const) {
      const source = process.declared[word];
      const hidden = source === undefined ? null : hiddenBy(process, source);
      if (hidden !== null) issues.push(issueAt(valueAt(process, word), hidden, { name: source }, { path: word }));
    }
    issues.push(...unfilled(process));
    return issues;
  },
};

/** Titles and labels name things; they are shown as they are written. */
function unfilled(process: Process): Issue[] {
  const { declared, written } = process;
  const named: (readonly [title: string | null | undefined, at: string])[] = [
    ...Object.entries(declared.events).map(([id, { title }]) => [title, `events.${id}.title`] as const),
    ...Object.values(written.states).flatMap(({ address, title, label, task }) => [
      [title, `${address}.title`] as const,
      [label, `${address}.label`] as const,
      [task?.title, `${address}.task.title`] as const,
    ]),
    ...transitions(written).flatMap(({ transition }) =>
      transition.branches.map(({ title, address }) => [title, `${address}:title`] as const),
    ),
  ];
  return named.flatMap(([title, at]) => {
    const part = parseText(title ?? '').find(({ kind }) => kind === 'place');
    // What a state inherits is told where it stands.
    if (part?.kind !== 'place' || !process.places.has(at)) return [];
    const origin = valueAt(process, at);
    const place = { ...origin, column: origin.column + part.start - 1 };
    return [issueAt(place, 'place-in-title', { name: `{${part.source}}` }, { path: at.replace(':', '.') })];
  });
}

export function textNames(process: Process, types: Types): TextNames {
  const menus = process.content.hall?.menus;
  return {
    types,
    labels: (address) => Object.hasOwn(process.written.states, address),
    stages: Object.keys(process.declared.stages),
    menus: menuIds(menus as JsonObject | undefined),
    options: settingOptions(process),
    state: true,
    secret: (source) => hiddenBy(process, source),
  };
}

function settingOptions(process: Process): TextNames['options'] {
  const { settingsSchema } = process.composed;
  const chosen = process.settings.names.map((name) => [name, Object.keys(optionsOf(settingsSchema, name))] as const);
  return Object.fromEntries(chosen.filter(([, values]) => values.length > 0));
}

/** Ids of the hall's menus: a list of entries with `id`, or a map by id. Null when the content has none. */
function menuIds(menus: unknown): string[] | null {
  if (Array.isArray(menus)) return menus.flatMap((menu) => (typeof menu?.id === 'string' ? [menu.id] : []));
  return menus !== null && typeof menus === 'object' ? Object.keys(menus) : null;
}

/** Why the value must not be read out, or null. */
function hiddenBy(process: Process, source: string): IssueCode | null {
  const parsed = parse(source);
  if (parsed.kind === 'failed') return null;
  for (const { path } of readBy(parsed.expression.ast)) {
    if (path[0] === 'secrets') return 'text-secret';
    const [root, field] =
      path[0] === 'last' ? [own(process.declared.records, path[1])?.form, path[2]] : [path[0], path[1]];
    const schema = own(process.composed.forms, root);
    if (own(schema?.properties ?? {}, field)?.['x-sensitive'] === true) return 'text-sensitive';
  }
  return null;
}

/** What `event` may be when a notice is sent: one entry for each kind of sender. */
function noticeEvents(process: Process): ReadonlyMap<string, ReadonlyMap<string, Type | null>> {
  const notices = new Map<string, Map<string, Type | null>>();
  const add = (notice: string, sender: string, event: Type | null) => {
    const kinds = notices.get(notice) ?? new Map<string, Type | null>();
    notices.set(notice, kinds.set(sender, event));
  };
  for (const hung of transitions(process.written))
    for (const { words } of hung.transition.branches)
      for (const notice of words.notify) add(notice, `${hung.kind} ${hung.name}`, eventOf(process, hung));
  for (const state of Object.values(process.written.states)) {
    for (const notice of state.enter.notify) add(notice, 'enter', any);
    for (const { notice } of state.remind) add(notice, 'remind', null);
  }
  return notices;
}
