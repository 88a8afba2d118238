import type { StudioDifference } from '../../engine/contract/impact.ts';
import type { RefusedBy, Verdict } from '../../engine/contract/verdict.ts';
import { diff } from '../../engine/diff/index.ts';
import { loadReleased } from '../../engine/load.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { type Member, type Members, prove, proveMembers, type Told, tell } from '../../engine/prove/index.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { runScenario } from '../../engine/simulate/index.ts';
import { storiesOf } from '../cli/stories.ts';
import { isKept } from '../releases/kept-scenarios.ts';
import { momentsOf } from './moments.ts';

/** Some combinations of settings of a workflow. */
export interface MembersJob {
  readonly kind: 'members';
  readonly files: Files;
  readonly workflow: string;
  readonly members: readonly Member[];
  readonly limit?: number;
}

/** A project that is to be published. */
export interface ReleaseJob {
  readonly kind: 'release';
  /** What passed the checks. */
  readonly files: Files;
  readonly project: string;
  /** Files of scenarios, of any project. */
  readonly scenarios: Files;
}

/** Two texts of a project that are to be compared. */
export interface DifferenceJob {
  readonly kind: 'difference';
  readonly project: string;
  readonly before: Files;
  readonly after: Files;
}

export type Job = MembersJob | ReleaseJob | DifferenceJob;

export type Result<J extends Job> = J extends MembersJob
  ? Members
  : J extends DifferenceJob
    ? readonly StudioDifference[]
    : Verdict;

/** Does a job, in the process that calls it. */
export function work(job: Job): Members | Verdict | readonly StudioDifference[] {
  if (job.kind === 'release') return judge(job);
  if (job.kind === 'difference') return compare(job);
  const { files, workflow, members, limit } = job;
  return proveMembers(files, workflow, members, limit === undefined ? {} : { limit });
}

function compare({ project, before, after }: DifferenceJob): readonly StudioDifference[] {
  const [one, two] = [loadReleased(before, project).definition, loadReleased(after, project).definition];
  if (one === null || two === null) throw new Error(`${project} does not load`);
  return diff(one, two).map(({ difference, witness, impossible }) => {
    return {
      ...difference,
      title: titleOf([two, one], difference.address),
      witness: witness && { ...witness, scenario: scenarioText(witness.scenario) },
      impossible,
    };
  });
}

/** Of a state its title; of what stands below it, that of the state and, where it is one, of the event. */
function titleOf(definitions: readonly Definition[], address: string): string {
  const parts = address.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const path = parts.slice(0, length).join('.');
    const has = definitions.find(({ chart }) => chart.states[path] !== undefined);
    if (has === undefined) continue;
    const event = parts.slice(length).flatMap((part) => has.declared.events[part]?.title ?? []);
    return [has.chart.states[path]?.title, ...event].join('：');
  }
  return address;
}

function judge({ files, project, scenarios }: ReleaseJob): Verdict {
  const { definition } = loadReleased(files, project);
  if (definition === null) throw new Error(`${project} does not load`);
  const { violations, undecided, unfinished } = prove(definition);
  // What is refused anyway is told at once.
  const stories = violations.length > 0 ? [] : storiesOf(readBundle({ ...files, ...scenarios }), [], project);
  return {
    violations: violations.map((violation) => shown(definition, tell(definition, violation))),
    unfinished,
    undecided: undecided.map(({ law, reason }) => ({ title: definition.declared.laws[law]?.title ?? law, reason })),
    scenarios: stories.flatMap(({ path, scenario }) => {
      const result = runScenario(definition, scenario);
      const { failure } = result;
      if (failure === null) return [];
      const told = { path, title: scenario.scenario, ...failure, step: failure.step + 1 };
      return [{ ...told, moments: momentsOf(definition, scenario.steps, result), kept: isKept(path) }];
    }),
  };
}

function shown(definition: Definition, { message, english, scenario, played }: Told): RefusedBy {
  const moments = momentsOf(definition, scenario.steps, runScenario(definition, scenario));
  return { message, english, scenario: scenarioText(scenario), played, moments };
}
