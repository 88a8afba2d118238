import { type Said, said } from '../errors/index.ts';
import type { Branch, Chart, ChartState, Delay, RemovedEdge, Target, Transition } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts, EdgeNode, StateNode } from '../model/definition.ts';
import { Remembered } from '../model/once.ts';
import { own } from '../model/own.ts';
import { delaySaid } from './duration.ts';

export interface NodeContext {
  readonly declared: DeclaredParts;
  readonly connectors: { readonly [id: string]: ConnectorDefinition };
}

/** What was made of the states of a workflow's chart: projects share the states in which they do not differ. */
const remembered = new Remembered<WeakMap<ChartState, StateNode>>();

/** The chart as the diagram and the checks read it: one edge a branch, titles in words. Without the root. */
export function stateNodes(
  chart: Chart,
  context: NodeContext,
  without: { readonly [address: string]: StateNode } = {},
): { [address: string]: StateNode } {
  const nodes: { [address: string]: StateNode } = {};
  for (const state of Object.values(chart.states))
    if (state.address !== '' && !(state.address in without)) nodes[state.address] = nodeOf(state, context);
  return nodes;
}

function nodeOf(state: ChartState, context: NodeContext): StateNode {
  const { declared, connectors } = context;
  const known = remembered.of([declared.events, declared.facts, connectors], '', () => new WeakMap());
  let node = known.get(state);
  if (node === undefined) {
    node = {
      address: state.address,
      parent: state.parent === '' ? null : state.parent,
      kind: state.kind,
      title: state.title,
      label: state.label,
      stage: state.stage,
      look: state.look,
      task: state.task,
      call: state.call === null ? null : { connector: state.call.connector, operation: state.call.operation },
      keep: state.keep,
      start: state.start,
      edges: edgesOf(state, context),
    };
    known.set(state, node);
  }
  return node;
}

/** Edges of the base that are not in the effective chart, from states that are still there or to states that are gone. */
export function removedEdges(
  base: Chart,
  effective: { readonly [address: string]: StateNode },
  context: NodeContext,
): RemovedEdge[] {
  const out: RemovedEdge[] = [];
  for (const state of Object.values(base.states)) {
    if (state.address === '') continue;
    const { edges } = nodeOf(state, context);
    if (edges === effective[state.address]?.edges) continue;
    const kept = new Set(effective[state.address]?.edges.map(keyOf));
    // A branch that stayed in its state is no edge that could be missed.
    for (const edge of edges)
      if (edge.to !== null && !kept.has(keyOf(edge))) out.push({ ...edge, from: state.address });
  }
  return out;
}

/** Conditions differ after folding; an edge is the same when it says the same and leads to the same state. */
function keyOf(edge: EdgeNode): string {
  return [edge.kind, edge.name, edge.to ?? '', edge.refuses ?? ''].join('\u0000');
}

/** One edge a branch, kind by kind. */
export function edgesOf(state: ChartState, context: NodeContext): EdgeNode[] {
  const { declared } = context;
  const edges: EdgeNode[] = [];
  for (const [event, transition] of Object.entries(state.on))
    addBranches(edges, 'on', event, eventTitle(context, event), transition);
  for (const [outcome, transition] of Object.entries(state.outcomes))
    addBranches(edges, 'outcome', outcome, outcomeTitle(context, state, outcome), transition);
  for (const [event, transition] of Object.entries(state.follow))
    addBranches(edges, 'follow', event, eventTitle(context, event), transition);
  for (const [outcome, event] of Object.entries(state.late))
    edges.push({
      kind: 'late',
      name: outcome,
      ...titled(
        said('edge-late', { outcome: outcomeTitle(context, state, outcome), event: eventTitle(context, event) }),
      ),
      if: null,
      to: null,
      refuses: null,
    });
  for (const deadline of state.after)
    addBranches(edges, 'after', deadline.key, afterWords(deadline.duration), deadline.transition);
  if (state.when !== null) addBranches(edges, 'when', 'when', '', state.when);
  if (state.done !== null) addBranches(edges, 'done', 'done', said('edge-done'), state.done);
  for (const obligation of state.obligations)
    edges.push({
      kind: 'next',
      name: obligation.id,
      title: obligation.fact === null ? '' : (own(declared.facts, obligation.fact)?.title ?? obligation.fact),
      if: obligation.if,
      to: obligation.go,
      refuses: null,
    });
  return edges;
}

function eventTitle({ declared }: NodeContext, event: string): string {
  return own(declared.events, event)?.title ?? event;
}

function outcomeTitle({ connectors }: NodeContext, { call }: ChartState, outcome: string): string | Said {
  if (outcome === 'UNAVAILABLE') return said('history-no-answer');
  const operation = call === null ? undefined : connectors[call.connector]?.operations[call.operation];
  return operation?.outcomes[outcome]?.title ?? outcome;
}

function addBranches(
  edges: EdgeNode[],
  kind: EdgeNode['kind'],
  name: string,
  title: string | Said,
  transition: Transition,
): void {
  for (const branch of transition.branches) edges.push(edgeOf(kind, name, branch.title ?? title, branch));
}

/** What stands on the edge: a time that counts from entering is over then, a moment comes. */
function afterWords(delay: Delay): Said {
  const time = delaySaid(delay);
  return delay.kind === 'moment' ? time : said('edge-after', { time });
}

function edgeOf(kind: EdgeNode['kind'], name: string, title: string | Said, branch: Branch): EdgeNode {
  return { kind, name, ...titled(title), if: branch.if, to: targetAddress(branch.to), refuses: branch.refuse };
}

function titled(title: string | Said): Pick<EdgeNode, 'title' | 'en'> {
  return typeof title === 'string' ? { title } : { title: title.zh, en: title.en };
}

function targetAddress(target: Target): string | null {
  switch (target.kind) {
    case 'here':
      return null;
    case 'state':
      return target.address;
    case 'next':
    case 'back':
      return target.address === '' ? target.kind : `${target.address}.${target.kind}`;
  }
}
