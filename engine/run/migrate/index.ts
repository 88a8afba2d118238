import { sentence } from '../../errors/index.ts';
import { checkForm } from '../../forms/index.ts';
import type { Blocker, FieldError } from '../../model/blocker.ts';
import type { CaseState, StepResult } from '../../model/case.ts';
import type { Environment } from '../../model/command.ts';
import type { ChartState } from '../../model/composed.ts';
import type { Definition } from '../../model/definition.ts';
import type { MigrationPlan } from '../../model/migration.ts';
import { blocker } from '../blockers.ts';
import { environmentFor } from '../calendar.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../configuration.ts';
import { formContext, formOf } from '../forms.ts';
import { brokenLaws } from '../laws.ts';
import { scopeOf } from '../scope.ts';
import { guarded } from '../step.ts';
import { Run } from '../stepping.ts';
import { type World, worldOf } from '../world.ts';
import { addedDelays, carryHistory, carryTimers, checkCalls, gone, type Move } from './carry.ts';
import { moved, place } from './places.ts';

/** An event that no chart hears: conditions that wait (`when`, `done`, obligations) are looked at all the same. */
const nothing = 'certflow.migrated';

/**
 * Puts a case under another release of its project, or says what stands in the way; then nothing is changed. Data is
 * never touched: forms, facts, records, people and counters go on as they are. `by` is a person's id. [MIG-1]
 */
export function migrate(
  from: Definition,
  to: Definition,
  state: CaseState,
  given: { readonly plan: MigrationPlan; readonly by: string },
  general: Environment,
): StepResult {
  const env = environmentFor(to, general);
  return guarded(() => {
    const move: Move = { from, to, state, plan: given.plan, blockers: [] };
    const ready = prepared(move);
    if (ready === null || move.blockers.length > 0) return { kind: 'refused', blockers: move.blockers };
    const next: CaseState = { ...ready, release: to.hash };
    const world = worldOf(next, historyOf(next), { event: {}, actor: given.by }, env);
    const wrong = wrongForms(move, world, env);
    if (wrong.length > 0) return { kind: 'refused', blockers: wrong };
    const run = new Run(to, next, env);
    begin(move, run, next, world);
    run.send(nothing, world);
    const result = run.finish({
      by: given.by,
      part: 'migration',
      what: `migrate:${to.hash}`,
      title: sentence('history-migrated'),
      changed: [],
      voided: [],
    });
    return judged(move, result, env);
  });
}

/** The case as it stands in the new release, before anything that is new there begins. */
function prepared(move: Move): CaseState | null {
  const { from, to, state, plan, blockers } = move;
  if (state.project !== to.project.id || state.workflow !== to.workflow.id)
    blockers.push(blocker('migration-other', { title: to.workflow.title }));
  if (state.release !== from.hash || from.hash === to.hash) blockers.push(blocker('migration-same'));
  for (const [old, there] of Object.entries(plan.states ?? {})) {
    if (from.chart.states[old] === undefined) blockers.push(blocker('migration-plan', { name: old }));
    if (there !== null && to.chart.states[there] === undefined)
      blockers.push(blocker('migration-plan', { name: there }));
  }
  if (blockers.length > 0) return null;
  const wanted = state.active.flatMap((leaf) => {
    const there = moved(plan, to.chart, leaf);
    if (there !== null && to.chart.states[there] === undefined) blockers.push(gone(move, leaf));
    return there ?? [];
  });
  if (blockers.length > 0) return null;
  const placed = place(to.chart, '', wanted);
  if (placed.kind === 'impossible') {
    const title = to.chart.states[placed.at]?.title ?? placed.at;
    blockers.push(blocker(`migration-${placed.why}`, { state: placed.at, title }));
    return null;
  }
  checkCalls(move);
  const { timers, parked } = carryTimers(move);
  const historyValue = carryHistory(move);
  return {
    ...state,
    active: placed.leaves,
    snapshot: { value: placed.value, historyValue: historyValue as never },
    timers,
    parked,
    entered: enteredThere(move, placed.leaves),
  };
}

function enteredThere({ to, state, plan }: Move, leaves: readonly string[]): { [address: string]: number } {
  const { all } = configurationOf(leaves);
  const entered: { [address: string]: number } = {};
  for (const [address, at] of Object.entries(state.entered)) {
    const there = moved(plan, to.chart, address);
    if (there !== null && all.has(there)) entered[there] = Math.min(at, entered[there] ?? at);
  }
  return entered;
}

/**
 * A state that has a counterpart in which the case was goes on; what it has more than that begins now. Any other is
 * entered now, with its deadlines and its call. Words on entering are not said: what they tell people happened before. [MIG-5]
 */
function begin(move: Move, run: Run, next: CaseState, world: World): void {
  const { from, to, state, plan } = move;
  const before = new Map<string, ChartState>();
  for (const old of activeStates(from, configurationOf(state.active))) {
    const there = moved(plan, to.chart, old.address);
    if (there !== null) before.set(there, old);
  }
  const entered: ChartState[] = [];
  for (const there of activeStates(to, configurationOf(next.active)).toReversed()) {
    const old = before.get(there.address);
    const calls = (each: ChartState) => `${each.call?.connector}.${each.call?.operation}`;
    if (old === undefined || calls(old) !== calls(there)) entered.push(there);
    else run.ledger.add(there, addedDelays(move, old, there), () => scopeHere(to, next, world));
  }
  run.place(entered, world);
}

function scopeHere(definition: Definition, state: CaseState, world: World) {
  return scopeOf(definition, world, atOf(configurationOf(state.active)));
}

/**
 * What is committed has to do for the new release as it did for the old one. A form that is being filled in now is
 * judged when its person sends it. [MIG-2]
 */
function wrongForms(move: Move, world: World, env: Environment): Blocker[] {
  const { from, to, state } = move;
  const old = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const open = new Set(activeStates(to, configurationOf(state.active)).flatMap((each) => each.task?.forms ?? []));
  const fields: FieldError[] = [];
  for (const [id, values] of Object.entries(state.forms)) {
    const [before, now] = [formOf(from, id), formOf(to, id)];
    if (now === null || open.has(id)) continue;
    const known = before === null ? [] : checkForm(before, values, formContext(from, old, id)).errors;
    const had = new Set(known.map(({ path, keyword }) => `${path} ${keyword}`));
    const { errors } = checkForm(now, values, formContext(to, world, id));
    fields.push(...errors.filter(({ path, keyword }) => !had.has(`${path} ${keyword}`)));
  }
  return fields.length === 0 ? [] : [blocker('migration-data', { count: fields.length }, fields)];
}

/** A migration may not break a law that was kept. The journal names the states as they were called on each side. */
function judged(move: Move, result: StepResult, env: Environment): StepResult {
  if (result.kind === 'refused') return result;
  const { from, state } = move;
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, env);
  const before = new Set(brokenLaws(from, configurationOf(state.active), scopeHere(from, state, world)));
  const broken = result.incidents.filter((incident) => !before.has(incident));
  if (broken.length > 0)
    return { kind: 'refused', blockers: [blocker('migration-incident', { incidents: broken.join('、') })] };
  const { next, entry } = result;
  const left = state.active.filter((address) => !next.active.includes(address));
  const entered = next.active.filter((address) => !state.active.includes(address));
  return { ...result, entry: { ...entry, left, entered } };
}
