import type { Chart, ChartState, Transition } from '../model/composed.ts';
import { activeStates, configurationOf } from '../run/configuration.ts';
import { perform, told } from '../simulate/perform.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { nextDue, type Session, settleCalls } from '../simulate/session.ts';
import { repliesOf, withScript } from '../simulate/world.ts';
import { type Choice, outside, type Values } from './choices.ts';
import type { Remembered } from './remembered.ts';
import { datesAt, type Shape } from './shape.ts';

/** Steps of a scenario that were carried out, and where the case stands then. */
export interface Move {
  readonly steps: readonly ScenarioStep[];
  readonly session: Session;
  /** The branch that refused: the case is where it was, and the last step says that it is refused. */
  readonly refused: string | null;
}

/** Something that can happen next to a played case. */
export interface Plan {
  /** The same key: the same step, with the same values. */
  readonly key: string;
  /** The transitions of active states that hear it. */
  readonly hearing: readonly Transition[];
  /** Carries it out: the step itself, and the same step in worlds that answer the calls that follow in other ways. */
  moves(): readonly Move[];
}

/**
 * Everything that can happen next to a played case: buttons with the values that make a difference, words from outside,
 * each answer of each call or none, the next moments at which something falls due.
 */
export function plansOf(session: Session, shape: Shape, remembered: Remembered): readonly Plan[] {
  const { definition, state } = session;
  const active = activeStates(definition, configurationOf(state.active));
  const events = new Set(active.flatMap((each) => Object.keys(each.on)));
  return [
    ...[...events].flatMap((event) => {
      const hearing = heardBy(active, event);
      return eventPlans(session, event, hearing, remembered.choicesFor(session, shape, event, hearing));
    }),
    ...answerPlans(session, active),
    ...timePlans(session),
  ];
}

/** One event with each choice of values, and with each other answer of the calls that follow at once. */
function eventPlans(
  session: Session,
  event: string,
  hearing: readonly Transition[],
  choices: readonly Choice[],
): readonly Plan[] {
  return choices.map(({ values, goes }) => ({
    key: `${event} ${JSON.stringify(values)} ${goes}`,
    hearing,
    moves: () => eventMoves(session, event, values),
  }));
}

function heardBy(active: readonly ChartState[], event: string | undefined): readonly Transition[] {
  if (event === undefined) return [];
  return active.flatMap((each) => [each.on[event], each.follow[event]].filter((one) => one !== undefined));
}

function outcomeOf(chart: Chart, call: string, outcome: string): readonly Transition[] {
  return [chart.states[call]?.outcomes[outcome]].filter((one) => one !== undefined);
}

function eventMoves(session: Session, event: string, choice: Values): readonly Move[] {
  const step = stepOf(session, event, choice);
  const sent = told(session, step);
  if (sent.kind === 'played') {
    const move: Move = { steps: [step], session: settleCalls(sent.session), refused: null };
    return [move, ...otherAnswers(session, step, sent.session, move)];
  }
  if (sent.branch === undefined) return [];
  const { do: _done, ...rest } = step;
  return [{ steps: [{ refused: event, ...rest }], session, refused: sent.branch }];
}

function stepOf(session: Session, event: string, choice: Values): ScenarioStep {
  if (session.definition.declared.events[event]?.by === undefined) {
    const data = choice[outside];
    return data === undefined ? { notice: event } : { notice: event, with: data };
  }
  return Object.keys(choice).length === 0 ? { do: event } : { do: event, fill: choice };
}

/** At most so many times in a row is the same other answer given. */
const mostAnswers = 8;

/**
 * The same step in a world that answers one of the calls that it leads to in another way, or not at all; and, where the
 * call is made again at once, in that way until it is not made again.
 */
function otherAnswers(before: Session, step: ScenarioStep, sent: Session, usual: Move): readonly Move[] {
  const asked = new Set(usual.session.made.slice(before.made.length).map(operationOf));
  return [...asked].flatMap((operation) => {
    const [hoped = 'none', ...others] = answersOf(before, operation);
    const given = (answer: string, count: number) =>
      answered(before, step, sent, operation, [...Array.from({ length: count }, () => answer), hoped]);
    return others.flatMap((answer) => {
      const once = given(answer, 1);
      if (once === null || callsOf(before, once, operation) < 2) return once === null ? [] : [once];
      const all = given(answer, mostAnswers);
      const count = all === null ? 0 : Math.min(callsOf(before, all, operation), mostAnswers);
      const often = count === mostAnswers ? all : count > 1 ? given(answer, count) : null;
      return often === null ? [once] : [once, often];
    });
  });
}

/** How often the operation was called on the way. */
function callsOf(before: Session, { session }: Move, operation: string): number {
  return session.made.slice(before.made.length).filter((call) => operationOf(call) === operation).length;
}

/** The step in a world with these replies. A call that waits already is answered first; else the step itself is the same. */
function answered(
  before: Session,
  step: ScenarioStep,
  sent: Session,
  operation: string,
  replies: string[],
): Move | null {
  const steps: readonly ScenarioStep[] = [{ world: { [operation]: replies } }, step];
  if (before.calls.some((call) => operationOf(call) === operation)) return carriedOut(before, steps);
  return { steps, session: settleCalls(withScript(sent, operation, repliesOf(replies))), refused: null };
}

/** A call that has no answer yet is answered now. */
function answerPlans(session: Session, active: readonly ChartState[]): readonly Plan[] {
  const { chart } = session.definition;
  const open = new Map(session.calls.map((call) => [operationOf(call), call.call]));
  return [...open].flatMap(([operation, call]) => {
    const waits = session.state.active.includes(call);
    return answersOf(session, operation).flatMap((outcome): readonly Plan[] => {
      if (outcome === 'none') return [];
      return [
        {
          key: `${waits ? 'answer' : 'late'} ${call} ${outcome}`,
          hearing: waits ? outcomeOf(chart, call, outcome) : heardBy(active, chart.states[call]?.late[outcome]),
          moves: () => {
            const move = carriedOut(session, [{ answer: operation, outcome }]);
            return move === null ? [] : [move];
          },
        },
      ];
    });
  });
}

/** Takes the steps; null when one of them is refused. */
export function carriedOut(before: Session, steps: readonly ScenarioStep[]): Move | null {
  let session = before;
  for (const step of steps) {
    const told = perform(session, step);
    if (told.wrong !== undefined) return null;
    session = told.session;
  }
  return { steps, session, refused: null };
}

/** Outcomes of the contract, the hoped-for one first, no answer within its limit, and no answer as yet. */
function answersOf(session: Session, operation: string): readonly string[] {
  const [connector = '', name = ''] = operation.split('.');
  const outcomes = session.definition.connectors[connector]?.operations[name]?.outcomes ?? {};
  return [...Object.keys(outcomes), 'UNAVAILABLE', 'none'];
}

function operationOf(call: { readonly connector: string; readonly operation: string }): string {
  return `${call.connector}.${call.operation}`;
}

/** The clock moves to each moment at which something falls due, up to the first that can move the case. */
function timePlans(session: Session): readonly Plan[] {
  const { chart } = session.definition;
  const timers = Object.entries(session.state.timers);
  const awaited = nextDue({ ...session, state: { ...session.state, timers: {} } }, Number.POSITIVE_INFINITY);
  const until = Math.min(
    ...timers.flatMap(([, timer]) => (timer.kind === 'after' ? [timer.due] : [])),
    awaited?.at ?? Number.POSITIVE_INFINITY,
  );
  const reminders = timers.flatMap(([, timer]) => (timer.kind === 'remind' && timer.due < until ? [timer.due] : []));
  // While nobody gives up on a call, days may end that conditions ask about.
  const tomorrow = session.now + 86_400_000;
  const days = session.calls.some((call) => call.reply?.lost === true) && tomorrow < until ? [tomorrow] : [];
  const moments = [...new Set([...reminders, ...days, until])].filter((at) => at < Number.POSITIVE_INFINITY);
  return moments.map((at) => {
    const due = timers.filter(([, timer]) => timer.due <= at).sort(([, one], [, two]) => one.due - two.due);
    const call = awaited !== null && awaited.at <= at ? awaited : null;
    return {
      key: [
        'advance',
        ...due.map(([id]) => id),
        call === null ? '' : `${call.kind} ${call.id}`,
        datesAt(session, at),
      ].join(' '),
      hearing: [
        ...due.flatMap(([, { state }]) => chart.states[state]?.after.map((each) => each.transition) ?? []),
        ...(call === null ? [] : Object.values(chart.states[call.id]?.outcomes ?? {})),
      ],
      moves: () => {
        const move = carriedOut(session, [{ advance: elapsedWords(at - session.now) }]);
        return move === null ? [] : [move];
      },
    };
  });
}

const sizes = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/** A time in the words of the language, `3 days 2 hours`; what is due already takes a second. */
function elapsedWords(ms: number): string {
  const words: string[] = [];
  let rest = Math.max(ms, 0);
  for (const [word, size] of sizes) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${count === 1 ? word.slice(0, -1) : word}`);
  }
  if (rest > 0 || words.length === 0) words.push(`${rest === 0 ? 1 : Math.ceil(rest) / 1000} seconds`);
  return words.join(' ');
}
