import type { Chart } from '../model/composed.ts';
import type { ConnectorDefinition, DeclaredParts } from '../model/definition.ts';
import type { Issue } from '../model/issue.ts';
import type { JsonObject } from '../model/json.ts';
import { once, Remembered } from '../model/once.ts';
import { entries, get, type MapNode, text } from '../read/index.ts';
import { addressesOf, lookUp } from './addresses.ts';
import { type Removal, removeStates } from './changes/index.ts';
import { buildChart } from './chart.ts';
import { declaredOf } from './declared.ts';
import { LayeredPlaces, type Place, type Places, placesOf } from './places.ts';
import { movesOf, pruneChart, resolveAt } from './prune.ts';

/** A chart as it is written and as it is folded, and what is declared beside it. */
export interface Charts {
  readonly written: Chart;
  readonly chart: Chart;
  readonly declared: DeclaredParts;
}

/** The chart of a workflow, names resolved and delays worked out, nothing folded. */
export interface Drawn {
  readonly chart: Chart;
  /** Every piece of the workflow, what its branches say among them. */
  readonly places: Places;
  /** What its branches say, by `<branch>:<key>`. */
  readonly branches: ReadonlyMap<string, Place>;
  /** Conditions as their authors wrote them, by `<branch>:if` and `<obligation>.if`. */
  readonly sources: ReadonlyMap<string, string>;
  /** Full address of a name that is used in the state `from`; null when there is no such state. */
  readonly resolve: (name: string, from: string) => string | null;
  readonly issues: readonly Issue[];
}

type Connectors = { readonly [connector: string]: ConnectorDefinition };

const drawings = new Remembered<Drawn>();

/**
 * Projects whose settings say the same times share the chart of their workflow, and with it whatever is worked out of its
 * states. A chart with a mistake is drawn anew: proposals come from all the settings there are.
 */
export function draw(workflow: MapNode, connectors: Connectors, settings: JsonObject): Drawn {
  const make = () => drawAnew(workflow, connectors, settings);
  return drawings.of([workflow, connectors], saidOf(settings, timesOf(workflow)), make, isSound);
}

function isSound({ issues }: Drawn): boolean {
  return issues.length === 0;
}

function drawAnew(workflow: MapNode, connectors: Connectors, settings: JsonObject): Drawn {
  const places = placesOf(workflow);
  const branches = new Map<string, Place>();
  const { events } = declaredOf(workflow);
  const { chart, issues } = buildChart(workflow, { connectors, events, settings, places, branches });
  const addresses = addressesOf(workflow);
  const resolve = (name: string, from: string) => (addresses.nodes.has(name) ? name : lookUp(addresses, name, from));
  const all = new LayeredPlaces(branches, places);
  return { chart, places: all, branches, sources: sourcesOf(chart), resolve, issues };
}

const foldings = new Remembered<Pick<Charts, 'written' | 'chart'>>();

/** The chart without the states that a project takes out, before and after the project's settings are folded in. */
export function foldDrawn(
  { chart, sources, resolve }: Drawn,
  removals: readonly Removal[],
  settings: JsonObject,
  issues: Issue[],
): { readonly removed: Chart } & Pick<Charts, 'written' | 'chart'> {
  const removed = removeStates(chart, removals, issues);
  const folded = foldings.of([removed], saidOf(settings, settingsIn(sources)), () => ({
    written: resolvedOf(removed, resolve),
    chart: pruneChart(removed, settings, resolve),
  }));
  return { removed, ...folded };
}

const written = new WeakMap<Chart, Chart>();

function resolvedOf(chart: Chart, resolve: Drawn['resolve']): Chart {
  const known = written.get(chart) ?? resolveAt(chart, resolve);
  written.set(chart, known);
  return known;
}

/** What the workflow, as it is written in the chart that was drawn, would be with other changes or settings. */
export function chartsOf(
  workflow: MapNode,
  removals: readonly Removal[],
  connectors: Connectors,
  settings: JsonObject,
): Charts {
  const folded = foldDrawn(draw(workflow, connectors, settings), removals, settings, []);
  return { ...folded, declared: declaredOf(workflow) };
}

/** Names of settings; null when something may look at any of them. */
type Names = ReadonlySet<string> | null;

/** What the settings say of these, as a text. */
function saidOf(settings: JsonObject, names: Names): string {
  if (names === null) return JSON.stringify(settings);
  return JSON.stringify([...names].map((name) => (Object.hasOwn(settings, name) ? [settings[name]] : [])));
}

/** Settings that the times of a workflow name: keys of `after` and `remind`, promises. */
const timesOf = once((workflow: MapNode): Names => {
  const names = new Set<string>();
  const read = (written: string) => {
    for (const [, name] of written.matchAll(/settings\.([^\s.,%]+)/g)) names.add(name!);
  };
  for (const node of addressesOf(workflow).nodes.values()) {
    for (const key of ['after', 'remind']) for (const [delay] of entries(get(node, key))) read(delay);
    read(text(get(node, 'promise')) ?? '');
  }
  return names;
});

/** Settings that the conditions of a chart name. */
const settingsIn = once((sources: Drawn['sources']): Names => {
  const names = new Set<string>();
  for (const condition of sources.values())
    for (const [, name] of condition.matchAll(/\bsettings\b(?:\.([A-Za-z_]\w*))?/g)) {
      if (name === undefined) return null;
      names.add(name);
    }
  return names;
});

function sourcesOf(chart: Chart): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const state of Object.values(chart.states)) {
    for (const transition of movesOf(state))
      for (const branch of transition.branches) if (branch.if !== null) sources.set(`${branch.address}:if`, branch.if);
    for (const obligation of state.obligations)
      if (obligation.if !== null) sources.set(`${obligation.address}.if`, obligation.if);
  }
  return sources;
}
