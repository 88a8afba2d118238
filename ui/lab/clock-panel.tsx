import { type Calendar, nextDue, type Session } from '../../engine/index.ts';
import { deadline } from '../app/format.ts';
import { locale } from '../app/texts/index.ts';
import { say } from './texts.ts';

const HOUR = 3_600_000;

interface ClockPanelProps {
  readonly session: Session;
  onAdvance(ms: number): void;
}

export function ClockPanel({ session, onAdvance }: ClockPanelProps) {
  const { now, calendar, state } = session;
  const timers = Object.values(state.timers).sort((a, b) => a.due - b.due);
  const next = nextDue(session, Number.POSITIVE_INFINITY);
  const { date, time, day, working } = localTime(now, calendar);
  return (
    <section>
      <h2>{say('clock')}</h2>
      <p className="labclock">
        <time dateTime={new Date(now).toISOString()}>
          {date} {time}
        </time>
      </p>
      <p className="muted">
        {day}
        {say('comma')}
        {say(working ? 'workday' : 'offday')}
      </p>
      <div className="row wrap labbuttons">
        <button type="button" className="btn sm" onClick={() => onAdvance(HOUR)}>
          {say('hour')}
        </button>
        <button type="button" className="btn sm" onClick={() => onAdvance(24 * HOUR)}>
          {say('day')}
        </button>
        {next ? (
          <button type="button" className="btn sm" onClick={() => onAdvance(Math.max(0, next.at - now))}>
            {say('nextTimer', { at: deadline(next.at, now) })}
          </button>
        ) : (
          <span className="muted">{say('noTimer')}</span>
        )}
      </div>
      {timers.length > 1 ? (
        <details className="labmore">
          <summary>{say('timers', { n: timers.length })}</summary>
          <ul>
            {Object.entries(state.timers)
              .sort(([, a], [, b]) => a.due - b.due)
              .map(([id, timer]) => (
                <li key={id}>
                  {say('timer', {
                    state:
                      session.definition.states[timer.state]?.label ??
                      session.definition.states[timer.state]?.title ??
                      timer.state,
                    at: deadline(timer.due, now),
                  })}
                </li>
              ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

/** Date, time and kind of day in the calendar's own zone. */
export function localTime(now: number, calendar: Calendar) {
  const local = new Date(now + calendar.offsetMinutes * 60_000);
  const date = local.toISOString().slice(0, 10);
  const weekday = local.getUTCDay();
  const day = new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' }).format(local);
  const off = calendar.exceptions[date] ?? (weekday === 0 || weekday === 6);
  return { date, time: local.toISOString().slice(11, 16), day, working: !off };
}
