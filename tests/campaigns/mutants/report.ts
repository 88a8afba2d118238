import { type Coverage, kinds } from '../../../engine/coverage/index.ts';
import type { Listed, Mutation } from '../../../server/cli/mutation.ts';

/** What a project's coverage and mutants came to. */
export interface Row {
  readonly coverage: Coverage;
  readonly mutation: Mutation;
}

/** `covered of total, percent` for each kind of element, one row a project: as in `docs/coverage.md`. */
export function coverageTable(coverages: readonly Coverage[]): readonly string[] {
  return table(
    ['project', 'scenarios', ...kinds],
    coverages.map(({ project, stories, counts }) => [
      `\`${project}\``,
      String(stories),
      ...kinds.map((kind) => part(counts[kind].covered, counts[kind].total)),
    ]),
  );
}

/** Covered and all transitions of their own, one row a neighbour. */
export function ownTable(
  rows: readonly { readonly project: string; readonly covered: number; readonly total: number }[],
) {
  return table(
    ['project', 'own transitions'],
    rows.map(({ project, covered, total }) => [`\`${project}\``, part(covered, total)]),
  );
}

/** What is not counted, each with its reason and the projects. */
export function excludedTable(coverages: readonly Coverage[]): readonly string[] {
  return grouped(
    ['what no case can show', 'why'],
    coverages.flatMap(({ project, counts }) =>
      kinds.flatMap((kind) =>
        counts[kind].excluded.map(({ key, reason }) => ({ project, cells: [`\`${key}\``, plain(reason)] })),
      ),
    ),
  );
}

/** What no scenario shows though a case could. */
export function missingTable(coverages: readonly Coverage[]): readonly string[] {
  return grouped(
    ['what no scenario shows'],
    coverages.flatMap(({ project, counts }) =>
      kinds.flatMap((kind) => counts[kind].missing.map((key) => ({ project, cells: [`\`${key}\``] }))),
    ),
  );
}

export function mutantTable(rows: readonly Row[]): readonly string[] {
  return table(
    ['project', 'mutants', 'noticed', 'by expectations', 'by laws', 'not noticed', 'nobody can tell'],
    rows.map(({ coverage, mutation }) => [
      `\`${coverage.project}\``,
      String(mutation.mutants),
      part(mutation.killed, mutation.mutants),
      String(mutation.by.expectation),
      String(mutation.by.law),
      String(mutation.survivors.length + mutation.undecided.length),
      String(mutation.equivalent.length),
    ]),
  );
}

/** Mutants that nothing notices, each with the reason that somebody gave. */
export function survivorTable(rows: readonly Row[], reasons: { readonly [mutant: string]: string }): readonly string[] {
  return grouped(
    ['not noticed', 'why'],
    rows.flatMap(({ coverage: { project }, mutation }) =>
      [...mutation.survivors, ...mutation.undecided].map((each) => ({
        project,
        cells: [`\`${nameOf(each)}\``, reasons[nameOf(each)] ?? 'no reason is known'],
      })),
    ),
  );
}

export function equivalentTable(rows: readonly Row[]): readonly string[] {
  return grouped(
    ['nobody can tell', 'why'],
    rows.flatMap(({ coverage: { project }, mutation }) =>
      mutation.equivalent.map((each) => ({ project, cells: [`\`${nameOf(each)}\``, plain(each.reason)] })),
    ),
  );
}

export function nameOf({ kind, at, what }: Listed): string {
  return [kind, at, what].filter((part) => part !== '').join(' ');
}

export function part(count: number, total: number): string {
  const share = total === 0 ? 100 : Math.floor((1000 * count) / total) / 10;
  return `${count} of ${total}, ${share.toFixed(1)} %`;
}

/** How many states were looked at changes with every state that is added: the reason stays. */
function plain(reason: string): string {
  return reason.replace(/: all \d+ states of (.*) were looked at/, ': every state of $1 was looked at');
}

/** The same line in several projects is one line. */
function grouped(
  head: readonly string[],
  lines: readonly { readonly project: string; readonly cells: readonly string[] }[],
): readonly string[] {
  const by = new Map<string, { readonly cells: readonly string[]; readonly projects: string[] }>();
  for (const { project, cells } of lines) {
    const key = cells.join('\n');
    const known = by.get(key) ?? { cells, projects: [] };
    known.projects.push(project);
    by.set(key, known);
  }
  return table(
    [...head, 'projects'],
    [...by.values()].map(({ cells, projects }) => [...cells, projects.join(', ')]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const escaped = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(3, ...escaped.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...others] = escaped;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)];
}
