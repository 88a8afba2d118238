import type { Issue } from '../model/issue.ts';
import { own } from '../model/own.ts';
import { issueAt, suggest } from '../read/index.ts';
import type { Process } from './process.ts';
import { checkSource } from './references.ts';
import { keyAt, type ProcessRule, unknown, valueAt } from './rule.ts';

/** Events: declared, sent by somebody, heard by somebody. */
export const events: ProcessRule = {
  id: 'events',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    checkDeclarations(process, issues);
    checkHeard(process, issues);
    return issues;
  },
};

function checkDeclarations(process: Process, issues: Issue[]): void {
  const { declared, composed, formIds } = process;
  const late = new Set(Object.values(process.written.states).flatMap((state) => Object.values(state.late)));
  for (const [name, event] of Object.entries(declared.events)) {
    const at = `events.${name}`;
    if (event.by === undefined && event.from === undefined && !late.has(name))
      issues.push(issueAt(keyAt(process, at), 'event-without-source', { name }, { path: at }));
    if (event.by !== undefined && event.from !== undefined)
      issues.push(issueAt(keyAt(process, at), 'event-two-sources', { name }, { path: at }));
    if (event.by !== undefined && !Object.hasOwn(composed.roles, event.by))
      issues.push(
        unknown(valueAt(process, `${at}.by`), 'unknown-role', event.by, Object.keys(composed.roles), `${at}.by`),
      );
    if (event.from !== undefined) checkSource(process, event.from, `${at}.from`, false, issues);
    if (event.form !== undefined && !formIds.includes(event.form))
      issues.push(unknown(valueAt(process, `${at}.form`), 'unknown-form', event.form, formIds, `${at}.form`));
  }
}

function checkHeard(process: Process, issues: Issue[]): void {
  const { declared, written } = process;
  const known = Object.keys(declared.events);
  const heard = new Set<string>();
  for (const state of Object.values(written.states)) {
    const prefix = state.address === '' ? '' : `${state.address}.`;
    for (const part of ['on', 'follow'] as const)
      for (const name of Object.keys(state[part])) {
        heard.add(name);
        if (known.includes(name)) continue;
        const at = `${prefix}${part}.${name}`;
        // In a state with a call the names of its outcomes are as likely to be meant.
        const operation =
          state.call === null
            ? undefined
            : own(own(process.composed.connectors, state.call.connector)?.operations ?? {}, state.call.operation);
        const words = [
          ...known,
          ...Object.keys(operation?.outcomes ?? {}),
          ...(state.call === null ? [] : ['UNAVAILABLE']),
        ];
        issues.push(unknown(keyAt(process, at), 'unknown-event', name, words, at));
      }
    for (const [outcome, event] of Object.entries(state.late)) {
      heard.add(event);
      const at = `${prefix}late.${outcome}`;
      if (!known.includes(event)) issues.push(unknown(valueAt(process, at), 'unknown-event', event, known, at));
    }
  }
  // A misspelt name leaves the right one unheard: told once.
  const misspelt = [...heard].some((name) => !known.includes(name));
  for (const name of misspelt ? [] : known)
    if (!heard.has(name))
      issues.push(
        issueAt(
          keyAt(process, `events.${name}`),
          'event-unheard',
          { name },
          { severity: 'warning', path: `events.${name}`, proposal: suggest(name, heard) },
        ),
      );
}
