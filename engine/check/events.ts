import { outwards } from '../compose/addresses.ts';
import type { Composition } from '../compose/index.ts';
import type { Chart } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt, suggest } from '../read/index.ts';
import { checkSource } from './references.ts';
import { keyAt, type Rule, unknown, valueAt } from './rule.ts';

/** Events: declared, sent by somebody, heard by somebody, led by one region only. */
export const events: Rule = {
  id: 'events',
  check(composition) {
    const issues: Issue[] = [];
    checkDeclarations(composition, issues);
    checkHeard(composition, issues);
    checkLeaders(composition, issues);
    return issues;
  },
};

function checkDeclarations(composition: Composition, issues: Issue[]): void {
  const { declared, composed, formIds } = composition;
  const late = new Set(Object.values(composition.written.states).flatMap((state) => Object.values(state.late)));
  for (const [name, event] of Object.entries(declared.events)) {
    const at = `events.${name}`;
    if (event.by === undefined && event.from === undefined && !late.has(name))
      issues.push(issueAt(keyAt(composition, at), 'event-without-source', { name }, { path: at }));
    if (event.by !== undefined && event.from !== undefined)
      issues.push(issueAt(keyAt(composition, at), 'event-two-sources', { name }, { path: at }));
    if (event.by !== undefined && !Object.hasOwn(composed.roles, event.by))
      issues.push(
        unknown(valueAt(composition, `${at}.by`), 'unknown-role', event.by, Object.keys(composed.roles), `${at}.by`),
      );
    if (event.from !== undefined) checkSource(composition, event.from, `${at}.from`, false, issues);
    if (event.form !== undefined && !formIds.includes(event.form))
      issues.push(unknown(valueAt(composition, `${at}.form`), 'unknown-form', event.form, formIds, `${at}.form`));
  }
}

function checkHeard(composition: Composition, issues: Issue[]): void {
  const { declared, written } = composition;
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
            : composition.composed.connectors[state.call.connector]?.operations[state.call.operation];
        const words = [
          ...known,
          ...Object.keys(operation?.outcomes ?? {}),
          ...(state.call === null ? [] : ['UNAVAILABLE']),
        ];
        issues.push(unknown(keyAt(composition, at), 'unknown-event', name, words, at));
      }
    for (const [outcome, event] of Object.entries(state.late)) {
      heard.add(event);
      const at = `${prefix}late.${outcome}`;
      if (!known.includes(event)) issues.push(unknown(valueAt(composition, at), 'unknown-event', event, known, at));
    }
  }
  // A misspelt name leaves the right one unheard: told once.
  const misspelt = [...heard].some((name) => !known.includes(name));
  for (const name of misspelt ? [] : known)
    if (!heard.has(name))
      issues.push(
        issueAt(
          keyAt(composition, `events.${name}`),
          'event-unheard',
          { name },
          { severity: 'warning', path: `events.${name}`, proposal: suggest(name, heard) },
        ),
      );
}

/** One region leads an event of a person; the others follow it. */
function checkLeaders(composition: Composition, issues: Issue[]): void {
  const { declared, written } = composition;
  const leaders = new Map<string, Map<string, string>>();
  const followed = new Map<string, string>();
  for (const state of Object.values(written.states)) {
    const region = regionOf(written, state.address);
    for (const event of Object.keys(state.on)) {
      const regions = leaders.get(event) ?? new Map<string, string>();
      if (!regions.has(region)) regions.set(region, state.address);
      leaders.set(event, regions);
    }
    for (const event of Object.keys(state.follow)) followed.set(event, state.address);
  }
  for (const [event, regions] of leaders) {
    if (declared.events[event]?.by === undefined || regions.size < 2) continue;
    // States of one region may each have it; so may regions that can't be active together.
    const places = [...regions.values()];
    const clash = places.find((a, index) => places.slice(0, index).some((b) => together(written, a, b)));
    if (clash === undefined) continue;
    const at = `${clash}.on.${event}`;
    issues.push(
      issueAt(
        keyAt(composition, at),
        'event-two-regions',
        { name: event, regions: [...regions.keys()].join('、') },
        { path: at },
      ),
    );
  }
  for (const [event, address] of followed)
    if (!leaders.has(event) && Object.hasOwn(declared.events, event)) {
      const at = `${address}.follow.${event}`;
      issues.push(issueAt(keyAt(composition, at), 'follow-without-leader', { name: event }, { path: at }));
    }
}

/** The innermost region that a state is in; the root where there are none. */
function regionOf(chart: Chart, address: string): string {
  for (const around of outwards(address)) {
    const parent = chart.states[around]?.parent;
    if (parent !== null && parent !== undefined && chart.states[parent]?.kind === 'parallel') return around;
  }
  return '';
}

/** Both can be active at once: the state where their ways part is parallel. */
function together(chart: Chart, a: string, b: string): boolean {
  const around = outwards(a).find((address) => address === b || address === '' || b.startsWith(`${address}.`));
  return around !== undefined && around !== a && around !== b && chart.states[around]?.kind === 'parallel';
}
