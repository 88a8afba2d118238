import { timerId } from '../compile/names.ts';
import { addDuration } from '../compose/duration.ts';
import type { WaitingView } from '../contract/view.ts';
import { type ErrorCode, type Locale, sentence } from '../errors/index.ts';
import { evaluateText, type Scope } from '../expressions/index.ts';
import type { CaseState } from '../model/case.ts';
import type { Actor, Environment } from '../model/command.ts';
import type { ChartState, Target } from '../model/composed.ts';
import type { Definition, TaskNode } from '../model/definition.ts';
import { environmentFor } from '../run/calendar.ts';
import { atOf, chainOf, configurationOf } from '../run/configuration.ts';
import { dueOf } from '../run/due.ts';
import { nearMomentText } from './moment.ts';
import { partOf } from './parts.ts';
import { labelOf } from './text.ts';

/**
 * Who must do what by when, or else: one entry for each active task, call and running deadline; mine first, then in
 * the order of the chart. Empty only when the case is over. [XPL-3]
 */
export function waitingOf(
  definition: Definition,
  state: CaseState,
  viewer: Actor,
  scope: Scope,
  env: Environment,
): readonly WaitingView[] {
  if (state.over) return [];
  const configuration = configurationOf(state.active);
  const at = { ...scope, at: atOf(configuration) };
  const found: WaitingView[] = [];
  const seen = new Set<string>();
  for (const leaf of state.active) {
    for (const address of chainOf(leaf)) {
      const node = definition.chart.states[address];
      if (node === undefined || seen.has(address)) continue;
      if (node.task === null && node.call === null && !(address === leaf && node.after.length > 0 && !node.afterwards))
        continue;
      seen.add(address);
      found.push(entryOf(definition, state, viewer, at, env, node));
    }
  }
  if (found.length === 0) found.push(outside(definition, state, viewer.locale));
  // That a time brings the case to where it is called the same is the engine's business.
  const telling = found.filter((each) => each.mine || each.what !== each.otherwise);
  const told = telling.length > 0 ? telling : found;
  return [...told.filter((each) => each.mine), ...told.filter((each) => !each.mine)];
}

/** This person may act on the task: role, `only`, `not`, and the link it is done by. */
export function isMine(state: CaseState, viewer: Actor, task: TaskNode): boolean {
  if (!viewer.roles.includes(task.by)) return false;
  if (viewer.via !== undefined ? task.via !== viewer.via : task.via !== null) return false;
  if (task.only !== null && state.people[task.only] !== undefined && state.people[task.only] !== viewer.id)
    return false;
  return !task.not.some((part) => state.people[part] === viewer.id);
}

function entryOf(
  definition: Definition,
  state: CaseState,
  viewer: Actor,
  scope: Scope,
  env: Environment,
  node: ChartState,
): WaitingView {
  // A task by a link is the owner's own business too, on the other device.
  const elsewhere = node.task?.via != null && viewer.via === undefined && viewer.roles.includes(node.task.by);
  const mine = elsewhere || (node.task !== null && isMine(state, viewer, node.task));
  const who = partOf(definition, node.task?.by ?? node.call?.connector ?? 'timer', viewer.locale);
  const operation =
    node.call === null ? undefined : definition.connectors[node.call.connector]?.operations[node.call.operation];
  const what = node.task?.title ?? operation?.title ?? node.label ?? node.title;
  const deadline = nearestDeadline(definition, state, scope, node.address);
  const promise = promiseOf(definition, state, scope, env, node.address);
  const until = promise?.due ?? deadline?.due ?? null;
  const otherwise = promise === null ? (deadline?.otherwise ?? null) : null;
  const telling: Telling = { kind: kindOf(node), mine, elsewhere, who: who.title, what, until, otherwise };
  const warn = promise?.warn ?? null;
  const said = sentenceOf(telling, env, viewer.locale);
  const isClaimed = promise !== null && deadline !== null && node.task?.only != null;
  const claimed = isClaimed ? { claimed: deadline.due } : {};
  return { who, mine, what, until, warn, ...claimed, otherwise, sentence: said, state: node.address };
}

function kindOf(node: ChartState): 'task' | 'call' | 'time' {
  return node.task !== null ? 'task' : node.call !== null ? 'call' : 'time';
}

/** Nothing here moves by itself: the case waits for word from outside. */
function outside(definition: Definition, state: CaseState, locale: Locale | undefined): WaitingView {
  const leaf = state.active[0] ?? '';
  const what = labelOf(definition, leaf);
  return {
    who: partOf(definition, 'timer', locale),
    mine: false,
    what,
    until: null,
    warn: null,
    otherwise: null,
    sentence: sentence('waiting-outside', { what }, locale),
    state: leaf,
  };
}

interface Telling {
  readonly kind: 'task' | 'call' | 'time';
  readonly mine: boolean;
  readonly elsewhere: boolean;
  readonly who: string;
  readonly what: string;
  readonly until: number | null;
  readonly otherwise: string | null;
}

function sentenceOf(telling: Telling, env: Environment, locale: Locale = 'zh-CN'): string {
  const { who, what, until, otherwise } = telling;
  const when = until === null ? '' : nearMomentText(until, env.now, env.calendar, locale);
  return sentence(codeOf(telling, env.now), { who, what, when, otherwise }, locale);
}

/** Whose turn it is, and how much is known of the time: nothing, when, when and what then, or that it has passed. */
function codeOf({ kind, mine, elsewhere, until, otherwise }: Telling, now: number): ErrorCode {
  const turn = mine ? (elsewhere ? 'waiting-phone' : 'waiting-mine') : (`waiting-${kind}` as const);
  if (until === null) return turn;
  if (until < now && (turn === 'waiting-call' || turn === 'waiting-task')) return `${turn}-late`;
  return otherwise === null ? `${turn}-by` : `${turn}-or`;
}

/** The nearest running deadline of the state and what is around it, with what happens then. */
function nearestDeadline(
  definition: Definition,
  state: CaseState,
  scope: Scope,
  address: string,
): { readonly due: number; readonly otherwise: string | null } | null {
  let best: { due: number; otherwise: string | null } | null = null;
  for (const around of chainOf(address)) {
    for (const deadline of definition.chart.states[around]?.after ?? []) {
      const timer = state.timers[timerId(around, 'after', deadline.key)];
      if (timer === undefined || (best !== null && best.due <= timer.due)) continue;
      const branch = deadline.transition.branches.find((each) => each.if === null || holds(each.if, scope));
      const target = branch === undefined ? null : destinationOf(definition, scope, branch.to);
      best = { due: timer.due, otherwise: target === null ? null : labelOf(definition, target) };
    }
  }
  return best;
}

/** Where a target leads now: decisions and compounds are followed to a state that has a label of its own. */
export function destinationOf(definition: Definition, scope: Scope, target: Target): string | null {
  let address = target.kind === 'state' ? target.address : null;
  for (let hops = 0; address !== null && hops < 8; hops++) {
    const node: ChartState | undefined = definition.chart.states[address];
    if (node === undefined) return address;
    if (node.kind === 'decision') {
      const branch = node.when?.branches.find((each) => each.if === null || holds(each.if, scope));
      if (branch === undefined || branch.to.kind !== 'state') return address;
      address = branch.to.address;
    } else if (node.kind === 'compound' && node.start !== null) {
      address = node.start;
    } else {
      return address;
    }
  }
  return address;
}

function holds(text: string, scope: Scope): boolean {
  const result = evaluateText(text, scope);
  return result.kind === 'value' && result.value === true;
}

/**
 * When it was promised: the nearest `promise` around, counted from when that state was entered. It presses from the first
 * of the state's reminders to the desk on.
 */
function promiseOf(
  definition: Definition,
  state: CaseState,
  scope: Scope,
  env: Environment,
  address: string,
): { readonly due: number; readonly warn: number | null } | null {
  for (const around of chainOf(address)) {
    const node = definition.chart.states[around];
    const since = state.entered[around];
    if (node?.promise == null || since === undefined) continue;
    const then = { ...environmentFor(definition, env), now: since };
    const due = addDuration(since, node.promise, then.calendar);
    const told = node.remind
      .filter(({ notice }) => definition.declared.notices[notice]?.by === 'desk')
      .flatMap(({ duration }) => dueOf(duration, scope, then) ?? [])
      .filter((at) => at < due);
    return { due, warn: told.length === 0 ? null : Math.min(...told) };
  }
  return null;
}
