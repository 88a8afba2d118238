import { activeStates, configurationOf } from '../run/configuration.ts';
import { perform } from '../simulate/perform.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { nextDue, type Session } from '../simulate/session.ts';
import { type Choice, choicesFor, outside } from './choices.ts';

/** Steps of a scenario that were carried out, and where the case stands then. */
export interface Move {
  readonly steps: readonly ScenarioStep[];
  readonly session: Session;
  /** The branch that refused: the case is where it was, and the last step says that it is refused. */
  readonly refused: string | null;
}

/**
 * Everything that can happen next to a played case, carried out: buttons with the values that make a difference, words
 * from outside, each answer of each call or none, the next moments at which something falls due.
 */
export function movesOf(session: Session): readonly Move[] {
  const { definition, state } = session;
  const events = new Set<string>();
  for (const each of activeStates(definition, configurationOf(state.active)))
    for (const event of Object.keys(each.on)) events.add(event);
  return [
    ...[...events].flatMap((event) => eventMoves(session, event)),
    ...answerMoves(session),
    ...timeMoves(session),
  ];
}

/** One event with each choice of values, and with each other answer of the calls that follow at once. */
function eventMoves(session: Session, event: string): readonly Move[] {
  return choicesFor(session, event).flatMap((choice) => {
    const step = stepOf(session, event, choice);
    const told = perform(session, step);
    if (told.wrong === undefined) {
      const move: Move = { steps: [step], session: told.session, refused: null };
      return [move, ...otherAnswers(session, step, told.session)];
    }
    if (told.branch === undefined) return [];
    const { do: _done, ...rest } = step;
    return [{ steps: [{ refused: event, ...rest }], session, refused: told.branch }];
  });
}

function stepOf(session: Session, event: string, choice: Choice): ScenarioStep {
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
function otherAnswers(before: Session, step: ScenarioStep, after: Session): readonly Move[] {
  const asked = new Set(after.made.slice(before.made.length).map(operationOf));
  return [...asked].flatMap((operation) => {
    const [usual = 'none', ...others] = answersOf(before, operation);
    return others.flatMap((answer) => {
      const moves: Move[] = [];
      let given = 1;
      for (let count = 1; count <= given && count <= mostAnswers; count++) {
        const replies = [...Array.from({ length: count }, () => answer), usual];
        const move = carriedOut(before, [{ world: { [operation]: replies } }, step]);
        if (move === null) break;
        given = move.session.made.slice(before.made.length).filter((call) => operationOf(call) === operation).length;
        moves.splice(1, 1, move);
      }
      return moves;
    });
  });
}

/** A call that has no answer yet is answered now. */
function answerMoves(session: Session): readonly Move[] {
  const open = new Set(session.calls.map(operationOf));
  return [...open].flatMap((operation) =>
    answersOf(session, operation).flatMap((outcome) => {
      const move = outcome === 'none' ? null : carriedOut(session, [{ answer: operation, outcome }]);
      return move === null ? [] : [move];
    }),
  );
}

function carriedOut(before: Session, steps: readonly ScenarioStep[]): Move | null {
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
function timeMoves(session: Session): readonly Move[] {
  const until = Math.min(
    ...Object.values(session.state.timers).flatMap((timer) => (timer.kind === 'after' ? [timer.due] : [])),
    nextDue({ ...session, state: { ...session.state, timers: {} } }, Number.POSITIVE_INFINITY)?.at ??
      Number.POSITIVE_INFINITY,
  );
  const reminders = Object.values(session.state.timers).flatMap((timer) =>
    timer.kind === 'remind' && timer.due < until ? [timer.due] : [],
  );
  const moments = [...new Set([...reminders, until])].filter((at) => at < Number.POSITIVE_INFINITY);
  return moments.flatMap((at) => {
    const step: ScenarioStep = { advance: elapsedWords(at - session.now) };
    const told = perform(session, step);
    return told.wrong === undefined ? [{ steps: [step], session: told.session, refused: null }] : [];
  });
}

const sizes = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const;

/** A time in the words of the language, `3 days 2 hours`; what is due already takes a second. */
export function elapsedWords(ms: number): string {
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
