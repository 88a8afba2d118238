import { replay, type Told } from '../../engine/coverage/play.ts';
import { fieldsOf } from '../../engine/forms/index.ts';
import {
  type Actor,
  actorFor,
  answer,
  available,
  begin,
  completeCommand,
  play,
  type Session,
  walkTo,
} from '../../engine/index.ts';
import { otherTasksOf } from '../../engine/manual/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { within } from '../../engine/run/configuration.ts';
import { ownerOf } from '../../engine/simulate/session.ts';
import { type Deed, deedsIn } from './deeds.ts';

/** Something that may happen beside the usual way, and how a case of its own gets there. */
export interface Accident {
  /** Address of the state whose task the applicant has then. */
  readonly state: string;
  readonly deeds: readonly Deed[];
  /** What is shown: the page as it is then; what it says to a secret that is typed wrong; of a payment that was turned down. */
  readonly kind: 'page' | 'wrong secret' | 'unpaid';
  /** Of the last two: the event with the secret; the one by which the applicant asks whether it came. */
  readonly event?: string;
}

/**
 * What may go wrong once on the usual way and gives the applicant another task, as the production interpreter plays it:
 * another answer of a system, somebody of the staff who marks what is to be corrected, a secret that is typed wrong, a
 * payment that is turned down. Each of them once.
 */
export function accidentsOf(definition: Definition): readonly Accident[] {
  const begun = begin(definition);
  const [goal] = definition.declared.goals;
  const { commands = [] } = (goal === undefined ? null : walkTo(begun, goal)) ?? {};
  const others = otherTasksOf(definition);
  const found = new Map<string, Accident>();
  for (const [index, told] of commands.entries()) {
    const { session } = replay(begun, commands.slice(0, index) as readonly Told[]);
    const here: Session = { ...session, now: told.at, world: {} };
    for (const accident of accidentsAt(here, told as Told, begun.now)) {
      const state = accident.kind === 'page' ? others.find((one) => isAt(accident.after, one)) : accident.state;
      const key = `${accident.kind} ${state}`;
      if (state !== undefined && !found.has(key)) found.set(key, { ...accident, state });
    }
  }
  return [...found.values()];
}

type Tried = Accident & { readonly after: Session };

function accidentsAt(here: Session, told: Told, start: number): readonly Tried[] {
  const { command } = told;
  switch (command.kind) {
    case 'outcome':
      return answersOf(here, command.call, command.outcome, start);
    case 'event':
      return command.actor.roles[0] === ownerOf(here.definition).split('/')[0]
        ? wrongSecret(here, command.event, start)
        : marked(here, command.actor, start);
    case 'outside':
      return unpaid(here, command.event, start);
    case 'timer':
      return [];
  }
}

/** Everything else that the system may answer: it is arranged before the step that asks it. */
function answersOf(here: Session, call: string, usual: string, start: number): readonly Tried[] {
  const node = here.definition.chart.states[call];
  if (node?.call == null) return [];
  const operation = `${node.call.connector}.${node.call.operation}`;
  return Object.keys(node.outcomes).flatMap((outcome): readonly Tried[] => {
    if (outcome === usual || outcome === 'UNAVAILABLE') return [];
    const played = answer(here, call, outcome);
    if (played.kind === 'refused') return [];
    const before = deedsIn(here, start);
    const arranged: Deed = { kind: 'next', operation, outcome };
    const deeds = [...before.slice(0, -1), arranged, ...before.slice(-1)];
    return [{ kind: 'page', state: '', deeds, after: played.session }];
  });
}

/** Whoever looks at the case marks something instead of letting it pass. */
function marked(here: Session, actor: Actor, start: number): readonly Tried[] {
  const { definition, state, now, calendar } = here;
  return available(definition, state, actor, { now, calendar }).flatMap((offer): readonly Tried[] => {
    const form = offer.form === undefined ? undefined : definition.forms[offer.form];
    if (form === undefined || offer.blockers.length > 0) return [];
    if (!fieldsOf(form).some(({ kind }) => kind === 'flags')) return [];
    const played = play(here, completeCommand(here, offer.event, actorFor(here, offer.event)));
    if (played.kind === 'refused') return [];
    return [{ kind: 'page', state: '', deeds: deedsIn(played.session, start), after: played.session }];
  });
}

function wrongSecret(here: Session, event: string, start: number): readonly Tried[] {
  const { definition } = here;
  const form = definition.forms[definition.declared.events[event]?.form ?? ''];
  const state = ownState(here);
  if (form === undefined || state === null || !fieldsOf(form).some(({ secret }) => secret !== null)) return [];
  return [{ kind: 'wrong secret', state, event, deeds: deedsIn(here, start), after: here }];
}

/** What is expected from outside does not come: the applicant asks for it, where the page has a button for that. */
function unpaid(here: Session, expected: string, start: number): readonly Tried[] {
  const { definition, state, now, calendar } = here;
  const [connector = ''] = (definition.declared.events[expected]?.from ?? '').split('.');
  const own = ownState(here);
  const owner = ownerOf(definition);
  const actor: Actor = { id: owner, roles: [owner.split('/')[0] ?? ''] };
  const asks = available(definition, state, actor, { now, calendar }).find(({ event, blockers, form }) => {
    if (blockers.length > 0 || form !== undefined) return false;
    const played = play(here, completeCommand(here, event, actor));
    return played.kind === 'played' && played.session.calls.some((call) => call.connector === connector);
  });
  if (asks === undefined || own === null) return [];
  return [{ kind: 'unpaid', state: own, event: asks.event, deeds: deedsIn(here, start), after: here }];
}

/** The active state in which, or around which, the applicant has a task. */
function ownState({ definition, state }: Session): string | null {
  const role = ownerOf(definition).split('/')[0];
  const tasks = Object.values(definition.chart.states).filter(({ task }) => task?.by === role);
  return tasks.find(({ address }) => state.active.some((leaf) => within(leaf, address)))?.address ?? null;
}

function isAt({ state }: Session, address: string): boolean {
  return state.active.some((leaf) => within(leaf, address));
}
