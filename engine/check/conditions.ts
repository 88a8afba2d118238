import { channels } from '../compose/declared.ts';
import {
  any,
  bool,
  int,
  parse,
  references as readBy,
  type Type,
  type Types,
  text,
  typeOfSchema,
} from '../expressions/index.ts';
import type { ChartState } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import type { Json } from '../model/json.ts';
import { own } from '../model/own.ts';
import { issueAt } from '../read/index.ts';
import { checkExpression, typedExpression } from './expression.ts';
import { optional, softened } from './presence.ts';
import type { Process } from './process.ts';
import { keyAt, type ProcessRule, unknown, valueAt } from './rule.ts';
import { connectorType, entryType, eventType, withEvent } from './types.ts';
import { type Hung, transitions } from './walk.ts';

/** Every expression of the process against the types of what it can see: misspelt fields, wrong types, unknown literals. */
export const conditions: ProcessRule = {
  id: 'conditions',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    const types = process.types;
    for (const hung of transitions(process.written)) {
      const seen = withEvent(types, eventOf(process, hung));
      for (const branch of hung.transition.branches)
        if (branch.if !== null) condition(process, branch.if, seen, `${branch.address}:if`, issues);
    }
    for (const state of Object.values(process.written.states)) {
      for (const obligation of state.obligations)
        if (obligation.if !== null) condition(process, obligation.if, types, `${obligation.address}.if`, issues);
      checkInputs(process, state, types, issues);
      if (state.task?.first != null) {
        const at = `${state.address}.task.first`;
        issues.push(...checkExpression(state.task.first, types, valueAt(process, at), at, { want: bool }));
      }
      if (state.task?.edit != null && !state.task.edit.startsWith('['))
        issues.push(
          ...optional(
            checkExpression(
              state.task.edit,
              types,
              valueAt(process, `${state.address}.task.edit`),
              `${state.address}.task.edit`,
            ),
          ),
        );
    }
    checkDeclared(process, types, issues);
    return issues;
  },
};

/** What `event` is in the conditions of a transition; null where there is none. */
export function eventOf(process: Process, hung: Hung): Type | null {
  switch (hung.kind) {
    case 'on':
    case 'follow':
      return eventType(process, hung.name);
    case 'outcome': {
      const call = hung.state.call;
      return call === null
        ? any
        : connectorType(process.composed.connectors, `${call.connector}.${call.operation}.${hung.name}`);
    }
    case 'after':
    case 'when':
    case 'done':
      return null;
  }
}

/** A condition that stands at an address, with the states that it names. */
export function condition(
  process: Pick<Process, 'written' | 'places' | 'sources' | 'knowsState' | 'workflowFile'>,
  source: string,
  types: Types,
  at: string,
  issues: Issue[],
): void {
  const written = sourceAt(process, at) ?? source;
  issues.push(...checkExpression(written, types, valueAt(process, at), at.replace(':', '.'), { want: bool, at: true }));
  for (const name of atNames(written))
    if (!process.knowsState(name, at)) {
      const states = Object.keys(process.written.states).filter((address) => address !== '');
      issues.push(unknown(valueAt(process, at), 'unknown-state', name, states, at.replace(':', '.'), { from: '根' }));
    }
}

/** The text as its author wrote it: `at()` in full would move the columns. */
function sourceAt(process: Pick<Process, 'sources'>, at: string): string | undefined {
  return process.sources.get(at);
}

function atNames(source: string): string[] {
  return [...source.matchAll(/\bat\(\s*(['"])([^'"]*)\1\s*\)/g)].map((match) => match[2]!);
}

function checkInputs(process: Process, state: ChartState, types: Types, issues: Issue[]): void {
  if (state.call === null) return;
  const operation = own(own(process.composed.connectors, state.call.connector)?.operations ?? {}, state.call.operation);
  const properties = (operation?.input.properties ?? {}) as { [input: string]: Json };
  const required = Array.isArray(operation?.input.required) ? operation.input.required : [];
  const seen = withEvent(types, any);
  for (const [input, source] of Object.entries(state.call.with)) {
    const at = `${state.address}.with.${input}`;
    const origin = valueAt(process, at);
    const parsed = parse(source);
    const secret =
      parsed.kind === 'parsed' && readBy(parsed.expression.ast).find((reference) => reference.path[0] === 'secrets');
    if (secret) {
      const [, name = ''] = secret.path;
      const known = Object.keys(process.declared.secrets);
      if (source.trim() !== `secrets.${name}`) issues.push(issueAt(origin, 'secret-not-alone', {}, { path: at }));
      else if (!known.includes(name))
        issues.push(unknown({ ...origin, column: origin.column + 8 }, 'unknown-secret', name, known, at));
      continue;
    }
    const schema = properties[input];
    const want = schema === undefined ? undefined : typeOfSchema(schema);
    const found = checkExpression(source, seen, origin, at, want === undefined ? {} : { want });
    // Whether a field is there may hang on another one that the way to this state has settled: not known here.
    issues.push(...(required.includes(input) ? found.map(softened) : optional(found)));
  }
}

function checkDeclared(process: Process, types: Types, issues: Issue[]): void {
  const { declared } = process;
  const origin = (at: string) => valueAt(process, at);
  for (const [id, notice] of Object.entries(declared.notices)) {
    const at = `notices.${id}`;
    if (notice.if !== undefined) condition(process, notice.if, withEvent(types, any), `${at}.if`, issues);
    const said = channels.filter(
      (channel) => process.places.has(`${at}.${channel}`) && !(channel === 'inbox' && notice.inbox !== undefined),
    );
    if (said.length !== 1)
      issues.push(issueAt(keyAt(process, at), 'notice-channel', { name: id, count: said.length }, { path: at }));
    if (notice.to !== undefined) {
      const to = `${at}.${notice.by}`;
      issues.push(...optional(checkExpression(notice.to, withEvent(types, any), origin(to), to, { want: text })));
    }
  }
  const { tables: _tables, ...withoutTables } = types;
  for (const [id, table] of Object.entries(declared.tables))
    table.by.forEach((by, index) => {
      const at = `tables.${id}.by.${index}`;
      issues.push(...optional(typedExpression(by, withoutTables, origin(at), at).issues));
    });
  for (const [id, reservation] of Object.entries(declared.reservations)) {
    const at = `reservations.${id}`;
    const { of, key, part, whole, places } = reservation;
    if (places !== undefined)
      issues.push(...optional(checkExpression(places, types, origin(`${at}.places`), `${at}.places`, { want: int })));
    if (of === undefined) issues.push(...optional(checkExpression(key, types, origin(`${at}.key`), `${at}.key`)));
    else {
      // Each entry is looked at by itself; the rest of the case may change later and would change what it takes.
      const entry = entryType(process, of);
      const seen: Types = { entry: { type: entry, optional: false }, settings: types.settings! };
      issues.push(...checkExpression(key, seen, origin(`${at}.key`), `${at}.key`, { want: text }));
      for (const [name, source] of Object.entries({ part, whole }))
        issues.push(...checkExpression(source ?? '', seen, origin(`${at}.${name}`), `${at}.${name}`, { want: int }));
    }
  }
  for (const [id, list] of Object.entries(declared.lists))
    if (list.if !== undefined) condition(process, list.if, types, `lists.${id}.if`, issues);
  if (declared.subject !== undefined)
    issues.push(...optional(checkExpression(declared.subject, types, origin('subject'), 'subject')));
  if (declared.amount !== undefined)
    issues.push(...optional(checkExpression(declared.amount, types, origin('amount'), 'amount')));
}
