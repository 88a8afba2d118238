import { type Coverage, coverageOf, kinds, type PlayedStory, playAll, shownBy } from '../../engine/coverage/index.ts';
import { type Definition, projectsOf, readScenario } from '../../engine/index.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { placeOfElement, type Showing, scenarioShowing } from '../../engine/paths/showing.ts';
import type { StoryFile } from './worker/messages.ts';

/** What the scenarios of a project show of it, for its diagram. */
export interface ShownReport {
  readonly coverage: Coverage;
  /** Addresses of states that some scenario entered. */
  readonly entered: readonly string[];
  /** Scenarios of the project that do not pass: they show nothing. */
  readonly failing: readonly string[];
}

/** Plays those of the stories that name the project. @param played told after each */
export function playedOf(
  definition: Definition,
  stories: readonly StoryFile[],
  played: (done: number, of: number) => void,
): { readonly passed: readonly PlayedStory[]; readonly failing: readonly string[] } {
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
  return { passed, failing };
}

/** Plays the project's scenarios and counts, element by element. @param played told after each scenario */
export function shownReport(
  definition: Definition,
  stories: readonly StoryFile[],
  played: (done: number, of: number) => void,
): ShownReport {
  const { passed, failing } = playedOf(definition, stories, played);
  const coverage = coverageOf(definition, passed);
  const shown = shownBy(passed);
  const entered = Object.keys(definition.chart.states).filter((address) => shown.has(`entered ${address}`));
  return { coverage, entered, failing };
}

/** The state that a missing element is about, or in which its form is asked for: where its mark stands. */
export function placeOf(definition: Definition, key: string): string {
  const { state, near } = placeOfElement(definition, key);
  return state === '' ? (near[0] ?? '') : state;
}

/** A scenario that shows what none shows, as a file; or how many were tried. @param tried told of each of them */
export function missingScenario(definition: Definition, key: string, tried?: (count: number) => void): Written {
  return written(scenarioShowing(definition, key, tried));
}

export type Written =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'none'; readonly tried: number };

export function written(showing: Showing): Written {
  return showing.kind === 'none' ? showing : { kind: 'found', text: scenarioText(showing.scenario) };
}

/** How many elements are missing at each state, for the diagram. */
export function gapsOf(definition: Definition, coverage: Coverage): ReadonlyMap<string, number> {
  const gaps = new Map<string, number>();
  for (const kind of kinds)
    for (const key of coverage.counts[kind].missing) {
      const state = placeOf(definition, key);
      if (definition.chart.states[state] !== undefined) gaps.set(state, (gaps.get(state) ?? 0) + 1);
    }
  return gaps;
}
