import type { Definition } from '../model/definition.ts';
import type { PathsOptions, Scenario } from '../paths/index.ts';
import { type Expectation, runScenario, type ScenarioStep, type Session } from '../simulate/index.ts';

/** A path that passes in one definition and goes otherwise in the other. */
export interface Witness {
  readonly passesIn: 'before' | 'after';
  readonly scenario: Scenario;
  /** Where the other one goes otherwise: step, counted from 1, and what was found there. */
  readonly step: number;
  readonly found: string;
  /** The same in English. */
  readonly english: string;
}

export interface WitnessOptions extends PathsOptions {
  /** What is not found near the chart's own ways is looked for in a search through everything. */
  readonly thorough?: boolean;
}

/** The path as a witness, when the other definition goes otherwise on it. [DIF-2] */
export function witnessOf(
  passesIn: Witness['passesIn'],
  definition: Definition,
  other: Definition,
  address: string,
  steps: readonly ScenarioStep[],
): Witness | null {
  const scenario: Scenario = {
    scenario: address,
    project: definition.project.id,
    steps: refusing(definition, address, steps),
  };
  const { passed, session } = runScenario(definition, scenario);
  if (!passed || session === null) return null;
  const otherwise = runScenario(other, scenario);
  const expect = expectationOf(session, otherwise.failure === null ? otherwise.session : null);
  const ended = { ...scenario, steps: [...scenario.steps, { expect }] };
  // Where the other one has failed before its end, the end is only where the case stands.
  const failure = otherwise.failure ?? runScenario(other, ended).failure;
  if (failure === null) return null;
  if (otherwise.failure === null && !runScenario(definition, ended).passed) return null;
  return { passesIn, scenario: ended, step: failure.step + 1, found: failure.found, english: failure.english.found };
}

/** A refusal is refused for this reason. */
function refusing({ chart }: Definition, address: string, steps: readonly ScenarioStep[]): readonly ScenarioStep[] {
  const last = steps.at(-1);
  if (last?.refused === undefined) return steps;
  const branches = Object.values(chart.states).flatMap(({ on }) => on[last.refused ?? '']?.branches ?? []);
  const text = branches.find((branch) => branch.address === address)?.refuse ?? '';
  const why = text.split('{')[0] ?? '';
  return why === '' ? steps : [...steps.slice(0, -1), { ...last, why }];
}

/** Where the case stands, and what else is not as in the other one. */
function expectationOf({ definition, state, notices }: Session, other: Session | null): Expectation {
  const where: Expectation = { at: state.active, over: state.over };
  if (other === null) return where;
  const { declared } = definition;
  const has = Object.keys(state.facts).filter((fact) => other.state.facts[fact] === undefined);
  const not = Object.keys(other.state.facts).filter(
    (fact) => state.facts[fact] === undefined && declared.facts[fact] !== undefined,
  );
  const records = Object.keys(declared.records).filter(
    (name) => (state.records[name] ?? []).length !== (other.state.records[name] ?? []).length,
  );
  const said = (of: readonly { readonly notice: string }[]) => new Set(of.map(({ notice }) => notice));
  const notified = [...said(notices)].filter((notice) => !said(other.notices).has(notice));
  return {
    ...where,
    ...(has.length + not.length === 0 ? {} : { facts: { has, not } }),
    ...(records.length === 0
      ? {}
      : { records: Object.fromEntries(records.map((name) => [name, (state.records[name] ?? []).length])) }),
    ...(notified.length === 0 ? {} : { notified }),
  };
}
