import type { Definition } from '../model/definition.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { type ElementKind, elementsOf, kinds } from './elements.ts';
import { type PlayedStory, Player } from './play.ts';
import { type Unreachable, unreachableIn } from './unreachable.ts';

export interface Coverage {
  readonly project: string;
  readonly stories: number;
  readonly counts: { readonly [kind in ElementKind]: Count };
}

export interface Count {
  readonly covered: number;
  /** Without what is excluded. */
  readonly total: number;
  /** Keys of the elements that no story shows. */
  readonly missing: readonly string[];
  /** Elements that no case of this project can show, and why. */
  readonly excluded: readonly Excluded[];
}

export interface Excluded {
  readonly key: string;
  readonly reason: string;
}

/** Plays stories of one project. @throws when one does not pass */
export function playAll(definition: Definition, scenarios: readonly Scenario[]): readonly PlayedStory[] {
  const player = new Player(definition);
  return scenarios.map((scenario) => player.play(scenario));
}

/** Keys of the elements that the stories show. */
export function shownBy(stories: readonly PlayedStory[]): ReadonlySet<string> {
  return new Set(stories.flatMap((story) => story.steps.flatMap((step) => [...step.seen])));
}

/**
 * What the played stories show of a project's effective definition, and what they do not. [COV-1]
 * @param unreachable what no case can show: worked out where it is not known already
 */
export function coverageOf(
  definition: Definition,
  stories: readonly PlayedStory[],
  unreachable: Unreachable = unreachableIn(definition, shownBy(stories)),
): Coverage {
  const shown = shownBy(stories);
  const elements = elementsOf(definition);
  const countOf = (kind: ElementKind): Count => {
    const keys = elements.filter((each) => each.kind === kind).map((each) => each.key);
    const excluded = keys.flatMap((key) => {
      const reason = unreachable.get(key);
      return reason === undefined || shown.has(key) ? [] : [{ key, reason }];
    });
    const without = new Set(excluded.map(({ key }) => key));
    const missing = keys.filter((key) => !shown.has(key) && !without.has(key));
    const total = keys.length - excluded.length;
    return { covered: total - missing.length, total, missing, excluded };
  };
  const counts = Object.fromEntries(kinds.map((kind) => [kind, countOf(kind)])) as Coverage['counts'];
  return { project: definition.project.id, stories: stories.length, counts };
}
