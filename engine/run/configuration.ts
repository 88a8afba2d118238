import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { addressOf } from '../compile/names.ts';
import type { CaseState } from '../model/case.ts';
import type { ChartState } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { lastOnce } from '../model/once.ts';
import type { Context, World } from './world.ts';

/**
 * Which states are active. `leaves` in document order; `all` holds every state around them too, the root as '': innermost
 * first within each chain, each once, in the order of the leaves.
 */
export interface Configuration {
  readonly leaves: readonly string[];
  readonly all: ReadonlySet<string>;
}

/** Configuration of a case; whoever looks at one asks for it again and again. */
export const configurationOf = lastOnce((leaves: readonly string[]): Configuration => {
  const all = new Set<string>();
  for (const leaf of leaves) for (const address of chainOf(leaf)) all.add(address);
  return { leaves, all };
});

const chains = new Map<string, readonly string[]>();
const maxChains = 20_000;

/** The state and everything around it, innermost first, ending with the root ''. */
export function chainOf(address: string): readonly string[] {
  const known = chains.get(address);
  if (known !== undefined) return known;
  const chain: string[] = [];
  for (let here = address; here !== ''; here = parentOf(here)) chain.push(here);
  chain.push('');
  if (chains.size >= maxChains) chains.clear();
  chains.set(address, chain);
  return chain;
}

export function parentOf(address: string): string {
  const dot = address.lastIndexOf('.');
  return dot < 0 ? '' : address.slice(0, dot);
}

/** True when `inner` is `outer` or below it. */
export function within(inner: string, outer: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}.`);
}

/** `at()` over a configuration. */
export function atOf(configuration: Configuration): (address: string) => boolean {
  return (address) => configuration.all.has(address);
}

/** Addresses of the leaves of XState's value, in document order. */
export function leavesOf(value: Json, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix === '' ? value : `${prefix}.${value}`];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return prefix === '' ? [] : [prefix];
  const ids = Object.keys(value);
  if (ids.length === 0) return prefix === '' ? [] : [prefix];
  const leaves: string[] = [];
  for (const id of ids) leaves.push(...leavesOf(value[id] as Json, prefix === '' ? id : `${prefix}.${id}`));
  return leaves;
}

/** What a case keeps of XState's snapshot. */
export function storedSnapshot(snapshot: AnyMachineSnapshot): Json {
  const historyValue: JsonObject = {};
  for (const [id, nodes] of Object.entries(snapshot.historyValue)) {
    historyValue[id] = nodes.map((node) => ({ id: node.id }));
  }
  return { value: snapshot.value as Json, historyValue };
}

/** The snapshot of a case, ready for a step in this world. */
export function restoredSnapshot(definition: Definition, state: CaseState, context: Context): AnyMachineSnapshot {
  const { value, historyValue } = state.snapshot as unknown as { value: Json; historyValue: JsonObject };
  return { ...placed(definition.machine, value, historyValue), context } as AnyMachineSnapshot;
}

/** Configurations of a machine that were restored before; XState makes new snapshots and leaves the old ones as they are. */
const restored = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();
const maxRestored = 1000;

function placed(machine: AnyStateMachine, value: Json, historyValue: JsonObject): AnyMachineSnapshot {
  const known = restored.get(machine) ?? new Map<string, AnyMachineSnapshot>();
  restored.set(machine, known);
  const key = JSON.stringify([value, historyValue]);
  const before = known.get(key);
  if (before !== undefined) return before;
  // XState looks through the whole context for actors, of which ours never holds one: it is put in afterwards.
  const json = { value, historyValue, context: {}, status: 'active', children: {} };
  const scope = { self: undefined, system: undefined } as never;
  const snapshot = machine.restoreSnapshot(json as never, scope) as AnyMachineSnapshot;
  if (known.size >= maxRestored) known.clear();
  known.set(key, snapshot);
  return snapshot;
}

/** What the case keeps of the ways back. */
export function historyOf(state: CaseState): World['history'] {
  return (state.snapshot as unknown as { readonly historyValue: World['history'] }).historyValue;
}

/** Addresses that were active at and below a state with a way back when it was left; few steps go back. */
export function activeWhenLeft(history: World['history'], owner: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [id, nodes] of Object.entries(history)) {
    if (parentOf(addressOf(id)) !== owner) continue;
    for (const node of nodes) {
      for (const address of chainOf(addressOf(node.id)))
        if (within(address, owner) && address !== '') found.add(address);
    }
  }
  return found;
}

/** States of the chart that are active, innermost first within each chain, each once, in document order of the leaves. */
export function activeStates(
  definition: Pick<Definition, 'chart'>,
  configuration: Configuration,
): readonly ChartState[] {
  const found: ChartState[] = [];
  for (const address of configuration.all) {
    const state = definition.chart.states[address];
    if (state !== undefined) found.push(state);
  }
  return found;
}
