import { asIs, type Said, said } from '../errors/index.ts';
import type { Erased } from '../model/composed.ts';
import type { Definition } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { calendarOf, type ScenarioCalendar } from './calendar.ts';
import type { Fill } from './complete.ts';
import { expectation } from './expectation.ts';
import { perform } from './perform.ts';
import { begin, type Session, type SimulationOptions, settleCalls } from './session.ts';

/** A scenario file as data (language.md 14); its shape is checked when the file is read. */
export interface Scenario {
  readonly scenario: string;
  /** The project, or the projects, that it is a story of: it is played in each. */
  readonly project: string | readonly string[];
  /** ISO date and time at which it begins. */
  readonly now?: string;
  /** Holidays and days that are worked all the same; without it the calendar of whoever plays it, usually the weekends. */
  readonly calendar?: ScenarioCalendar;
  readonly steps: readonly ScenarioStep[];
}

export interface ScenarioStep {
  /** A person's event; `as: operations/two`, `fill: complete` or values by form, `times`. */
  readonly do?: string;
  readonly as?: string;
  readonly fill?: Fill;
  readonly times?: number;
  /** An event from outside with its data; `times`: the same message so often; `forged`: nobody's who may send it. */
  readonly notice?: string;
  readonly with?: JsonObject;
  readonly forged?: boolean;
  /** An answer of `connector.operation` by hand: to its newest call, or to the call `attempt` (1 = the first). */
  readonly answer?: string;
  readonly outcome?: string;
  readonly attempt?: number;
  /** Walks to that state. */
  readonly through?: string;
  /** `connector.operation` -> how it answers from now on: see `repliesOf`. */
  readonly world?: { readonly [operation: string]: Json };
  /** A duration in words. */
  readonly advance?: string;
  /** A person's event that must be refused; `why` is a part of the sentence. */
  readonly refused?: string;
  readonly why?: string;
  readonly expect?: Expectation;
  /** A remark for the reader. */
  readonly say?: string;
}

export interface Expectation {
  readonly at?: string | readonly string[];
  readonly offers?: readonly string[] | { readonly has?: readonly string[]; readonly not?: readonly string[] };
  readonly facts?: readonly string[] | { readonly has?: readonly string[]; readonly not?: readonly string[] };
  readonly counters?: { readonly [counter: string]: number };
  readonly records?: { readonly [record: string]: number };
  /** Part -> the person who signed for it. */
  readonly people?: { readonly [part: string]: string };
  /** `connector.operation` -> values of the input of its newest call; null: it was never called. */
  readonly asked?: { readonly [operation: string]: JsonObject | null };
  /** Notices that were sent since the last `expect`. */
  readonly notified?:
    | string
    | readonly string[]
    | { readonly has?: readonly string[]; readonly not?: readonly string[] };
  /** The applicant's word for where the case is. */
  readonly label?: string;
  readonly over?: boolean;
  /** What of the case has been erased by now. */
  readonly erased?: Erased | readonly Erased[];
  /** A part of one of the waiting sentences. */
  readonly waiting?: string;
}

export interface ScenarioFailure {
  /** 0-based index of the step. */
  readonly step: number;
  /** The step as written. */
  readonly written: string;
  readonly expected: string;
  readonly found: string;
  /** The same in English; words of the definition stay as they are. */
  readonly english: { readonly expected: string; readonly found: string };
}

export interface ScenarioResult {
  readonly title: string;
  readonly project: string;
  readonly passed: boolean;
  readonly failure: ScenarioFailure | null;
  /** Where it ended; null when it could not even begin. */
  readonly session: Session | null;
  /** The beginning, and the case after each step that went as written. */
  readonly moments: readonly Session[];
}

/** What came of one step; `wrong` when it is not as written. */
export interface Outcome {
  readonly session: Session;
  readonly wrong?: { readonly expected: Said; readonly found: Said };
  /** The branch with the `refuse` that decided, where the event was refused by one. */
  readonly branch?: string;
}

/**
 * Plays a scenario on the production interpreter with a virtual clock and world. Calls are answered at once as the world
 * says. A law that breaks fails the scenario, whatever it expects. Never throws.
 */
export function runScenario(
  definition: Definition,
  scenario: Scenario,
  options: SimulationOptions = {},
): ScenarioResult {
  const { scenario: title } = scenario;
  const project = definition.project.id;
  let session: Session | null = null;
  let index = 0;
  let mark = 0;
  const moments: Session[] = [];
  const failed = (expected: Said, found: Said): ScenarioResult => {
    const written = JSON.stringify(scenario.steps[index] ?? {});
    const english = { expected: expected.en, found: found.en };
    const failure = { step: index, written, expected: expected.zh, found: found.zh, english };
    return { title, project, passed: false, failure, session, moments };
  };
  try {
    session = settleCalls(begin(definition, optionsOf(scenario, options)));
    moments.push(session);
    for (; index < scenario.steps.length; index++) {
      const step = scenario.steps[index] as ScenarioStep;
      const before: Session = session;
      const outcome: Outcome =
        step.expect === undefined ? perform(before, step) : expectation(before, step.expect, mark);
      session = outcome.session;
      if (step.expect !== undefined) mark = session.notices.length;
      if (outcome.wrong !== undefined) return failed(outcome.wrong.expected, outcome.wrong.found);
      const incident = session.incidents[before.incidents.length];
      if (incident !== undefined) return failed(said('scenario-sound'), incidentText(definition, incident));
      moments.push(session);
    }
  } catch (error) {
    return failed(said('scenario-plays'), asIs(error instanceof Error ? error.message : 'error'));
  }
  return { title, project, passed: true, failure: null, session, moments };
}

/** When and with which working days a scenario begins. */
export function optionsOf(
  { now, calendar }: Pick<Scenario, 'now' | 'calendar'>,
  options: SimulationOptions = {},
): SimulationOptions {
  return {
    ...options,
    ...(now === undefined ? {} : { start: Date.parse(now) }),
    ...(calendar === undefined ? {} : { calendar: calendarOf(calendar) }),
  };
}

function incidentText(definition: Definition, incident: string): Said {
  const [kind, id = ''] = incident.split(':');
  if (kind === 'law') return said('scenario-broken', { title: definition.declared.laws[id]?.title ?? id, id });
  return asIs(incident);
}
