import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../engine/model/definition.ts';
import { actorFor, completeCommand } from '../../../engine/simulate/complete.ts';
import { nextDate } from '../../../engine/simulate/dates.ts';
import { advanceTo, begin, play, type Session, walkTo } from '../../../engine/simulate/index.ts';
import { projects } from '../../support/definitions.ts';

const appointment = projects().appointment as Definition;
const at = (text: string) => Date.parse(`${text}+08:00`);

function told(session: Session, event: string, fill = {}): Session {
  const played = play(session, completeCommand(session, event, actorFor(session, event), fill));
  if (played.kind === 'refused') throw new Error(`${event}: ${played.blockers[0]?.message}`);
  return played.session;
}

/** Friday 6 March 2026, for Wednesday the 11th. */
const begun = begin(appointment, { start: at('2026-03-06T10:00:00') });
const booked = told(begun, 'BOOK', { appointment: { office: 'north', day: '2026-03-11', slot: '14:00' } });

describe('[SIM-13] the day that a case waits for', () => {
  it('is the first midnight from which on its buttons say something else', () => {
    expect(nextDate(begun)).toBeNull();
    expect(nextDate(booked)).toBe(at('2026-03-11T00:00:00'));
    const yesterday = advanceTo(booked, at('2026-03-10T23:59:00'));
    expect(nextDate(yesterday)).toBe(at('2026-03-11T00:00:00'));
    expect(nextDate(advanceTo(booked, at('2026-03-11T00:00:00')))).toBeNull();
  });

  it('is none where the deadline comes first', () => {
    const timers = Object.fromEntries(
      Object.entries(booked.state.timers).map(([id, timer]) => [id, { ...timer, due: at('2026-03-10T12:00:00') }]),
    );
    expect(nextDate({ ...booked, state: { ...booked.state, timers } })).toBeNull();
  });

  it('is waited for by whoever looks for a way', () => {
    const arrived = walkTo(begun, 'main.attended');
    expect(arrived?.commands?.flatMap(({ command }) => (command.kind === 'event' ? [command.event] : []))).toEqual([
      'BOOK',
      'ARRIVED',
    ]);
    // The next working day after a Friday, and not before.
    expect(arrived?.now).toBe(at('2026-03-09T00:00:00'));
  });
});
