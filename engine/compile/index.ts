import { type AnyStateMachine, assign, setup } from 'xstate';
import { evaluateText } from '../expressions/index.ts';
import type { Composed } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { within } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { applyWords, resetCounters } from '../run/words.ts';
import { type Context, type LogEntry, newTrail, type World } from '../run/world.ts';
import { type BranchParams, configOf, type RefuseParams, type WordsParams } from './machine.ts';
import { delayName, machineId } from './names.ts';
import { type Watch, watchedConfig } from './watch.ts';

/** Composed data -> definition: the same data with its machine. A watched machine steps the same and tells what it does. */
export function compile(composed: Composed, watch?: Watch): Definition {
  // Parts that are worked out when somebody asks for them stay so.
  const parts = Object.defineProperties({} as Composed, Object.getOwnPropertyDescriptors(composed));
  return Object.assign(parts, { machine: compileMachine(composed, watch) });
}

/** The most internal moves of one step; a chart that needs more goes in circles. [CMP-8] */
const maxMoves = 200;

/**
 * Compiles the effective chart to an XState machine. Pure data in, a machine that only `engine/run` steps: it is never
 * started as an actor, its delays and calls are carried out by the engine. [CMP-2]
 */
export function compileMachine(composed: Composed, watch?: Watch): AnyStateMachine {
  const { declared } = composed;
  const tell = (...seen: Parameters<Watch>) => {
    watch?.(...seen);
    return true;
  };
  const machine = setup({
    types: {} as { context: Context; events: { type: string } },
    guards: {
      holds: ({ context }, params: { readonly text: string; readonly address: string }) =>
        conditionHolds(composed, context, params.text),
      asked: ({ context }, params: { readonly address: string }) => isBlank(context) || tell('asked', params.address),
      held: ({ context }, params: { readonly address: string }) => isBlank(context) || tell('held', params.address),
    },
    actions: {
      // The interpreter carries these out in their order; they write the trail and leave the world as it is.
      branch: ({ context }, { address, state, back }: BranchParams) => {
        tell('took', address);
        if (back !== null) returnTo(context, back);
        context.trail.log.push({ kind: 'branch', address, state });
      },
      refuse: ({ context }, params: RefuseParams) => {
        tell('took', params.address);
        context.trail.log.push({ kind: 'refuse', ...params });
      },
      left: ({ context }, { state }: { state: string }) => void context.trail.log.push({ kind: 'left', state }),
      entered: ({ context }, { state }: { state: string }) => {
        tell('entered', state);
        const returned = context.trail.returning.delete(state);
        context.trail.log.push({ kind: 'entered', state, returned });
      },
      // These change the world.
      words: assign(({ context }, { words, state }: WordsParams) => applyWords(composed, context, words, state)),
      enter: assign(({ context }, { words, state }: WordsParams) => {
        const entered = context.trail.log.findLast((entry) => entry.kind === 'entered');
        if (isBlank(context) || entered?.returned === true) return {};
        const reset = resetCounters(declared, context, state);
        return { counters: reset.counters, ...applyWords(composed, reset, words, state) };
      }),
    },
    delays: Object.fromEntries(delayNames(composed).map((name) => [name, () => 1])),
  });
  const config = watch === undefined ? configOf(composed) : watchedConfig(configOf(composed));
  return machine.createMachine({
    ...(config as object),
    id: machineId,
    // Given at the start, replaced before every step. XState also calls it on its own, so that it must not fail.
    context: ({ input }: { input?: Context }) => input ?? ({ history: {}, trail: newTrail() } as unknown as Context),
    options: { maxIterations: maxMoves },
  } as never) as unknown as AnyStateMachine;
}

/** XState's `transition` works out the initial state for itself each time, in no world: that costs and means nothing. */
function isBlank(world: World): boolean {
  return world.identity === undefined;
}

/** A condition that cannot be evaluated does not hold. */
function conditionHolds(composed: Composed, world: World, text: string): boolean {
  if (isBlank(world)) return false;
  const result = evaluateText(text, scopeOf(composed, world));
  return result.kind === 'value' && result.value === true;
}

/** What was active at and below a state when it was left, earlier or a moment ago in this very step, is entered again. */
function returnTo({ history, trail }: Context, address: string): void {
  trail.returning.clear();
  const left = trail.log.findLastIndex((entry) => entry.kind === 'left' && entry.state === address);
  if (left < 0) for (const each of history[address] ?? []) trail.returning.add(each);
  for (let index = left; index >= 0; index--) {
    const entry = trail.log[index] as LogEntry;
    if (entry.kind !== 'left') break;
    if (within(entry.state, address)) trail.returning.add(entry.state);
  }
}

function delayNames(composed: Composed): readonly string[] {
  const names = new Set<string>();
  for (const state of Object.values(composed.chart.states)) {
    for (const deadline of state.after) names.add(delayName('after', deadline.key));
    for (const reminder of state.remind) names.add(delayName('remind', reminder.key));
  }
  return [...names];
}
