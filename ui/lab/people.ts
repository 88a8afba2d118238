import { type Actor, actorFor, available, type Definition, type Offer, type Session } from '../../engine/index.ts';
import { locale } from '../app/texts/index.ts';
import { say } from './texts.ts';

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

/**
 * What all roles may do now, and what they may not. Where only the person stands in the way (four eyes, a claim, a
 * one-time link), the one who may is taken: a tester asks what is possible, and not who happens to sit there.
 */
export function chances(session: Session): { readonly can: readonly Chance[]; readonly cannot: readonly Chance[] } {
  const all = Object.keys(session.definition.roles).flatMap((role) =>
    offersOf(session, { id: `${role}/one`, roles: [role], locale: locale() }).map((offer) => chanceOf(session, offer)),
  );
  return {
    can: all.filter((chance) => chance.offer.blockers.length === 0),
    cannot: all.filter((chance) => chance.offer.blockers.length > 0),
  };
}

function chanceOf(session: Session, offer: Offer): Chance {
  const actor: Actor = { ...actorFor(session, offer.event), locale: locale() };
  const own = offersOf(session, actor).find((one) => one.event === offer.event) ?? offer;
  const forms = session.definition.states[offer.state]?.task?.forms ?? [];
  const fillable = offer.form !== undefined || (offer.saves !== 'nothing' && forms.length > 0);
  const second = !actor.id.endsWith('/one');
  return { offer: own, actor, second, who: partOf(session.definition, offer.by), fillable };
}

function offersOf(session: Session, actor: Actor): readonly Offer[] {
  return available(session.definition, session.state, actor, { now: session.now, calendar: session.calendar });
}

/** Tile and word of a role or connector; what has none is the system itself. */
export function partOf(definition: Definition, id: string): { readonly title: string; readonly tile: string } {
  return definition.roles[id] ?? definition.connectors[id] ?? { title: say('system'), tile: '系' };
}
