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

export interface Inspected {
  /** What was put together, also of a definition with errors; null when a file that it needs is missing or unreadable. */
  readonly composition: Composition | null;
  readonly issues: readonly Issue[];
}

/**
 * `load` for whoever writes a definition and wants to know at every keystroke what is wrong with it: the same checks, and
 * what it was put together of for proposals and explanations. It is not compiled: nobody runs it, and what the rules let
 * through compiles.
 */
export function inspect(files: Files, projectId: string): Inspected {
  const { composition, issues } = compose(readBundle(files), projectId);
  const all = composition === null ? issues : checked(composition, projectId, issues, checkComposition);
  return { composition, issues: sortIssues(all) };
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
  const all = checked(composition, projectId, issues, rules);
  if (hasErrors(all)) return { definition: null, issues: sortIssues(all) };
  try {
    return { definition: compile(composition.composed), issues: sortIssues(all) };
  } catch (error) {
    return { definition: null, issues: sortIssues([...all, notCompiled(composition, projectId, error)]) };
  }
}

/** What was found while it was put together, and what the rules find. */
function checked(
  composition: Composition,
  projectId: string,
  issues: readonly Issue[],
  rules: typeof checkComposition,
): readonly Issue[] {
  try {
    return [...issues, ...rules(composition, [...issues])];
  } catch (error) {
    return [...issues, notCompiled(composition, projectId, error)];
  }
}

/** A rule that throws, or what the rules let through and the compiler refuses, is our mistake: told, no crash. */
function notCompiled({ workflowFile }: Composition, projectId: string, error: unknown): Issue {
  const origin = { file: workflowFile, line: 1, column: 1 };
  const reason = error instanceof Error ? error.message : String(error);
  return issueAt(origin, 'not-compiled', { project: projectId, reason });
}
