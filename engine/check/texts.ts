import type { Composition } from '../compose/index.ts';
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
import { type Rule, valueAt } from './rule.ts';
import { typesOf, withEvent } from './types.ts';
import { transitions } from './walk.ts';

/** Places in notices, refusals and confirmations name things that exist, and no secrets. */
export const texts: Rule = {
  id: 'texts',
  check(composition) {
    const issues: Issue[] = [];
    const types = typesOf(composition);
    const names = textNames(composition, types);
    const senders = noticeEvents(composition);
    for (const [id, notice] of Object.entries(composition.declared.notices)) {
      const at = `notices.${id}.text`;
      const found = [...(senders.get(id)?.values() ?? [any])].map((event) =>
        checkText(notice.text, { ...names, types: withEvent(types, event) }, valueAt(composition, at), at),
      );
      // A notice that several events send must make sense for each of them.
      issues.push(...optional(found.flat()));
    }
    for (const hung of transitions(composition.written)) {
      const seen = { ...names, types: withEvent(types, eventOf(composition, hung)) };
      for (const branch of hung.transition.branches)
        if (branch.refuse !== null)
          issues.push(
            ...optional(
              checkText(branch.refuse, seen, valueAt(composition, `${branch.address}:refuse`), branch.address),
            ),
          );
    }
    for (const [id, event] of Object.entries(composition.declared.events))
      if (event.confirm !== undefined)
        issues.push(
          ...optional(
            checkText(event.confirm, names, valueAt(composition, `events.${id}.confirm`), `events.${id}.confirm`),
          ),
        );
    for (const [id, reservation] of Object.entries(composition.declared.reservations))
      issues.push(
        ...optional(
          checkText(
            reservation.taken,
            names,
            valueAt(composition, `reservations.${id}.taken`),
            `reservations.${id}.taken`,
          ),
        ),
      );
    // Lists show them unmasked.
    for (const word of ['subject', 'amount'] as const) {
      const source = composition.declared[word];
      const hidden = source === undefined ? null : hiddenBy(composition, source);
      if (hidden !== null) issues.push(issueAt(valueAt(composition, word), hidden, { name: source }, { path: word }));
    }
    issues.push(...unfilled(composition));
    return issues;
  },
};

/** Titles and labels name things; they are shown as they are written. */
function unfilled(composition: Composition): Issue[] {
  const { declared, written } = composition;
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
    if (part?.kind !== 'place' || !composition.places.has(at)) return [];
    const origin = valueAt(composition, at);
    const place = { ...origin, column: origin.column + part.start - 1 };
    return [issueAt(place, 'place-in-title', { name: `{${part.source}}` }, { path: at.replace(':', '.') })];
  });
}

export function textNames(composition: Composition, types: Types): TextNames {
  const menus = composition.composed.content.hall?.menus;
  return {
    types,
    labels: (address) => Object.hasOwn(composition.written.states, address),
    stages: Object.keys(composition.declared.stages),
    menus: menuIds(menus as JsonObject | undefined),
    options: settingOptions(composition),
    state: true,
    secret: (source) => hiddenBy(composition, source),
  };
}

function settingOptions(composition: Composition): TextNames['options'] {
  const { settingsSchema, settings } = composition.composed;
  const chosen = Object.keys(settings).map((name) => [name, Object.keys(optionsOf(settingsSchema, name))] as const);
  return Object.fromEntries(chosen.filter(([, values]) => values.length > 0));
}

/** Ids of the hall's menus: a list of entries with `id`, or a map by id. Null when the content has none. */
function menuIds(menus: unknown): string[] | null {
  if (Array.isArray(menus)) return menus.flatMap((menu) => (typeof menu?.id === 'string' ? [menu.id] : []));
  return menus !== null && typeof menus === 'object' ? Object.keys(menus) : null;
}

/** Why the value must not be read out, or null. */
function hiddenBy(composition: Composition, source: string): IssueCode | null {
  const parsed = parse(source);
  if (parsed.kind === 'failed') return null;
  for (const { path } of readBy(parsed.expression.ast)) {
    if (path[0] === 'secrets') return 'text-secret';
    const [root, field] =
      path[0] === 'last' ? [own(composition.declared.records, path[1])?.form, path[2]] : [path[0], path[1]];
    const schema = own(composition.composed.forms, root);
    if (own(schema?.properties ?? {}, field)?.['x-sensitive'] === true) return 'text-sensitive';
  }
  return null;
}

/** What `event` may be when a notice is sent: one entry for each kind of sender. */
function noticeEvents(composition: Composition): ReadonlyMap<string, ReadonlyMap<string, Type | null>> {
  const notices = new Map<string, Map<string, Type | null>>();
  const add = (notice: string, sender: string, event: Type | null) => {
    const kinds = notices.get(notice) ?? new Map<string, Type | null>();
    notices.set(notice, kinds.set(sender, event));
  };
  for (const hung of transitions(composition.written))
    for (const { words } of hung.transition.branches)
      for (const notice of words.notify) add(notice, `${hung.kind} ${hung.name}`, eventOf(composition, hung));
  for (const state of Object.values(composition.written.states)) {
    for (const notice of state.enter.notify) add(notice, 'enter', any);
    for (const { notice } of state.remind) add(notice, 'remind', null);
  }
  return notices;
}
