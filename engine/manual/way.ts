import { mainWay, startOf } from '../explain/main-way.ts';
import type { ChartState } from '../model/composed.ts';
import type { Definition, TaskNode } from '../model/definition.ts';
import { chainOf } from '../run/configuration.ts';

/** One stop of the usual way: a task of somebody, or what a connector or the clock does. */
export interface Stop {
  readonly state: ChartState;
  readonly task: TaskNode | null;
}

/**
 * The stops of the shortest way to the goal. Where a state is left as a whole by what comes from outside, the tasks
 * inside it that are no accidents belong to the way too.
 */
export function stopsOf(definition: Definition): readonly Stop[] {
  const { states } = definition.chart;
  const way = mainWay(definition);
  const stops = new Map<string, Stop>();
  const add = (address: string) => {
    const state = states[address];
    if (state !== undefined && !stops.has(address)) stops.set(address, { state, task: taskAt(definition, address) });
  };
  let here = way[0]?.from ?? '';
  add(here);
  for (const { from, to } of way) {
    if (from !== here && here.startsWith(`${from}.`)) for (const address of tasksIn(definition, from)) add(address);
    if (states[to] === undefined) continue;
    here = startOf(states, to);
    add(here);
  }
  return [...stops.values()];
}

/** The role whose business it is: the one that has the first task. */
export function personOf(stops: readonly Stop[]): string | null {
  return stops.find(({ task }) => task !== null)?.task?.by ?? null;
}

/** Tasks of a person that are not on the usual way, in the order of the chart. */
export function otherTasks(definition: Definition, stops: readonly Stop[], person: string): readonly Stop[] {
  const known = new Set(stops.flatMap(({ task }) => (task === null ? [] : [task])));
  return Object.values(definition.chart.states).flatMap((state) => {
    const { task } = state;
    return task === null || task.by !== person || known.has(task) ? [] : [{ state, task }];
  });
}

/** Addresses of the states in which the person whose business it is has another task than on the usual way. */
export function otherTasksOf(definition: Definition): readonly string[] {
  const stops = stopsOf(definition);
  return otherTasks(definition, stops, personOf(stops) ?? '').map(({ state }) => state.address);
}

function taskAt(definition: Definition, address: string): TaskNode | null {
  for (const around of chainOf(address).toReversed()) {
    const task = definition.chart.states[around]?.task ?? null;
    if (task !== null) return task;
  }
  return null;
}

function tasksIn(definition: Definition, around: string): readonly string[] {
  return Object.values(definition.chart.states)
    .filter(({ address, task, look }) => address.startsWith(`${around}.`) && task !== null && look === null)
    .map(({ address }) => address);
}
