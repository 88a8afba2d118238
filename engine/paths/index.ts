import type { CaseState } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import { runScenario, type Scenario, type ScenarioStep } from '../simulate/scenario.ts';
import type { SimulationOptions } from '../simulate/session.ts';
import { coveringSet } from './cover.ts';
import { Edges } from './edges.ts';
import { impossibleIn, type Unreached, unreached } from './reasons.ts';
import { retell } from './retold.ts';
import { Search, stepsTo, type Way } from './search.ts';
import { type Target, targetsOf } from './targets.ts';

export type { Scenario } from '../simulate/scenario.ts';
export { scenarioText } from './text.ts';
export type { Target, Unreached };

export interface PathsOptions extends SimulationOptions {
  /** Cases whose moves are tried before it is given up. */
  readonly most?: number;
}

/** Paths of a project, as scenarios that pass. */
export interface Paths {
  readonly project: string;
  /** For each state and each branch that can be reached the shortest path that was found. */
  readonly ways: readonly { readonly target: Target; readonly scenario: Scenario }[];
  /** A small set of paths that touches all of them, with values at the edges of their fields. */
  readonly cover: readonly { readonly scenario: Scenario; readonly addresses: readonly string[] }[];
  readonly unreached: readonly Unreached[];
  /** Broken laws and words that nobody heard, each with the path that ends there; such a scenario fails. */
  readonly incidents: readonly { readonly incident: string; readonly scenario: Scenario }[];
  /** Edges of fields, as `form.field edge`. */
  readonly edges: { readonly done: readonly string[]; readonly left: readonly string[] };
  readonly looked: number;
  /** False when the search was given up before everything was looked at. */
  readonly complete: boolean;
}

const usualMost = 6000;

/**
 * The shortest paths to everything of a project's effective workflow, and a small set of paths that covers it.
 * Rules: engine/SPEC.md, [PTH-…].
 */
export function paths(definition: Definition, options: PathsOptions = {}): Paths {
  const targets = targetsOf(definition);
  const impossible = impossibleIn(definition);
  const { search, complete } = searched(definition, options, (address) => !impossible.has(address));
  const project = definition.project.id;
  const edges = new Edges(definition, options);
  const covering = coveringSet(search);
  const laid = covering.map(({ steps }) => ({ plain: steps, laid: edges.laidInto(steps) }));
  const cover = covering.map(({ found, addresses }, index) => ({
    addresses,
    scenario: told(project, `覆盖路径 ${index + 1}`, laid[index]?.laid ?? [], found.session.state),
  }));
  return {
    project,
    ways: waysIn(search, targets),
    cover: [...cover, ...edgePaths(definition, edges, laid)],
    unreached: unreached(search, targets, impossible, complete),
    incidents: search.incidents.map(({ incident, way }) => ({
      incident,
      scenario: { scenario: incident, project, steps: stepsTo(way) },
    })),
    edges: {
      done: [...edges.done].sort(),
      left: edges.left,
    },
    looked: search.looked,
    complete,
  };
}

/** The shortest paths to some states and branches: the search ends when all of them are found. */
export function pathsTo(
  definition: Definition,
  addresses: ReadonlySet<string>,
  options: PathsOptions = {},
): Paths['ways'] {
  const impossible = impossibleIn(definition);
  const isWanted = (address: string) => addresses.has(address) && !impossible.has(address);
  const { search } = searched(definition, options, isWanted);
  return waysIn(search, targetsOf(definition)).filter(({ target }) => addresses.has(target.address));
}

function searched(definition: Definition, options: PathsOptions, isWanted: (address: string) => boolean) {
  const most = options.most ?? usualMost;
  const search = new Search(definition, options);
  for (const address of search.missing) if (!isWanted(address)) search.missing.delete(address);
  let complete = search.run(most);
  while (complete && search.missing.size > 0) {
    retell(search);
    if (search.waiting === 0) search.widen();
    if (search.waiting === 0) break;
    complete = search.run(most);
  }
  return { search, complete };
}

function waysIn({ definition, ways }: Search, targets: readonly Target[]): Paths['ways'] {
  return targets.flatMap((target) => {
    const way = ways.get(target.address);
    return way === undefined ? [] : [{ target, scenario: wayTold(definition.project.id, target, way) }];
  });
}

function wayTold(project: string, target: Target, way: Way): Scenario {
  const what = target.kind === 'state' ? '走到' : '走过';
  return told(project, `${what} ${target.address}`, stepsTo(way), way.found.session.state);
}

interface Laid {
  readonly plain: readonly ScenarioStep[];
  readonly laid: readonly ScenarioStep[];
}

/**
 * Edges that found no room on the covering paths, because their forms are asked too seldom: the same paths again, the
 * short ones first, as far as the last form that holds a new edge.
 */
function edgePaths(definition: Definition, edges: Edges, covering: readonly Laid[]): Paths['cover'] {
  const project = definition.project.id;
  const more: { scenario: Scenario; addresses: readonly string[] }[] = [];
  const tried = [...covering].sort((a, b) => a.plain.length - b.plain.length);
  for (let one = tried.shift(); one !== undefined && edges.open.length > 0; one = tried.shift()) {
    if (!asksAny(definition, one.plain, edges.open)) continue;
    for (const steps of [one.plain, freed(one, edges.open)]) {
      const before = edges.done.size;
      const laid = edges.laidInto(steps);
      if (edges.done.size === before) continue;
      if (tried[0] !== one) tried.unshift(one);
      const last = laid.findLastIndex((step, index) => step !== steps[index]);
      const scenario = `边界值 ${more.length + 1}`;
      const shown = laid.slice(0, last + 1);
      const { session } = runScenario(definition, { scenario, project, steps: shown });
      if (session !== null) more.push({ addresses: [], scenario: told(project, scenario, shown, session.state) });
    }
  }
  return more;
}

/** Whether one of the steps may ask for a form that has such an edge. */
function asksAny({ chart, declared }: Definition, steps: readonly ScenarioStep[], edges: readonly string[]): boolean {
  const forms = new Set(edges.map((edge) => edge.split('.')[0] as string));
  const asking = Object.keys(declared.events).filter((event) => {
    const own = declared.events[event]?.form;
    if (own !== undefined && forms.has(own)) return true;
    return Object.values(chart.states).some(
      ({ task, on }) => on[event] !== undefined && task?.forms.some((form) => forms.has(form)),
    );
  });
  return steps.some((step) => step.do !== undefined && asking.includes(step.do));
}

/** A path with its edges, without those in the forms that have edges left: other forms keep what shows their fields. */
function freed({ plain, laid }: Laid, left: readonly string[]): readonly ScenarioStep[] {
  const open = new Set(left.map((edge) => edge.split('.')[0] as string));
  return laid.map((step, index) => {
    if (typeof step.fill !== 'object') return step;
    const kept = Object.fromEntries(Object.entries(step.fill).filter(([form]) => !open.has(form)));
    const own = plain[index]?.fill;
    return { ...step, fill: { ...kept, ...(typeof own === 'object' ? own : {}) } };
  });
}

/** Ends with where the case stands. */
function told(project: string, scenario: string, steps: readonly ScenarioStep[], state: CaseState): Scenario {
  return { scenario, project, steps: [...steps, { expect: { at: state.active, over: state.over } }] };
}
