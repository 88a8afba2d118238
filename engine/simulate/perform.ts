import { parseDuration } from '../compose/duration.ts';
import { asIs, catalogue, type ErrorCode, type Said, said, sentence } from '../errors/index.ts';
import type { Blocker } from '../model/blocker.ts';
import type { JsonObject } from '../model/json.ts';
import { actorFor, completeCommand, personOf } from './complete.ts';
import { receive } from './door.ts';
import { walkTo } from './path.ts';
import { outcomeData } from './sample.ts';
import type { Outcome, ScenarioStep } from './scenario.ts';
import { advance, deliver, envOf, type Played, play, type Session, settleCalls } from './session.ts';
import { repliesOf, withScript } from './world.ts';

/** One step of a scenario that is no `expect`. */
export function perform(session: Session, step: ScenarioStep): Outcome {
  if (step.do !== undefined) {
    let now = session;
    for (let count = 0; count < (step.times ?? 1); count++) {
      const played = told(now, step);
      if (played.kind === 'refused') {
        const wrong = {
          expected: said('scenario-may', { event: step.do }),
          found: said('scenario-refused', { reasons: reasonsOf(played.blockers) }),
        };
        return { session: now, wrong, ...refusedBy(played) };
      }
      now = settleCalls(played.session);
    }
    return { session: now };
  }
  if (step.refused !== undefined) {
    const played = send(session, step.refused, step);
    if (played.kind === 'played') {
      return {
        session,
        wrong: {
          expected: said('scenario-refuses', { event: step.refused }),
          found: said('scenario-not-refused', { place: where(played.session) }),
        },
      };
    }
    const reasons = reasonsOf(played.blockers);
    if (step.why !== undefined && !reasons.zh.includes(step.why)) {
      return { session, wrong: { expected: said('scenario-why', { why: step.why }), found: reasons } };
    }
    return { session, ...refusedBy(played) };
  }
  if (step.notice !== undefined) {
    let now = session;
    for (let count = 0; count < (step.times ?? 1); count++) {
      // The same message again is the same to the last value.
      const data = count === 0 ? step.with : lastHeard(now);
      const played = told(now, data === undefined ? step : { ...step, with: data });
      if (played.kind === 'refused') {
        return {
          session,
          wrong: { expected: said('scenario-hears', { what: step.notice }), found: reasonsOf(played.blockers) },
        };
      }
      now = settleCalls(played.session);
    }
    return { session: now };
  }
  if (step.answer !== undefined) return answered(session, step.answer, step);
  if (step.through !== undefined) {
    const arrived = walkTo(session, step.through);
    if (arrived !== null) return { session: arrived };
    return {
      session,
      wrong: {
        expected: said('scenario-through', { place: step.through }),
        found: said('scenario-no-way', { place: where(session) }),
      },
    };
  }
  if (step.world !== undefined) {
    let now = session;
    for (const [operation, written] of Object.entries(step.world)) now = withScript(now, operation, repliesOf(written));
    return { session: settleCalls(now) };
  }
  if (step.advance !== undefined) {
    const duration = parseDuration(step.advance);
    if (duration === null)
      return { session, wrong: { expected: said('scenario-duration'), found: asIs(step.advance) } };
    return { session: advance(session, duration) };
  }
  return { session };
}

/** The event of a step, once, before anybody answers the calls that it leads to. */
export function told(session: Session, step: ScenarioStep): Played {
  if (step.do !== undefined) return send(session, step.do, step);
  return receive(session, step.notice ?? '', step.with, { forged: step.forged === true });
}

/** Data of the last message from outside that the case was told. */
function lastHeard(session: Session): JsonObject | undefined {
  const told = session.commands?.findLast(({ command }) => command.kind === 'outside')?.command;
  return told?.kind === 'outside' ? told.data : undefined;
}

/** An answer that is given by hand: in another order, late, twice, or to a call that nobody made. */
function answered(session: Session, operation: string, step: ScenarioStep): Outcome {
  const calls = session.made.filter((call) => `${call.connector}.${call.operation}` === operation);
  const call = step.attempt === undefined ? calls.at(-1) : calls[step.attempt - 1];
  if (call === undefined) {
    const expected = said('scenario-call-number', { operation, attempt: step.attempt ?? 1 });
    return { session, wrong: { expected, found: said('scenario-calls', { count: calls.length }) } };
  }
  const made = step.forged === true ? { ...call, generation: call.generation + 1 } : call;
  const contract = session.definition.connectors[call.connector]?.operations[call.operation];
  const outcome = step.outcome ?? Object.keys(contract?.outcomes ?? {})[0] ?? 'UNAVAILABLE';
  const known = outcomeData(session.definition, session.state, made, outcome, envOf(session));
  const data = known === null && step.with === undefined ? undefined : { ...known, ...step.with };
  const played = deliver(session, made, outcome, data);
  if (played.kind === 'refused') {
    return {
      session,
      wrong: {
        expected: said('scenario-hears', { what: `${operation} ${outcome}` }),
        found: reasonsOf(played.blockers),
      },
    };
  }
  return { session: settleCalls(played.session) };
}

function refusedBy(played: Extract<Played, { readonly kind: 'refused' }>): Pick<Outcome, 'branch'> {
  return played.branch === undefined ? {} : { branch: played.branch };
}

function send(session: Session, event: string, step: ScenarioStep): Played {
  const actor =
    step.as === undefined ? actorFor(session, event) : { ...actorFor(session, event), ...personOf(step.as) };
  return play(session, completeCommand(session, event, actor, step.fill));
}

/** The active states, for a message. */
export function where(session: Session): string {
  return session.state.active.join('、');
}

/** Why something was refused; what a definition says itself has one language. */
function reasonsOf(blockers: readonly Blocker[]): Said {
  const parts = blockers.flatMap(({ code, params, message, fields = [] }) => [
    code in catalogue ? { zh: message, en: sentence(code as ErrorCode, params, 'en') } : asIs(message),
    ...fields.map((each) => asIs(`${each.path} ${each.message}`)),
  ]);
  return { zh: parts.map(({ zh }) => zh).join('；'), en: parts.map(({ en }) => en).join('; ') };
}
