import { type Coverage, coverageOf, kinds, type PlayedStory, playAll, shownBy } from '../../engine/coverage/index.ts';
import { type Definition, projectsOf, readScenario } from '../../engine/index.ts';
import { pathsTo, scenarioText } from '../../engine/paths/index.ts';
import { targetsOf } from '../../engine/paths/targets.ts';
import type { StoryFile } from './worker/messages.ts';

/** What the scenarios of a project show of it, for its diagram. */
export interface ShownReport {
  readonly coverage: Coverage;
  /** Addresses of states that some scenario entered. */
  readonly entered: readonly string[];
  /** Scenarios of the project that do not pass: they show nothing. */
  readonly failing: readonly string[];
}

/** Plays the project's scenarios and counts, element by element. @param played told after each scenario */
export function shownReport(
  definition: Definition,
  stories: readonly StoryFile[],
  played: (done: number, of: number) => void,
): ShownReport {
  const own = stories.flatMap(({ path, text }) => {
    const { scenario } = readScenario(path, text);
    return scenario && projectsOf(scenario).includes(definition.project.id) ? [{ path, scenario }] : [];
  });
  const passed: PlayedStory[] = [];
  const failing: string[] = [];
  for (const [done, { path, scenario }] of own.entries()) {
    try {
      passed.push(...playAll(definition, [scenario]));
    } catch {
      failing.push(path);
    }
    played(done + 1, own.length);
  }
  const coverage = coverageOf(definition, passed);
  const shown = shownBy(passed);
  const entered = Object.keys(definition.chart.states).filter((address) => shown.has(`entered ${address}`));
  return { coverage, entered, failing };
}

/** The state, or the branch, that a missing element is about: where its mark stands, and what a path may be looked for to. */
export function placeOf(
  definition: Definition,
  key: string,
): { readonly state: string; readonly target: string | null } {
  const targets = targetsOf(definition);
  const answered = / of (\S+)$/.exec(key);
  const address = answered?.[1] ?? key.slice(key.indexOf(' ') + 1).split('|')[0] ?? '';
  const state = targets.find((target) => target.address === address)?.state ?? address;
  // That a condition does not hold, or a field of a form is not asked, is no place that one can be taken to.
  if (!/^(entered|took|true) /.test(key) && answered === null) return { state, target: null };
  if (answered === null || key.startsWith('late ')) return { state, target: answered === null ? address : null };
  const outcome = key.slice(0, key.indexOf(' '));
  const branch = targets.find((one) => one.state === address && one.address.startsWith(`${address}.on.${outcome}`));
  return { state, target: branch?.address ?? null };
}

/** A scenario that shows what none shows: the shortest path that the search finds, as a file. Null where it finds none. */
export function missingScenario(definition: Definition, target: string): string | null {
  const [way] = pathsTo(definition, new Set([target]));
  return way === undefined ? null : scenarioText(way.scenario);
}

/** How many elements are missing at each state, for the diagram. */
export function gapsOf(definition: Definition, coverage: Coverage): ReadonlyMap<string, number> {
  const gaps = new Map<string, number>();
  for (const kind of kinds)
    for (const key of coverage.counts[kind].missing) {
      const { state } = placeOf(definition, key);
      if (definition.chart.states[state] !== undefined) gaps.set(state, (gaps.get(state) ?? 0) + 1);
    }
  return gaps;
}
