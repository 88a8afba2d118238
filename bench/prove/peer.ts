import { and, assign, createMachine, not, or, stateIn } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { Condition } from '../../engine/explore/condition.ts';
import type { Space } from '../../engine/explore/index.ts';
import type { Edge, Node } from '../../engine/explore/nodes.ts';

interface Context {
  readonly facts: { readonly [fact: string]: boolean };
}

type Asked = { readonly type: string; readonly pick: number };

/**
 * The regions of a space as a machine that `xstate/graph` can take: the same states, events, targets and facts.
 * Deadlines and calls are gone; what they lead to comes as ordinary events. What a condition asks besides facts and
 * states holds in the branch that an event picks.
 */
export function peerOf(space: Space) {
  const { all } = space.nodes;
  const config = stateOf(space, all[0] as Node);
  const machine = createMachine({ ...config, context: { facts: {} } } as never);
  const heard = new Map(all.map((node) => [idOf(node.index), eventsOf(node)]));
  // Only what a state hears: every event in every state would be twenty times the work.
  const events = ({ _nodes }: { readonly _nodes: readonly { readonly key: string }[] }) => [
    ...new Set(_nodes.flatMap(({ key }) => heard.get(key) ?? [])),
  ];
  return { machine, events };
}

/** The events of a state, once for each branch that they may pick. */
function eventsOf({ on }: Node): readonly Asked[] {
  return [...on].flatMap(([type, edges]) =>
    type.startsWith('xstate.done') ? [] : Array.from({ length: edges.length + 1 }, (_, pick) => ({ type, pick })),
  );
}

/** Goes through everything; gives states and configurations. */
export function explorePeer({ machine, events }: ReturnType<typeof peerOf>): {
  states: number;
  configurations: number;
} {
  const found = getAdjacencyMap(machine as never, { events: events as never, limit: 10_000_000 });
  const configurations = new Set<string>();
  for (const { state } of Object.values(found)) configurations.add(JSON.stringify((state as { value: unknown }).value));
  return { states: Object.keys(found).length, configurations: configurations.size };
}

type IndexOf = (address: string) => number;

const idOf = (index: number): string => `s${index}`;

function stateOf(space: Space, node: Node): object {
  const { all, of } = space.nodes;
  const indexOf = (address: string) => of.get(address)?.index ?? -1;
  const transitions = (edges: readonly Edge[]) => edges.map((edge, index) => transitionOf(edge, index, indexOf));
  const on = [...node.on].filter(([type]) => !type.startsWith('xstate.done'));
  const done = [...node.on].find(([type]) => type.startsWith('xstate.done'))?.[1];
  const children = Object.fromEntries(node.children.map((child) => [idOf(child), stateOf(space, all[child] as Node)]));
  const states = space.configurations.kept.includes(node.index)
    ? { ...children, back: { type: 'history', history: 'deep', id: `${idOf(node.index)}back` } }
    : children;
  const enter = node.state?.enter;
  return {
    id: idOf(node.index),
    ...(node.kind === 'parallel' ? { type: 'parallel' } : {}),
    ...(node.kind === 'final' ? { type: 'final' } : {}),
    ...(node.kind === 'compound' ? { initial: idOf(node.start) } : {}),
    ...(node.children.length > 0 ? { states } : {}),
    ...(enter === undefined ? {} : { entry: wordsOf(enter.prove, enter.void) }),
    on: Object.fromEntries(on.map(([type, edges]) => [type, transitions(edges)])),
    ...(node.always.length > 0 ? { always: transitions(node.always) } : {}),
    ...(done === undefined ? {} : { onDone: transitions(done) }),
  };
}

function transitionOf(edge: Edge, index: number, indexOf: IndexOf): object {
  const target = edge.back >= 0 ? `#${idOf(edge.back)}back` : `#${idOf(edge.target)}`;
  return {
    guard: guardOf(edge.guard, true, index, indexOf),
    actions: wordsOf(edge.words.prove, edge.words.void),
    ...(edge.target < 0 ? {} : { target, reenter: edge.again }),
  };
}

function wordsOf(prove: readonly string[], voided: readonly string[]): object {
  return assign(({ context }: { context: Context }) => {
    const facts = { ...context.facts };
    for (const fact of prove) facts[fact] = true;
    for (const fact of voided) delete facts[fact];
    return { facts };
  });
}

/** @param holds false: the contrary is asked */
function guardOf(condition: Condition, holds: boolean, index: number, indexOf: IndexOf): unknown {
  switch (condition.kind) {
    case 'constant':
      return () => condition.value === holds;
    case 'and':
    case 'or': {
      const terms = condition.terms.map((term) => guardOf(term, holds, index, indexOf)) as never[];
      return (condition.kind === 'and') === holds ? and(terms) : or(terms);
    }
    case 'not':
      return guardOf(condition.term, !holds, index, indexOf);
    case 'fact':
      return ({ context }: { context: Context }) => (context.facts[condition.fact] === true) === holds;
    case 'at': {
      const node = indexOf(condition.address);
      if (node < 0) return () => !holds;
      const there = stateIn(`#${idOf(node)}`);
      return holds ? there : not(there);
    }
    default:
      return ({ event }: { event: Asked }) => event.pick === index;
  }
}
