import { type AnyStateMachine, setup } from 'xstate';
import { evaluateText } from '../expressions/index.ts';
import type { Composed } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { activeWhenLeft, within } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { applyWords, resetCounters } from '../run/words.ts';
import type { Context, LogEntry, Trail } from '../run/world.ts';
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
        context.trail !== null && conditionHolds(composed, context.trail, params.text),
      asked: ({ context }, params: { readonly address: string }) =>
        context.trail === null || tell('asked', params.address),
      held: ({ context }, params: { readonly address: string }) =>
        context.trail === null || tell('held', params.address),
    },
    actions: {
      // The interpreter carries these out in their order; all that they do stands in the trail.
      branch: ({ context: { trail } }, { address, state, back }: BranchParams) => {
        tell('took', address);
        if (trail === null) return;
        if (back !== null) returnTo(trail, back);
        trail.log.push({ kind: 'branch', address, state });
      },
      refuse: ({ context: { trail } }, params: RefuseParams) => {
        tell('took', params.address);
        trail?.log.push({ kind: 'refuse', ...params });
      },
      left: ({ context: { trail } }, { state }: { state: string }) => void trail?.log.push({ kind: 'left', state }),
      entered: ({ context: { trail } }, { state }: { state: string }) => {
        tell('entered', state);
        if (trail === null) return;
        const returned = trail.returning.delete(state);
        trail.log.push({ kind: 'entered', state, returned });
      },
      words: ({ context: { trail } }, { words, state }: WordsParams) => {
        if (trail !== null) applyWords(composed, trail, words, state);
      },
      enter: ({ context: { trail } }, { words, state }: WordsParams) => {
        const entered = trail?.log.findLast((entry) => entry.kind === 'entered');
        if (trail === null || entered?.returned === true) return;
        resetCounters(declared, trail, state);
        applyWords(composed, trail, words, state);
      },
    },
    delays: Object.fromEntries(delayNames(composed).map((name) => [name, () => 1])),
  });
  const config = watch === undefined ? configOf(composed) : watchedConfig(configOf(composed));
  return machine.createMachine({
    ...(config as object),
    id: machineId,
    // Given at the start, replaced before every step.
    context: ({ input }: { input?: Context }): Context => input ?? { trail: null },
    options: { maxIterations: maxMoves },
  } as never) as unknown as AnyStateMachine;
}

/** A condition that cannot be evaluated does not hold. */
function conditionHolds(composed: Composed, { world }: Trail, text: string): boolean {
  const result = evaluateText(text, scopeOf(composed, world));
  return result.kind === 'value' && result.value === true;
}

/** What was active at and below a state when it was left, earlier or a moment ago in this very step, is entered again. */
function returnTo({ world, log, returning }: Trail, address: string): void {
  returning.clear();
  const left = log.findLastIndex((entry) => entry.kind === 'left' && entry.state === address);
  if (left < 0) for (const each of activeWhenLeft(world.history, address)) returning.add(each);
  for (let index = left; index >= 0; index--) {
    const entry = log[index] as LogEntry;
    if (entry.kind !== 'left') break;
    if (within(entry.state, address)) returning.add(entry.state);
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
