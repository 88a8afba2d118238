import type { Diagram, DiagramEdge, DiagramNode } from '../contract/routes.ts';
import { said } from '../errors/index.ts';
import type { Composed } from '../model/composed.ts';
import type { EdgeNode, StateNode } from '../model/definition.ts';
import { mainWay } from './main-way.ts';
import { partOf } from './parts.ts';

/**
 * The effective workflow as drawn: what runs, nothing else. What the project removed is there and marked as removed.
 * An edge that stays, refuses, or becomes another event has no arrow. Edges back lead to the state they return into.
 */
export function diagram(definition: Composed): Diagram {
  const way = mainWay(definition);
  const onWay = new Set(way.map((step) => `${step.from} ${step.to}`));
  const stops = new Set(way.flatMap((step) => [step.from, step.to]));
  const nodes: DiagramNode[] = [];
  const edges: DiagramEdge[] = [];

  const known = new Set<string>();
  const addNode = (state: StateNode, removed: boolean) => {
    if (known.has(state.address)) return;
    known.add(state.address);
    nodes.push({
      id: state.address,
      parent: state.parent,
      title: state.label !== null && state.title === '' ? state.label : state.title,
      kind: state.kind,
      tile: tileOf(definition, state),
      removed,
      main: !removed && [...stops].some((stop) => stop === state.address || stop.startsWith(`${state.address}.`)),
    });
    if (state.edges.some((edge) => edge.kind === 'next')) {
      const id = `${state.address}.next`;
      const main = !removed && stops.has(id);
      const { zh: title, en } = said('node-next');
      nodes.push({ id, parent: state.address, title, en, kind: 'next', tile: null, removed, main });
      known.add(id);
    }
  };
  for (const state of Object.values(definition.states)) addNode(state, false);
  for (const state of Object.values(definition.removed)) addNode(state, true);

  const ids = new Map<string, number>();
  const addEdge = (from: string, edge: EdgeNode, removed: boolean) => {
    if (edge.to === null) return;
    const source = edge.kind === 'next' ? `${from}.next` : from;
    const target = edge.to.endsWith('.back') && !known.has(edge.to) ? edge.to.slice(0, -'.back'.length) : edge.to;
    if (!known.has(source) || !known.has(target)) return;
    const name = `${source}|${edge.kind}|${edge.name}`;
    const count = ids.get(name) ?? 0;
    ids.set(name, count + 1);
    edges.push({
      id: count === 0 ? name : `${name}|${count}`,
      from: source,
      to: target,
      title: edge.title,
      ...(edge.en === undefined ? {} : { en: edge.en }),
      kind: edge.kind,
      removed,
      main: !removed && onWay.has(`${source} ${target}`),
    });
  };
  for (const state of Object.values(definition.states))
    for (const edge of state.edges) addEdge(state.address, edge, false);
  for (const state of Object.values(definition.removed))
    for (const edge of state.edges) addEdge(state.address, edge, true);
  for (const edge of definition.removedEdges) {
    if (definition.removed[edge.from] === undefined) addEdge(edge.from, edge, true);
  }
  return { nodes, edges };
}

function tileOf(definition: Composed, state: StateNode): string | null {
  const part = state.task?.by ?? state.call?.connector;
  return part === undefined ? null : partOf(definition, part).tile;
}
