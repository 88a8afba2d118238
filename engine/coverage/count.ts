import type { Definition } from '../model/definition.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { type ElementKind, elementsOf, kinds } from './elements.ts';
import { type PlayedStory, Player } from './play.ts';

export interface Coverage {
  readonly project: string;
  readonly stories: number;
  readonly counts: { readonly [kind in ElementKind]: Count };
}

export interface Count {
  readonly covered: number;
  readonly total: number;
  /** Keys of the elements that no story shows. */
  readonly missing: readonly string[];
}

/** Plays stories of one project. @throws when one does not pass */
export function playAll(definition: Definition, scenarios: readonly Scenario[]): readonly PlayedStory[] {
  const player = new Player(definition);
  return scenarios.map((scenario) => player.play(scenario));
}

/** What the played stories show of a project's effective definition, and what they do not. [COV-1] */
export function coverageOf(definition: Definition, stories: readonly PlayedStory[]): Coverage {
  const seen = new Set(stories.flatMap((story) => story.steps.flatMap((step) => [...step.seen])));
  const elements = elementsOf(definition);
  const countOf = (kind: ElementKind): Count => {
    const keys = elements.filter((each) => each.kind === kind).map((each) => each.key);
    const missing = keys.filter((key) => !seen.has(key));
    return { covered: keys.length - missing.length, total: keys.length, missing };
  };
  const counts = Object.fromEntries(kinds.map((kind) => [kind, countOf(kind)])) as Coverage['counts'];
  return { project: definition.project.id, stories: stories.length, counts };
}
