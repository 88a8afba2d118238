import { readFileSync, writeFileSync } from 'node:fs';
import { mutationOf, verdictsOf } from '../../../server/cli/mutation.ts';
import { definitionFiles } from '../../support/definitions.ts';
import { alike, certificateProjects, measure, neighbours, ownTransitions } from './measure.ts';
import {
  coverageTable,
  equivalentTable,
  excludedTable,
  missingTable,
  mutantTable,
  nameOf,
  ownTable,
  type Row,
  survivorTable,
} from './report.ts';

export interface MutantReport {
  readonly projects: readonly { readonly project: string; readonly mutants: number; readonly killed: number }[];
  /** Fewer than 90 % noticed, a survivor without a reason, a reason without a survivor. */
  readonly failures: readonly string[];
}

/** Reasons for mutants that nothing notices, by `nameOf`, written by hand. */
export const reasons = JSON.parse(readFileSync(new URL('./reasons.json', import.meta.url), 'utf8')) as {
  readonly [mutant: string]: string;
};

const enough = 0.9;

/**
 * The mutants of `certificate-new` in its five projects, and what the scenarios show of them and of the neighbours.
 * @param write the file to write the report to; null: none
 */
export async function mutants(seconds: number, write: string | null): Promise<MutantReport> {
  const files = definitionFiles();
  const same = alike(files, certificateProjects);
  const mutating = verdictsOf(files, [...new Set(same.values())], seconds);
  const measured = measure(files, [...certificateProjects, ...neighbours]);
  const verdicts = await mutating;
  const of = (project: string) => {
    const found = measured.get(project);
    if (found === undefined) throw new Error(project);
    return found;
  };
  const rows = certificateProjects.map((project): Row => {
    const { definition, coverage, unreachable } = of(project);
    return {
      coverage,
      mutation: mutationOf(definition, verdicts.get(same.get(project) ?? project) ?? new Map(), unreachable),
    };
  });
  const general = [of('szmg').definition];
  const own = neighbours.map((project) => ({ project, ...ownTransitions(of(project), general) }));
  if (write !== null) writeFileSync(write, document(rows, own));
  return {
    projects: rows.map(({ coverage, mutation: { mutants: all, killed } }) => ({
      project: coverage.project,
      mutants: all,
      killed,
    })),
    failures: failuresOf(rows),
  };
}

function failuresOf(rows: readonly Row[]): readonly string[] {
  const survivors = new Set(rows.flatMap(({ mutation }) => [...mutation.survivors, ...mutation.undecided].map(nameOf)));
  return [
    ...rows
      .filter(({ mutation: { mutants: all, killed } }) => killed < enough * all)
      .map(({ coverage, mutation: { mutants: all, killed } }) => `${coverage.project}: ${killed} of ${all} noticed`),
    ...[...survivors].filter((name) => reasons[name] === undefined).map((name) => `no reason: ${name}`),
    ...Object.keys(reasons)
      .filter((name) => !survivors.has(name))
      .map((name) => `noticed, though a reason says why not: ${name}`),
  ];
}

type Own = Parameters<typeof ownTable>[0];

function document(rows: readonly Row[], own: Own): string {
  const coverages = rows.map(({ coverage }) => coverage);
  const missing = missingTable(coverages);
  return `${[
    '# What the scenarios show',
    '',
    'Written by `npm run campaign -- mutants --write`; `tests/workflows/coverage.test.ts` keeps the coverage from falling and plays a',
    'sample of the mutants. `npx certflow coverage --missing [--mutants] [--project P]` says the same of any project.',
    '',
    '## Coverage of `certificate-new`',
    '',
    'What is counted is the effective workflow of each project: states entered, branches taken, conditions that held and that did not, deadlines',
    'and reminders that fired, answers of calls (late ones too), conditions of form fields both ways (SPEC: COV-1).',
    '',
    ...coverageTable(coverages),
    '',
    ...(missing.length > 2 ? ['Not shown:', '', ...missing, ''] : []),
    '### Not counted',
    '',
    'What no case of a project can show, worked out each time (SPEC: COV-3): the values that the settings leave to the fields in a condition decide',
    'it, or the search of everything that a case may get into does not come to it.',
    '',
    ...excludedTable(coverages),
    '',
    '## Mutants',
    '',
    'One guard dropped or turned round, one timer, branch or word (`prove`, `void`, `count`, `record`, `sign`) taken away at a time. A law notices it,',
    'or something that somebody has written to be so (`expect`, `refused`). A step that is no longer possible, a way that was generated, a golden',
    'trace, a crash of the player: none of these counts (SPEC: COV-2).',
    '',
    ...mutantTable(rows),
    '',
    '### Not noticed',
    '',
    ...survivorTable(rows, reasons),
    '',
    '### Nobody can tell',
    '',
    'The definition does the same with and without it; these are not counted.',
    '',
    ...equivalentTable(rows),
    '',
    '## The neighbours',
    '',
    'Branches that stand in the files of the business itself, or in parts that `certificate-new` does not use.',
    '',
    ...ownTable(own),
  ].join('\n')}\n`;
}
