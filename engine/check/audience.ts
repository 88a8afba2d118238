import { parseText } from '../compose/text.ts';
import { parse, references as readBy } from '../expressions/index.ts';
import { isSeenBy } from '../forms/seen.ts';
import type { Origin } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import type { Process } from './process.ts';
import { type ProcessRule, valueAt } from './rule.ts';
import { transitions } from './walk.ts';

/**
 * A text shows a field with `x-seen-by` to nobody of another role. A message to a number or an address goes to a person,
 * whom the process chose; what stands in lists, on pages and at the desk is seen by roles.
 */
export const audience: ProcessRule = {
  id: 'audience',
  of: 'process',
  check(process) {
    const everybody = Object.keys(process.composed.roles);
    return [...textsOf(process), ...listed(process)].flatMap(({ text, at, roles, read = inText }) =>
      read(text, valueAt(process, at)).flatMap((reading) =>
        unseen(process, reading, roles ?? everybody, at.replace(':', '.')),
      ),
    );
  },
};

interface Shown {
  readonly text: string;
  readonly at: string;
  /** Who reads it; null = everybody who may see the case. */
  readonly roles: readonly string[] | null;
  /** How the text reads; with places, where nothing else is said. */
  readonly read?: typeof inText;
}

function textsOf(process: Process): Shown[] {
  const { declared, written } = process;
  const found: Shown[] = [];
  for (const [id, { by, role, text, inbox }] of Object.entries(declared.notices)) {
    if (inbox !== undefined) found.push({ text: inbox, at: `notices.${id}.inbox`, roles: null });
    if (by === 'sms' || by === 'email') continue;
    found.push({ text, at: `notices.${id}.text`, roles: role === undefined ? null : [role] });
  }
  for (const [id, { confirm, by }] of Object.entries(declared.events))
    if (confirm !== undefined && by !== undefined)
      found.push({ text: confirm, at: `events.${id}.confirm`, roles: [by] });
  for (const { kind, name, transition } of transitions(written)) {
    const by = kind === 'on' ? own(declared.events, name)?.by : undefined;
    for (const { refuse, address } of transition.branches)
      if (refuse !== null && by !== undefined) found.push({ text: refuse, at: `${address}:refuse`, roles: [by] });
  }
  for (const [id, { taken }] of Object.entries(declared.reservations))
    found.push({ text: taken, at: `reservations.${id}.taken`, roles: null });
  for (const [id, { columns }] of Object.entries(declared.lists))
    for (const [column, { text }] of Object.entries(columns))
      found.push({ text, at: `lists.${id}.columns.${column}.text`, roles: null });
  return found;
}

/** What lists of cases show of each. */
function listed({ declared: { subject, amount } }: Process): Shown[] {
  return Object.entries({ subject, amount }).flatMap(([at, text]) =>
    text === undefined ? [] : [{ text, at, roles: null, read: inExpression }],
  );
}

interface Reading {
  readonly path: readonly string[];
  readonly origin: Origin;
}

function inText(text: string, origin: Origin): Reading[] {
  return parseText(text).flatMap((part) =>
    part.kind === 'place' && part.place.kind === 'expression'
      ? inExpression(part.place.text, { ...origin, column: origin.column + part.start })
      : [],
  );
}

function inExpression(source: string, origin: Origin): Reading[] {
  const parsed = parse(source);
  if (parsed.kind === 'failed') return [];
  return readBy(parsed.expression.ast).map(({ path, start }) => ({
    path,
    origin: { ...origin, column: origin.column + start },
  }));
}

function unseen(process: Process, { path, origin }: Reading, roles: readonly string[], at: string): Issue[] {
  const [form, field] =
    path[0] === 'last' ? [own(process.declared.records, path[1])?.form, path[2]] : [path[0], path[1]];
  const property = own(own(process.composed.forms, form)?.properties ?? {}, field);
  if (property === undefined) return [];
  const role = roles.find((each) => !isSeenBy(property, [each]));
  if (role === undefined) return [];
  const name = path.join('.');
  return [issueAt(origin, 'text-not-for-role', { name, role }, { path: at })];
}
