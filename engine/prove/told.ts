import { type Said, said } from '../errors/index.ts';
import { concrete } from '../explore/concrete.ts';
import type { Definition } from '../model/definition.ts';
import { runScenario, type Scenario, type ScenarioStep, type SimulationOptions } from '../simulate/index.ts';
import { type Avoided, avoidingAlso } from './avoided.ts';
import type { Violation, ViolationKind } from './violation.ts';

/** A violation as a scenario that the production interpreter has played. */
export interface Told {
  readonly kind: ViolationKind;
  readonly name: string;
  /** Active leaves where it ends. */
  readonly at: readonly string[];
  /** What is wrong, in a sentence. */
  readonly message: string;
  readonly english: string;
  readonly scenario: Scenario;
  /**
   * The scenario goes this way with real data and ends in what is wrong. False: no data was found with which a case goes
   * this way; the scenario is as far as it was made, and the violation is a suspicion. [PRV-6]
   */
  readonly played: boolean;
}

/** Ways to one violation that are tried before it stays a suspicion. */
const mostWays = 12;

/**
 * Makes a violation into a scenario, and plays it. When it does not play, because a step of its way cannot be made with
 * data or leads elsewhere, the way is taken for one that no case goes, and the next shortest without that step is tried.
 * [PRV-6]
 */
export function tell(definition: Definition, violation: Violation, options: SimulationOptions = {}): Told {
  const first = tellWay(definition, violation, options);
  let avoided: Avoided = { steps: new Set(), answers: new Set() };
  let tried = first;
  for (let ways = 1; !tried.told.played && tried.failed !== null && ways < mostWays; ways++) {
    avoided = avoidingAlso(avoided, definition, tried.session, tried.failed);
    const other = violation.another(avoided);
    if (other === null) break;
    tried = tellWay(definition, other, options);
  }
  return tried.told.played ? tried.told : first.told;
}

/** @returns also how far it was played, and the step that could not be made */
function tellWay(definition: Definition, violation: Violation, options: SimulationOptions) {
  const { kind, name, at, way, last } = violation;
  const { zh: message, en: english } = messageOf(definition, violation);
  const { session, steps: played, made } = concrete(definition, violation.space, violation, options);
  const steps = [...way, ...(last === null ? [] : [last])];
  const ending: ScenarioStep = { expect: { at: session.state.active, over: session.state.over } };
  const scenario: Scenario = {
    scenario: message,
    project: definition.project.id,
    steps: incidentOf(violation) === null ? [...played, ending] : played,
  };
  const whole = made === steps.length && shows(definition, violation, scenario, options);
  const told: Told = { kind, name, at, message, english, scenario, played: whole };
  return { told, session, failed: steps[Math.min(made, steps.length - 1)] ?? null };
}

/** Whether the scenario, played from its beginning, ends in what the violation says. */
function shows(definition: Definition, violation: Violation, scenario: Scenario, options: SimulationOptions): boolean {
  const result = runScenario(definition, scenario, options);
  const incident = incidentOf(violation);
  if (violation.kind === 'follower') {
    // Its region has to stand where it stood.
    const region = violation.name.slice(violation.name.indexOf(':') + 1);
    const stood = violation.at.filter((leaf) => leaf === region || leaf.startsWith(`${region}.`));
    return result.passed && stood.every((leaf) => result.session?.state.active.includes(leaf) === true);
  }
  if (incident === null) return result.passed;
  return result.failure?.step === scenario.steps.length - 1 && result.session?.incidents.includes(incident) === true;
}

/** What the interpreter itself notes when it happens; null where only the search can say it. */
function incidentOf({ kind, name }: Violation): string | null {
  return kind === 'law' || kind === 'unheard' ? `${kind}:${name}` : null;
}

function messageOf(definition: Definition, { kind, name, at }: Violation): Said {
  const [event, region] = name.split(':');
  const place = { zh: at.join('、'), en: at.join(', ') };
  return said(`proof-${kind}`, { name, place, event, region, title: definition.declared.laws[name]?.title ?? name });
}
