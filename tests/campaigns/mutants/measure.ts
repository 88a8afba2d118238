import { branchesOf, took } from '../../../engine/coverage/elements.ts';
import {
  type Coverage,
  coverageOf,
  type PlayedStory,
  playAll,
  shownBy,
  type Unreachable,
  unreachableIn,
} from '../../../engine/coverage/index.ts';
import { loadAll } from '../../../engine/index.ts';
import type { Definition, Files } from '../../../engine/model/definition.ts';
import { readBundle } from '../../../engine/read/bundle.ts';
import type { Scenario } from '../../../engine/simulate/index.ts';
import { storiesOf } from '../../../server/cli/stories.ts';

/** The projects whose `certificate-new` is measured in full. */
export const certificateProjects = ['szmg', 'inner-mongolia', 'weigu', 'everbright', 'shenzhen-construction'] as const;

/** The projects of the neighbouring businesses: what is their own is measured. */
export const neighbours = [
  'szmg-renew',
  'szmg-change',
  'szmg-unlock',
  'szmg-reissue',
  'szmg-revoke',
  'szmg-auth',
] as const;

export interface Measured {
  readonly definition: Definition;
  readonly played: readonly PlayedStory[];
  readonly unreachable: Unreachable;
  readonly coverage: Coverage;
}

/** Plays the stories of each project and counts. Projects that differ in names only are counted once. */
export function measure(files: Files, projects: readonly string[]): ReadonlyMap<string, Measured> {
  const { projects: definitions } = loadAll(files);
  const bundle = readBundle(files);
  const known = new Map<string, Measured>();
  return new Map(
    projects.map((project) => {
      const definition = definitions[project];
      if (definition === undefined) throw new Error(`${project} has errors`);
      const scenarios = storiesOf(bundle, [], project).map((story) => story.scenario);
      const key = sameness(definition, scenarios);
      const same = known.get(key) ?? measured(definition, scenarios);
      known.set(key, same);
      return [project, { ...same, definition, coverage: { ...same.coverage, project } }];
    }),
  );
}

function measured(definition: Definition, scenarios: readonly Scenario[]): Measured {
  const played = playAll(definition, scenarios);
  const unreachable = unreachableIn(definition, shownBy(played));
  return { definition, played, unreachable, coverage: coverageOf(definition, played, unreachable) };
}

/** Project -> the first of them that does the same: what is found out about that one holds for it, too. */
export function alike(files: Files, projects: readonly string[]): ReadonlyMap<string, string> {
  const { projects: definitions } = loadAll(files);
  const bundle = readBundle(files);
  const first = new Map<string, string>();
  return new Map(
    projects.map((project) => {
      const definition = definitions[project];
      if (definition === undefined) throw new Error(`${project} has errors`);
      const scenarios = storiesOf(bundle, [], project).map((story) => story.scenario);
      const key = sameness(definition, scenarios);
      if (!first.has(key)) first.set(key, project);
      return [project, first.get(key) as string];
    }),
  );
}

/** Everything that decides what stories do; names of projects in texts, and where it is written, do not. */
function sameness(definition: Definition, scenarios: readonly Scenario[]): string {
  const { chart, settings, forms, declared, connectors, calendar } = definition;
  const { applicationName, smsName, ...deciding } = settings;
  const text = { chart, deciding, forms, laws: Object.keys(declared.laws).length, connectors, calendar, scenarios };
  return JSON.stringify(text, (name, value) => (name === 'origin' ? undefined : value));
}

/** Branches of a definition that stand in files which `others` do not use: covered, and all. */
export function ownTransitions({ definition, coverage }: Measured, others: readonly Definition[]) {
  const shared = new Set(others.flatMap((other) => branches(other).map(({ origin }) => origin.file)));
  const without = new Set([
    ...coverage.counts.transitions.missing,
    ...coverage.counts.transitions.excluded.map(({ key }) => key),
  ]);
  const excluded = new Set(coverage.counts.transitions.excluded.map(({ key }) => key));
  const own = branches(definition)
    .filter(({ origin }) => !shared.has(origin.file))
    .map(({ address }) => took(address))
    .filter((key) => !excluded.has(key));
  const missing = own.filter((key) => without.has(key));
  return { covered: own.length - missing.length, total: own.length, missing };
}

function branches({ chart }: Definition) {
  return Object.values(chart.states).flatMap((state) => [...branchesOf(state), ...state.obligations]);
}
