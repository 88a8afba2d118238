import type { Definition, Files } from '../../engine/model/definition.ts';
import type { Issue } from '../../engine/model/issue.ts';

/** The engine's loader as the releases use it; tests put a smaller one in its place. */
export interface Loader {
  /** What was published before: no rule is asked again. */
  loadReleased(
    files: Files,
    project: string,
  ): { readonly definition: Definition | null; readonly issues: readonly Issue[] };
  load(files: Files, project: string): { readonly definition: Definition | null; readonly issues: readonly Issue[] };
  /** `load` for the files of the program, most of which it has met at an earlier start; `load` itself where it is missing. */
  readonly loadSeed?: Loader['load'];
}
