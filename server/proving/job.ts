import type { RefusedBy, Verdict } from '../../engine/contract/verdict.ts';
import { loadReleased } from '../../engine/load.ts';
import type { Files } from '../../engine/model/definition.ts';
import { scenarioText } from '../../engine/paths/index.ts';
import { type Member, type Members, prove, proveMembers, type Told, tell } from '../../engine/prove/index.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { runScenario } from '../../engine/simulate/index.ts';
import { storiesOf } from '../cli/stories.ts';

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

export type Job = MembersJob | ReleaseJob;

export type Result<J extends Job> = J extends MembersJob ? Members : Verdict;

/** Does a job, in the process that calls it. */
export function work(job: Job): Members | Verdict {
  if (job.kind === 'release') return judge(job);
  const { files, workflow, members, limit } = job;
  return proveMembers(files, workflow, members, limit === undefined ? {} : { limit });
}

function judge({ files, project, scenarios }: ReleaseJob): Verdict {
  const { definition } = loadReleased(files, project);
  if (definition === null) throw new Error(`${project} does not load`);
  const { violations, undecided, unfinished } = prove(definition);
  // What is refused anyway is told at once.
  const stories = violations.length > 0 ? [] : storiesOf(readBundle({ ...files, ...scenarios }), [], project);
  return {
    violations: violations.map((violation) => shown(tell(definition, violation))),
    unfinished,
    undecided: undecided.map(({ law, reason }) => ({ title: definition.declared.laws[law]?.title ?? law, reason })),
    scenarios: stories.flatMap(({ path, scenario }) => {
      const { failure } = runScenario(definition, scenario);
      if (failure === null) return [];
      return [{ path, title: scenario.scenario, ...failure, step: failure.step + 1 }];
    }),
  };
}

function shown({ message, english, scenario, played }: Told): RefusedBy {
  return { message, english, scenario: scenarioText(scenario), played };
}
