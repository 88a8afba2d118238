import { checkBundle, checkComposition } from './check/index.ts';
import { compile } from './compile/index.ts';
import { type Composition, compose } from './compose/index.ts';
import type { Composed } from './model/composed.ts';
import type { Definition, Files } from './model/definition.ts';
import type { Issue } from './model/issue.ts';
import { type Bundle, hasErrors, readBundle } from './read/bundle.ts';
import { issueAt, sortIssues } from './read/index.ts';

export interface Loaded {
  /** Null when there is an error. */
  readonly definition: Definition | null;
  /** In the order of files and lines. Warnings do not keep a definition from being used. */
  readonly issues: readonly Issue[];
}

export interface LoadedAll {
  /** Projects without errors. */
  readonly projects: { readonly [project: string]: Definition };
  /** Issues of every file, used or not. */
  readonly issues: readonly Issue[];
}

/**
 * Files -> one project's effective definition: read, composed, checked, compiled. Never throws for bad input.
 * Issues are those of the files that the project uses.
 */
export function load(files: Files, projectId: string): Loaded {
  return loadFrom(readBundle(files), projectId);
}

/**
 * Files that were published: read, composed and compiled. The rules are not asked again, they were when it was published;
 * one that came later must not keep running cases from running.
 */
export function loadReleased(files: Files, projectId: string): Loaded {
  return loadFrom(readBundle(files), projectId, [], () => []);
}

/** A definition without its machine: plain data. What is kept of it as JSON text comes back by `recompile`. */
export function composedOf({ machine: _machine, ...composed }: Definition): Composed {
  return composed;
}

/** The definition that was composed and checked before, by this very engine. */
export function recompile(composed: Composed): Definition {
  return compile(composed);
}

/** Every project, and the issues of all files. */
export function loadAll(files: Files): LoadedAll {
  const bundle = readBundle(files);
  const issues: Issue[] = [...bundle.issues];
  for (const source of bundle.sources) issues.push(...source.issues);
  const projects: { [project: string]: Definition } = {};
  const compositions: Composition[] = [];
  for (const source of bundle.sources) {
    if (source.kind !== 'project') continue;
    const loaded = loadFrom(bundle, source.id, compositions);
    issues.push(...loaded.issues);
    if (loaded.definition !== null) projects[source.id] = loaded.definition;
  }
  issues.push(...checkBundle(bundle, compositions));
  return { projects, issues: sortIssues(issues) };
}

function loadFrom(
  bundle: Bundle,
  projectId: string,
  compositions: Composition[] = [],
  rules: typeof checkComposition = checkComposition,
): Loaded {
  const { composition, issues } = compose(bundle, projectId);
  if (composition === null) return { definition: null, issues: sortIssues(issues) };
  compositions.push(composition);
  const all: Issue[] = [...issues];
  try {
    all.push(...rules(composition, issues));
    if (hasErrors(all)) return { definition: null, issues: sortIssues(all) };
    return { definition: compile(composition.composed), issues: sortIssues(all) };
  } catch (error) {
    // A rule that throws, or what the rules let through and the compiler refuses, is our mistake: told, no crash.
    const origin = { file: composition.workflowFile, line: 1, column: 1 };
    const reason = error instanceof Error ? error.message : String(error);
    all.push(issueAt(origin, 'not-compiled', { project: projectId, reason }));
    return { definition: null, issues: sortIssues(all) };
  }
}
