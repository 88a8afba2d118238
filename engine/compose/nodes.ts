import type { Branch, Chart, ChartState, Delay, RemovedEdge, Target, Transition } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts, EdgeNode, StateNode } from '../model/definition.ts';
import { own } from '../model/own.ts';
import { delayWords } from './duration.ts';

export interface NodeContext {
  readonly declared: DeclaredParts;
  readonly connectors: { readonly [id: string]: ConnectorDefinition };
}

/** The chart as the diagram and the checks read it: one edge a branch, titles in words. Without the root. */
export function stateNodes(chart: Chart, context: NodeContext): { [address: string]: StateNode } {
  const nodes: { [address: string]: StateNode } = {};
  for (const state of Object.values(chart.states)) {
    if (state.address === '') continue;
    nodes[state.address] = {
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
  }
  return nodes;
}

/** Edges of the base that are not in the effective chart, from states that are still there or to states that are gone. */
export function removedEdges(base: Chart, effective: Chart, context: NodeContext): RemovedEdge[] {
  const out: RemovedEdge[] = [];
  for (const state of Object.values(base.states)) {
    if (state.address === '') continue;
    const now = effective.states[state.address];
    const kept = new Set(now === undefined ? [] : edgesOf(now, context).map(keyOf));
    // A branch that stayed in its state is no edge that could be missed.
    for (const edge of edgesOf(state, context))
      if (edge.to !== null && !kept.has(keyOf(edge))) out.push({ ...edge, from: state.address });
  }
  return out;
}

/** Conditions differ after folding; an edge is the same when it says the same and leads to the same state. */
function keyOf(edge: EdgeNode): string {
  return [edge.kind, edge.name, edge.to ?? '', edge.refuses ?? ''].join('\u0000');
}

function edgesOf(state: ChartState, context: NodeContext): EdgeNode[] {
  const { declared, connectors } = context;
  const eventTitle = (event: string) => own(declared.events, event)?.title ?? event;
  const outcomeTitle = (outcome: string) => {
    if (outcome === 'UNAVAILABLE') return '没有答复';
    const operation =
      state.call === null ? undefined : connectors[state.call.connector]?.operations[state.call.operation];
    return operation?.outcomes[outcome]?.title ?? outcome;
  };
  const edges: EdgeNode[] = [];
  const add = (kind: EdgeNode['kind'], name: string, title: string, transition: Transition) => {
    for (const branch of transition.branches) edges.push(edgeOf(kind, name, branch.title ?? title, branch));
  };
  for (const [event, transition] of Object.entries(state.on)) add('on', event, eventTitle(event), transition);
  for (const [outcome, transition] of Object.entries(state.outcomes))
    add('outcome', outcome, outcomeTitle(outcome), transition);
  for (const [event, transition] of Object.entries(state.follow)) add('follow', event, eventTitle(event), transition);
  for (const [outcome, event] of Object.entries(state.late))
    edges.push({
      kind: 'late',
      name: outcome,
      title: `${outcomeTitle(outcome)}（迟到）→ ${eventTitle(event)}`,
      if: null,
      to: null,
      refuses: null,
    });
  for (const deadline of state.after) add('after', deadline.key, afterWords(deadline.duration), deadline.transition);
  if (state.when !== null) add('when', 'when', '', state.when);
  if (state.done !== null) add('done', 'done', '全部完成', state.done);
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

/** What stands on the edge: a time that counts from entering is over then, a moment comes. */
function afterWords(delay: Delay): string {
  return delay.kind === 'moment' ? delayWords(delay) : `${delayWords(delay)}后`;
}

function edgeOf(kind: EdgeNode['kind'], name: string, title: string, branch: Branch): EdgeNode {
  return { kind, name, title, if: branch.if, to: targetAddress(branch.to), refuses: branch.refuse };
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
