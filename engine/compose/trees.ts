import type { MapNode } from '../read/index.ts';

/** What a definition was put together of, and what came of it before anything is folded: located data. */
export interface Trees {
  readonly project: MapNode;
  /** The workflow with its fragments, without the project. */
  readonly base: MapNode;
  /** The same with the project's changes and laws. */
  readonly workflow: MapNode;
  /** States that a change of the project takes out of it. */
  readonly removals: readonly string[];
  /** Schema of the settings. */
  readonly settings: MapNode | null;
}
