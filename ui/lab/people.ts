import { type Actor, available, type Definition, type Offer, type Session } from '../../engine/index.ts';
import { person } from './session.ts';

/** An offer with the person of the play who makes it. */
export interface Chance {
  readonly offer: Offer;
  readonly actor: Actor;
  readonly second: boolean;
  /** Word and tile of the role. */
  readonly who: { readonly title: string; readonly tile: string };
  /** It commits forms or has a dialogue: there is data to change. */
  readonly fillable: boolean;
}

const PERSONAL = new Set(['only-person', 'not-person', 'by-link']);

/**
 * What all roles may do now, and what they may not. Where only the person stands in the way (four eyes, a claim, a
 * one-time link), the one who may is found: a tester asks what is possible, and not who happens to sit there.
 */
export function chances(session: Session): { readonly can: readonly Chance[]; readonly cannot: readonly Chance[] } {
  const can: Chance[] = [];
  const cannot: Chance[] = [];
  for (const role of Object.keys(session.definition.roles)) {
    const one = person(role);
    for (const offer of offersOf(session, one)) {
      if (offer.blockers.length === 0) {
        can.push(chanceOf(session, offer, one, false));
        continue;
      }
      const other = offer.blockers.every((blocker) => PERSONAL.has(blocker.code)) ? stand(session, role, offer) : null;
      if (other) can.push(other);
      else cannot.push(chanceOf(session, offer, one, false));
    }
  }
  return { can, cannot };
}

function stand(session: Session, role: string, offer: Offer): Chance | null {
  const via = session.definition.states[offer.state]?.task?.via ?? undefined;
  const signed = Object.values(session.state.people).filter((id) => id.startsWith(`${role}/`));
  const people: Actor[] = [
    ...(via === undefined ? [] : [person(role, 'one', via)]),
    ...signed.map((id) => ({ id, roles: [role] })),
    person(role, 'two'),
  ];
  for (const actor of people) {
    const found = offersOf(session, actor).find((one) => one.event === offer.event && one.blockers.length === 0);
    if (found) return chanceOf(session, found, actor, actor.id !== `${role}/one`);
  }
  return null;
}

function chanceOf(session: Session, offer: Offer, actor: Actor, second: boolean): Chance {
  const forms = session.definition.states[offer.state]?.task?.forms ?? [];
  const fillable = offer.form !== undefined || (offer.saves !== 'nothing' && forms.length > 0);
  return { offer, actor, second, who: partOf(session.definition, offer.by), fillable };
}

function offersOf(session: Session, actor: Actor): readonly Offer[] {
  return available(session.definition, session.state, actor, { now: session.now, calendar: session.calendar });
}

/** Tile and word of a role or connector; what has none is the system itself. */
export function partOf(definition: Definition, id: string): { readonly title: string; readonly tile: string } {
  return definition.roles[id] ?? definition.connectors[id] ?? { title: '系统', tile: '系' };
}
