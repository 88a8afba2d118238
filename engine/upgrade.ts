import { compose } from './compose/index.ts';
import type { Files } from './model/definition.ts';
import type { Issue } from './model/issue.ts';
import { type Bundle, hasErrors, readBundle, type Source } from './read/bundle.ts';
import { canonical, get, issueAt, plain, readText, sortIssues } from './read/index.ts';
import { rewritesOf } from './read/upgrade/index.ts';
import { language } from './read/upgrade/language.ts';
import { rewriteText } from './read/upgrade/rewrite-text.ts';

export interface Upgraded {
  /** Only the files that change, with their new text. */
  readonly files: Files;
  /** What could not be upgraded, and where. */
  readonly issues: readonly Issue[];
}

/**
 * The files in the newest version of the language. Comments, order and layout stay; a file that cannot be said anew whole
 * is left as it is and told. A project's changes name their base by its hash (`was`): where a change agreed with its base
 * before, it is made to agree with the base as it reads now. Doing it again changes nothing.
 *
 * @param chosen tells which files may be changed; the others are only looked at
 */
export function upgradeFiles(files: Files, chosen: (path: string) => boolean = () => true): Upgraded {
  const before = readBundle(files);
  const changed: { [path: string]: string } = {};
  const issues: Issue[] = [];
  for (const source of before.sources) {
    if (!chosen(source.path) || !needsUpgrade(source)) continue;
    const found = upgradeText(source, files[source.path]!);
    if (typeof found === 'string') changed[source.path] = found;
    else issues.push(...found);
  }
  issues.push(...rebase(before, files, changed, chosen));
  return { files: changed, issues: sortIssues(issues) };
}

function needsUpgrade(source: Source): boolean {
  return source.language === null ? hasErrors(source.issues) : source.language < language;
}

/** The new text, or why there is none. */
function upgradeText(source: Source, before: string): string | readonly Issue[] {
  // A word of a newer version in an older file is right once the file says so.
  const wrong = [...source.issues, ...source.stuck].filter(
    (issue) => issue.severity === 'error' && issue.code !== 'language-needed',
  );
  if (wrong.length > 0) return wrong;
  if (source.written?.kind !== 'map' || source.node === null) return [];
  let text: string | null = before;
  for (const rewrites of rewritesOf(source.kind, source.written)) {
    text = text === null ? null : rewriteText(text, rewrites);
  }
  const after = text === null ? null : readText(source.path, text).node;
  // The text must read as the engine reads the old one: whatever the layout was, nothing is written that does not.
  if (text === null || after === null || canonical(plain(after)) !== canonical(plain(source.node)))
    return [issueAt(source.node.origin, 'language-by-hand', { rule: '这种排版不能自动改写' })];
  return text;
}

/** Brings `was` up to date in `changed`, for changes that agreed with their base until now. */
function rebase(
  before: Bundle,
  files: Files,
  changed: { [path: string]: string },
  chosen: (path: string) => boolean,
): readonly Issue[] {
  const issues: Issue[] = [];
  for (const project of before.sources) {
    if (project.kind !== 'project' || get(project.node ?? undefined, 'changes') === undefined) continue;
    const known = new Set(conflicts(before, project).map((issue) => issue.path));
    // One that agrees again may bring the next one to light.
    for (let round = 0; round < 200; round++) {
      const fresh = conflicts(readBundle({ ...files, ...changed }), project).filter(({ path }) => !known.has(path));
      const [first] = fresh;
      if (first?.path === undefined || first.proposal === undefined) break;
      const rewrite = { kind: 'replace', path: [...first.path.split('.'), 'was'], by: first.proposal } as const;
      const text = chosen(project.path) ? rewriteText(changed[project.path] ?? files[project.path]!, [rewrite]) : null;
      if (text === null) {
        issues.push(...fresh);
        break;
      }
      changed[project.path] = text;
    }
  }
  return issues;
}

function conflicts(bundle: Bundle, project: Source): readonly Issue[] {
  return compose(bundle, project.id).issues.filter((issue) => issue.code === 'change-conflict');
}
