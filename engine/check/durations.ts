import { resolveDuration } from '../compose/delays.ts';
import { parseDuration } from '../compose/duration.ts';
import type { Composition } from '../compose/index.ts';
import { durationRule, proposeDuration } from '../compose/settings.ts';
import type { Delay } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { entries, get, issueAt, listed, type Node, text } from '../read/index.ts';
import { checkExpression } from './expression.ts';
import { optional } from './presence.ts';
import { keyAt, type Rule, unknown, valueAt } from './rule.ts';
import { typesOf } from './types.ts';

/**
 * What delays read (a date of the case, a counter, the calendar of a connector), and durations outside the chart: how
 * long secrets are valid, how often and how long a connector tries.
 */
export const durations: Rule = {
  id: 'durations',
  check(composition) {
    const issues: Issue[] = [];
    for (const state of Object.values(composition.written.states)) {
      for (const { key, duration } of state.after) reads(composition, `${state.address}.after`, key, duration, issues);
      for (const { key, duration } of state.remind)
        reads(composition, `${state.address}.remind`, key.replace(/#\d+$/, ''), duration, issues);
    }
    for (const [id, secret] of Object.entries(composition.declared.secrets))
      if (secret.valid !== undefined) {
        const at = `secrets.${id}.valid`;
        resolveDuration(secret.valid, composition.composed.settings, valueAt(composition, at), at, issues);
      }
    for (const source of composition.used.connectors) {
      const http = get(source.node ?? undefined, 'http');
      const waits = {
        'http.timeout': get(http, 'timeout'),
        'http.callback.time.within': get(get(get(http, 'callback'), 'time'), 'within'),
      };
      for (const [at, wait] of Object.entries(waits)) if (wait !== undefined) technical(wait, at, issues);
      for (const [operation, entry] of entries(get(source.node ?? undefined, 'operations'))) {
        const at = `operations.${operation}`;
        for (const wait of listed(get(entry.value, 'retry'))) technical(wait, `${at}.retry`, issues);
        const limit = get(entry.value, 'limit');
        if (limit !== undefined) technical(limit, `${at}.limit`, issues);
      }
    }
    return issues;
  },
};

function reads(composition: Composition, where: string, key: string, delay: Delay, issues: Issue[]): void {
  const at = `${where}.${key}`;
  const origin = keyAt(composition, at);
  const parts = delay.kind === 'moment' ? [delay.offset] : delay.kind === 'nth' ? delay.each : [delay];
  for (const part of parts)
    if (part?.kind === 'working' && part.calendar !== undefined && !composition.allConnectors.includes(part.calendar))
      issues.push(unknown(origin, 'unknown-connector', part.calendar, composition.allConnectors, at));
  if (delay.kind === 'nth') {
    const counters = Object.keys(composition.declared.counters);
    if (!counters.includes(delay.counter)) issues.push(unknown(origin, 'unknown-counter', delay.counter, counters, at));
  } else if (delay.kind === 'moment') {
    // The date that it counts from stands at the end of what is written.
    const date = { ...origin, column: origin.column + key.length - delay.of.length };
    issues.push(...optional(checkExpression(delay.of, typesOf(composition), date, at)));
  }
}

/** Machines know no working days. */
function technical(node: Node, path: string, issues: Issue[]): void {
  const value = text(node) ?? '';
  if (parseDuration(value)?.kind === 'elapsed') return;
  const proposal = proposeDuration(value.replace(/working /, ''));
  issues.push(issueAt(node.origin, 'bad-delay', { value, rule: durationRule }, { path, proposal }));
}
