import { evaluateText, parse, print, references } from '../expressions/index.ts';
import type { Transition } from '../model/composed.ts';
import { leavesOf } from '../paths/terms.ts';
import { dayNumberOf } from '../run/calendar.ts';
import { activeStates, atOf, configurationOf, historyOf } from '../run/configuration.ts';
import { scopeOf } from '../run/scope.ts';
import { worldOf } from '../run/world.ts';
import { envOf, type Session } from './session.ts';

const minute = 60_000;
const day = 86_400_000;
/** So many days ahead are looked at where no deadline comes before. */
const farthest = 366;

/**
 * What conditions about the day find at a moment, of everything that the case hears where it is; '' where none asks. Two
 * moments with the same text make no difference to what is possible.
 */
export function datesHeard(session: Session, at = session.now): string {
  const terms = termsHeard(session);
  if (terms.length === 0) return '';
  const { definition, state, calendar } = session;
  const world = worldOf(state, historyOf(state), { event: {}, actor: null }, envOf({ now: at, calendar }));
  const scope = scopeOf(definition, world, atOf(configurationOf(state.active)));
  return terms
    .map((text) => {
      const result = evaluateText(text, scope);
      return result.kind === 'value' ? String(result.value) : '';
    })
    .join(' ');
}

const dates = new WeakMap<Session, number | null>();

/**
 * The day that the case waits for: the next midnight by its calendar, before any deadline moves it, from which on something
 * else is possible than now (`today >= visit.day`). Epoch ms; null where nothing but an event or a deadline changes
 * anything, or the day lies more than a year ahead.
 */
export function nextDate(session: Session): number | null {
  let date = dates.get(session);
  if (date === undefined) {
    date = lookedFor(session);
    dates.set(session, date);
  }
  return date;
}

function lookedFor(session: Session): number | null {
  const found = datesHeard(session);
  if (found === '') return null;
  const { state, now, calendar } = session;
  const deadlines = Object.values(state.timers).flatMap(({ kind, due }) => (kind === 'after' ? [due] : []));
  const until = Math.min(...deadlines, now + farthest * day);
  const today = dayNumberOf(now, calendar);
  for (let ahead = 1; ; ahead += 1) {
    const midnight = (today + ahead) * day - calendar.offsetMinutes * minute;
    if (midnight >= until) return null;
    if (datesHeard(session, midnight) !== found) return midnight;
  }
}

function termsHeard({ definition, state }: Session): readonly string[] {
  const states = activeStates(definition, configurationOf(state.active));
  return states.flatMap(({ on }) => Object.values(on).flatMap((heard) => termsOf(heard)));
}

const known = new WeakMap<Transition, readonly string[]>();

/** The terms of its conditions that ask for the day, and for nothing that comes with the event itself. */
function termsOf(transition: Transition): readonly string[] {
  let terms = known.get(transition);
  if (terms === undefined) {
    terms = transition.branches.flatMap((branch) => {
      const parsed = branch.if === null ? null : parse(branch.if);
      if (parsed?.kind !== 'parsed') return [];
      return leavesOf(parsed.expression.ast).flatMap((leaf) => {
        const roots = new Set(references(leaf).map(({ path }) => path[0]));
        return (roots.has('today') || roots.has('now')) && !roots.has('event') ? [print(leaf)] : [];
      });
    });
    known.set(transition, terms);
  }
  return terms;
}
