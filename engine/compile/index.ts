import { type AnyStateMachine, assign, setup } from 'xstate';
import { evaluateText } from '../expressions/index.ts';
import type { ChartState, Composed } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import { scopeOf } from '../run/scope.ts';
import { applyWords, resetCounters } from '../run/words.ts';
import type { LogEntry, World } from '../run/world.ts';
import { type BranchParams, configOf } from './machine.ts';
import { delayName, machineId } from './names.ts';
import { type Watch, watchedConfig } from './watch.ts';

/** Composed data -> definition: the same data with its machine. A watched machine steps the same and tells what it does. */
export function compile(composed: Composed, watch?: Watch): Definition {
  return { ...composed, machine: compileMachine(composed, watch) };
}

/** The most internal moves of one step; a chart that needs more goes in circles. [CMP-8] */
const maxMoves = 200;

/**
 * Compiles the effective chart to an XState machine. Pure data in, a machine that only `engine/run` steps: it is never
 * started as an actor, its delays and calls are carried out by the engine. [CMP-2]
 */
export function compileMachine(composed: Composed, watch?: Watch): AnyStateMachine {
  const { declared } = composed;
  const tell = (world: World, ...seen: Parameters<Watch>) => {
    if (watch !== undefined && !isBlank(world)) watch(...seen);
    return true;
  };
  const machine = setup({
    types: {} as { context: World; events: { type: string } },
    guards: {
      holds: ({ context }, params: { readonly text: string; readonly address: string }) =>
        conditionHolds(composed, context, params.text),
      asked: ({ context }, params: { readonly address: string }) => tell(context, 'asked', params.address),
      held: ({ context }, params: { readonly address: string }) => tell(context, 'held', params.address),
    },
    actions: {
      branch: assign(({ context }, params: BranchParams) => {
        tell(context, 'took', params.address);
        const began = noted(context, { kind: 'branch', address: params.address, state: params.state });
        const returning = params.back === null ? began : { ...began, returning: returnsTo(context, params.back) };
        return applyWords(declared, returning, params.words, params.state);
      }),
      refuse: assign(({ context }, params: { address: string; state: string; text: string }) => {
        tell(context, 'took', params.address);
        return noted(context, { kind: 'refuse', ...params });
      }),
      left: assign(({ context }, params: { state: string }) => noted(context, { kind: 'left', state: params.state })),
      entered: assign(({ context }, params: { state: string }) => {
        tell(context, 'entered', params.state);
        return enter(composed, context, params.state);
      }),
    },
    delays: Object.fromEntries(delayNames(composed).map((name) => [name, () => 1])),
  });
  const config = watch === undefined ? configOf(composed) : watchedConfig(configOf(composed));
  return machine.createMachine({
    ...(config as object),
    id: machineId,
    // Given at the start, replaced before every step. XState also calls it on its own, so that it must not fail.
    context: ({ input }: { input?: World }) => input ?? ({ log: [], returning: [], history: {} } as unknown as World),
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

function enter(composed: Composed, world: World, address: string): World {
  if (isBlank(world)) return world;
  const returned = world.returning.includes(address);
  const entered = noted(world, { kind: 'entered', state: address, returned });
  if (returned) return { ...entered, returning: world.returning.filter((each) => each !== address) };
  const state: ChartState | undefined = composed.chart.states[address];
  if (state === undefined) return entered;
  return applyWords(composed.declared, resetCounters(composed.declared, entered, address), state.enter, address);
}

/** What was active at and below a state when it was left: earlier, or a moment ago in this very step. */
function returnsTo(world: World, address: string): readonly string[] {
  const inside = (each: string) => each === address || each.startsWith(`${address}.`);
  const left = world.log.findLastIndex((entry) => entry.kind === 'left' && entry.state === address);
  if (left < 0) return world.history[address] ?? [];
  const found: string[] = [];
  for (let index = left; index >= 0; index--) {
    const entry = world.log[index] as LogEntry;
    if (entry.kind !== 'left') break;
    if (inside(entry.state)) found.push(entry.state);
  }
  return found;
}

function noted(world: World, entry: LogEntry): World {
  return { ...world, log: [...world.log, entry] };
}

function delayNames(composed: Composed): readonly string[] {
  const names = new Set<string>();
  for (const state of Object.values(composed.chart.states)) {
    for (const deadline of state.after) names.add(delayName('after', deadline.key));
    for (const reminder of state.remind) names.add(delayName('remind', reminder.key));
  }
  return [...names];
}
