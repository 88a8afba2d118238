import { transitions } from '../check/walk.ts';
import type { Definition } from '../model/definition.ts';
import { chainOf } from '../run/configuration.ts';

/** What a path is looked for to: a state, or one branch of a transition, an obligation, a reminder. */
export interface Target {
  readonly kind: 'state' | 'transition';
  readonly address: string;
  /** State that it is or stands in. */
  readonly state: string;
  /** Branches: the condition under which it is taken. */
  readonly if: string | null;
}

/** Every state and every branch of the effective chart, in document order, states first. */
export function targetsOf(definition: Definition): readonly Target[] {
  const { states } = definition.chart;
  const targets: Target[] = [];
  for (const address of Object.keys(states))
    if (address !== '') targets.push({ kind: 'state', address, state: address, if: null });
  for (const { state, transition } of transitions(definition.chart)) {
    for (const branch of transition.branches)
      targets.push({ kind: 'transition', address: branch.address, state: state.address, if: branch.if });
  }
  for (const state of Object.values(states)) {
    for (const { address, if: condition, fact } of state.obligations) {
      const open = fact === null ? [] : [`!facts.${fact}`];
      const parts = [...open, ...(condition === null ? [] : [condition])];
      const text = parts.length === 0 ? null : parts.map((part) => `(${part})`).join(' && ');
      targets.push({ kind: 'transition', address, state: state.address, if: text });
    }
    for (const { key } of state.remind) {
      const address = `${state.address}.remind.${key}`;
      targets.push({ kind: 'transition', address, state: state.address, if: null });
    }
  }
  return targets;
}

/**
 * What a stretch of a played case touched: addresses of the states that are active and around them, of branches that
 * were taken, and of the states in which these stand, which may have been left in the same step.
 */
export function touchedBy(
  definition: Definition,
  active: readonly string[],
  taken: readonly string[],
): ReadonlySet<string> {
  const owners = ownersOf(definition);
  const touched = new Set<string>();
  const states = [...active, ...taken.flatMap((branch) => owners.get(branch) ?? [])];
  for (const state of states) for (const address of chainOf(state)) if (address !== '') touched.add(address);
  for (const branch of taken) touched.add(branch);
  return touched;
}

const known = new WeakMap<Definition, ReadonlyMap<string, string>>();

function ownersOf(definition: Definition): ReadonlyMap<string, string> {
  let owners = known.get(definition);
  if (owners === undefined) {
    owners = new Map(
      targetsOf(definition).flatMap(({ kind, address, state }) => (kind === 'state' ? [] : [[address, state]])),
    );
    known.set(definition, owners);
  }
  return owners;
}
