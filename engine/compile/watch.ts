import { all } from './guard.ts';
import type { StateConfig, TransitionConfig } from './machine.ts';

/**
 * Hears what a machine does while it is stepped; coverage is counted from it. `address` is a branch's, or a state's for
 * `entered`. `asked`: the branch's condition is worked out; `held`: it holds; `took`: the branch is taken, or refuses.
 */
export type Watch = (what: 'asked' | 'held' | 'took' | 'entered', address: string) => void;

/** The same configuration, each condition between two guards that always pass and tell. Production machines have none. */
export function watchedConfig(config: StateConfig): StateConfig {
  const watched: StateConfig = { ...config };
  if (config.always !== undefined) watched.always = config.always.map(watchedTransition);
  if (config.onDone !== undefined) watched.onDone = config.onDone.map(watchedTransition);
  for (const part of ['on', 'after'] as const) {
    const lists = config[part];
    if (lists === undefined) continue;
    watched[part] = Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.map(watchedTransition)]));
  }
  if (config.states !== undefined) {
    const states = Object.entries(config.states).map(([id, state]) => [id, watchedConfig(state)]);
    watched.states = Object.fromEntries(states);
  }
  return watched;
}

function watchedTransition(transition: TransitionConfig): TransitionConfig {
  const action = transition.actions?.find((each) => each.type === 'branch' || each.type === 'refuse');
  if (transition.guard === undefined || action === undefined || !('address' in action.params)) return transition;
  const params = { address: action.params.address };
  return { ...transition, guard: all({ type: 'asked', params }, transition.guard, { type: 'held', params }) };
}
