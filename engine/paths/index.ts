import { ruledOut } from '../coverage/unreachable.ts';
import type { CaseState } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import { runScenario, type Scenario, type ScenarioStep } from '../simulate/scenario.ts';
import type { SimulationOptions } from '../simulate/session.ts';
import { coveringSet } from './cover.ts';
import { Edges, type Told, toldBy } from './edges.ts';
import { type Impossible, impossibleAmong, type Unreached, unreached } from './reasons.ts';
import { retell } from './retold.ts';
import { Search, stepsTo, type Way } from './search.ts';
import { type Target, targetsOf } from './targets.ts';

export type { Scenario } from '../simulate/scenario.ts';
export { walksTo } from './directed.ts';
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
  const { search, impossible, complete } = searched(definition, options, () => true);
  const project = definition.project.id;
  const edges = new Edges(definition, options);
  const covering = coveringSet(search);
  const laid = covering.map(({ stretches }): Laid => {
    const plain = toldBy(stretches);
    return { plain, laid: edges.laidInto(plain) };
  });
  const cover = covering.map(({ found, addresses }, index) => ({
    addresses,
    scenario: ending(project, `覆盖路径 ${index + 1}`, stepsOf(laid[index]?.laid ?? []), found.session.state),
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
  const { search } = searched(definition, options, (address) => addresses.has(address));
  return waysIn(search, targetsOf(definition)).filter(({ target }) => addresses.has(target.address));
}

interface Searched {
  readonly search: Search;
  readonly impossible: Impossible;
  readonly complete: boolean;
}

/**
 * What no case can take is not looked for: what the values of fields rule out from the beginning, the rest when the
 * search has found all that is easily found.
 */
function searched(definition: Definition, options: PathsOptions, isWanted: (address: string) => boolean): Searched {
  const most = options.most ?? usualMost;
  const search = new Search(definition, options);
  const values = ruledOut(definition);
  for (const address of search.missing) if (!isWanted(address) || values.has(address)) search.missing.delete(address);
  let complete = search.run(most);
  const impossible = new Map([...values, ...impossibleAmong(search)]);
  for (const address of impossible.keys()) search.missing.delete(address);
  while (complete && search.missing.size > 0) {
    retell(search);
    if (search.waiting === 0) search.widen();
    if (search.waiting === 0) break;
    complete = search.run(most);
  }
  return { search, impossible, complete };
}

function waysIn({ definition, ways }: Search, targets: readonly Target[]): Paths['ways'] {
  return targets.flatMap((target) => {
    const way = ways.get(target.address);
    return way === undefined ? [] : [{ target, scenario: wayTold(definition.project.id, target, way) }];
  });
}

function wayTold(project: string, target: Target, way: Way): Scenario {
  const what = target.kind === 'state' ? '走到' : '走过';
  return ending(project, `${what} ${target.address}`, stepsTo(way), way.found.session.state);
}

/** A covering path as it was found, and with values at the edges of its fields. */
interface Laid {
  readonly plain: readonly Told[];
  readonly laid: readonly Told[];
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
    if (!asksAny(definition, stepsOf(one.plain), edges.open)) continue;
    for (const plain of [() => one.plain, () => edges.told(freed(one, edges.open))]) {
      const before = edges.done.size;
      const told = plain();
      const laid = edges.laidInto(told);
      if (edges.done.size === before) continue;
      if (tried[0] !== one) tried.unshift(one);
      const last = laid.findLastIndex(({ step }, index) => step !== told[index]?.step);
      const scenario = `边界值 ${more.length + 1}`;
      const shown = stepsOf(laid.slice(0, last + 1));
      const { session } = runScenario(definition, { scenario, project, steps: shown });
      if (session !== null) more.push({ addresses: [], scenario: ending(project, scenario, shown, session.state) });
    }
  }
  return more;
}

/** Whether one of the steps may ask for a form that has such an edge. */
function asksAny(definition: Definition, steps: readonly ScenarioStep[], edges: readonly string[]): boolean {
  const forms = new Set(edges.map((edge) => edge.split('.')[0] as string));
  const asked = formsAsked(definition);
  return steps.some((step) => step.do !== undefined && asked.get(step.do)?.some((form) => forms.has(form)) === true);
}

const asked = new WeakMap<Definition, ReadonlyMap<string, readonly string[]>>();

/** Event -> its own form, and those of the tasks of the states that hear it. */
function formsAsked(definition: Definition): ReadonlyMap<string, readonly string[]> {
  let known = asked.get(definition);
  if (known === undefined) {
    const states = Object.values(definition.chart.states);
    known = new Map(
      Object.entries(definition.declared.events).map(([event, { form }]) => [
        event,
        [
          ...(form === undefined ? [] : [form]),
          ...states.flatMap(({ task, on }) => (on[event] === undefined ? [] : (task?.forms ?? []))),
        ],
      ]),
    );
    asked.set(definition, known);
  }
  return known;
}

/** A path with its edges, without those in the forms that have edges left: other forms keep what shows their fields. */
function freed({ plain, laid }: Laid, left: readonly string[]): readonly ScenarioStep[] {
  const open = new Set(left.map((edge) => edge.split('.')[0] as string));
  return laid.map(({ step }, index) => {
    if (typeof step.fill !== 'object') return step;
    const kept = Object.fromEntries(Object.entries(step.fill).filter(([form]) => !open.has(form)));
    const own = plain[index]?.step.fill;
    return { ...step, fill: { ...kept, ...(typeof own === 'object' ? own : {}) } };
  });
}

function stepsOf(told: readonly Told[]): readonly ScenarioStep[] {
  return told.map(({ step }) => step);
}

/** Ends with where the case stands. */
function ending(project: string, scenario: string, steps: readonly ScenarioStep[], state: CaseState): Scenario {
  return { scenario, project, steps: [...steps, { expect: { at: state.active, over: state.over } }] };
}
