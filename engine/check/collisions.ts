import { outwards } from '../compose/addresses.ts';
import { delaySaid } from '../compose/duration.ts';
import type { Composition } from '../compose/index.ts';
import type { ChartState, Delay } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule } from './rule.ts';

/** Timers and events do not meet: of two that come at once, or of which one always comes first, one never acts. */
export const collisions: Rule = {
  id: 'collisions',
  check(composition) {
    const issues: Issue[] = [];
    for (const state of Object.values(composition.composed.chart.states)) {
      checkDeadlines(composition, state, issues);
      checkEvents(composition, state, issues);
    }
    return issues;
  },
};

function checkDeadlines(composition: Composition, state: ChartState, issues: Issue[]): void {
  state.after.forEach((deadline, index) => {
    const other = state.after.slice(0, index).find((before) => compare(before.duration, deadline.duration) === 0);
    const at = `${state.address}.after.${deadline.key}`;
    if (other !== undefined) {
      const params = { one: other.key, two: deadline.key, time: delaySaid(deadline.duration) };
      issues.push(issueAt(keyAt(composition, at), 'deadlines-collide', params, { path: at }));
    }
    // The clock of an outer state began earlier: what lasts as long inside never ends first.
    for (const address of outwards(state.address).slice(1))
      for (const outer of composition.composed.chart.states[address]?.after ?? []) {
        const leaves = outer.transition.branches.every((branch) => branch.if === null && branch.to.kind !== 'here');
        const order = compare(outer.duration, deadline.duration);
        if (!leaves || order === null || order > 0) continue;
        const params = {
          name: deadline.key,
          time: delaySaid(deadline.duration),
          outer: outer.key,
          before: delaySaid(outer.duration),
          state: address,
        };
        issues.push(issueAt(keyAt(composition, at), 'deadline-too-late', params, { path: at, severity: 'warning' }));
      }
  });
  for (const reminder of state.remind) {
    const over = state.after.find((deadline) => {
      const leaves = deadline.transition.branches.every((branch) => branch.if === null && branch.to.kind !== 'here');
      const order = compare(deadline.duration, reminder.duration);
      return leaves && order !== null && order <= 0;
    });
    if (over === undefined) continue;
    const at = `${state.address}.remind.${reminder.key.replace(/#\d+$/, '')}`;
    const params = {
      name: reminder.key,
      time: delaySaid(reminder.duration),
      deadline: over.key,
      before: delaySaid(over.duration),
    };
    issues.push(issueAt(keyAt(composition, at), 'reminder-too-late', params, { path: at, severity: 'warning' }));
  }
}

function checkEvents(composition: Composition, state: ChartState, issues: Issue[]): void {
  for (const event of Object.keys(state.follow))
    for (const address of outwards(state.address))
      if (Object.hasOwn(composition.composed.chart.states[address]?.on ?? {}, event)) {
        const at = `${state.address}.follow.${event}`;
        issues.push(issueAt(keyAt(composition, at), 'event-led-and-followed', { name: event }, { path: at }));
      }
  for (const outcome of Object.keys(state.outcomes))
    if (Object.hasOwn(composition.declared.events, outcome)) {
      const at = `${state.address}.on.${outcome}`;
      issues.push(issueAt(keyAt(composition, at), 'event-like-outcome', { name: outcome }, { path: at }));
    }
}

/** -1, 0, 1 as the first is shorter, as long, longer; null where the calendar or the data of a case decides. */
function compare(one: Delay, two: Delay): number | null {
  if (one.kind === 'working' && two.kind === 'working') return Math.sign(one.days - two.days);
  if (one.kind === 'elapsed' && two.kind === 'elapsed') return Math.sign(one.ms - two.ms);
  // A working day lasts a day at least.
  const [working, elapsed, sign] = one.kind === 'working' ? ([one, two, 1] as const) : ([two, one, -1] as const);
  if (working.kind !== 'working' || elapsed.kind !== 'elapsed') return null;
  return working.days * 86_400_000 > elapsed.ms ? sign : null;
}
