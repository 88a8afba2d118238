import { describe, expect, test } from 'vitest';
import { row, standings, tasksFor, view } from '../../../engine/explain/index.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import { available, step } from '../../../engine/run/index.ts';
import { advance, begin } from '../../../engine/simulate/index.ts';
import { applicant, Case, calendar, clerk, day, hour, loan, monday, other } from './support.ts';

/** The loan with a pass that has a last day, a moment from which it counts, and a register that works on other days. */
const dated = loan(
  [
    'FOUND: { title: 一致 }',
    'FOUND: { title: 一致, data: { type: object, properties: { until: { type: string, title: 到期日, format: date }, from: { type: string, title: 开始, format: date-time, maxLength: 40 } } } }',
  ],
  ['mismatches: {', 'passes: { title: 通行证, of: registry.check.FOUND }\n  mismatches: {'],
  ['FOUND: { prove: known, to: next }', 'FOUND: { prove: known, record: passes, to: next }'],
  ['after: { 30 minutes: first }', 'after: { last.passes.from: first }'],
  [
    'after: { 7 days: done }',
    'after: { 2 days after last.passes.until: done }, remind: { "60 days, 30 days before last.passes.until": soon }',
  ],
);
const passed = (data: { [name: string]: string }) =>
  new Case(dated, true).fill().answer('main.work.check', 'FOUND', data);
const dueOf = (play: Case, end: string) =>
  Object.entries(play.state.timers).find(([id]) => id.endsWith(end))?.[1].due ?? null;
const local = (text: string) => Date.parse(`${text}+08:00`);

describe('[RUN-25] delays that the data of the case decides', () => {
  const pass = { until: '2026-02-20', from: '2026-01-06T08:30:00+08:00' };

  test('a moment, and times before and after a date, which begins at midnight of the calendar', () => {
    const play = passed(pass).do('APPROVE', clerk);
    expect(dueOf(play, 'after:last.passes.from')).toBe(local('2026-01-06T08:30:00'));
    play.do('APPROVE', other);
    expect(dueOf(play, 'after:2 days after last.passes.until')).toBe(local('2026-02-22T00:00:00'));
    expect(dueOf(play, '#2')).toBe(local('2026-01-21T00:00:00'));
  });

  test('a reminder of what lies in the past is not armed, a deadline that does is due at once', () => {
    const play = passed({ until: '2026-01-02', from: '2025-12-01T00:00:00Z' }).do('APPROVE', clerk);
    play.due('after:last.passes.from');
    expect([play.now, play.main]).toEqual([monday, 'main.work.review.first']);
    play.do('APPROVE', clerk).do('APPROVE', other);
    expect(Object.keys(play.state.timers)).toEqual(['main.work.finish|after:2 days after last.passes.until']);
  });

  test.each([{}, { until: '2026-02-31', from: 'soon' }])(
    'without such a date there is no timer, and an incident: %j',
    (data) => {
      const play = passed(data as { [name: string]: string }).do('APPROVE', clerk);
      expect(play.incidents).toEqual(['deadline:main.work.review.second']);
      expect(play.state.timers).toEqual({});
    },
  );

  test('a date does not wait while the case is parked', () => {
    const play = passed(pass).do('APPROVE', clerk).do('APPROVE', other).do('HOLD', clerk);
    play.now += 20 * day;
    play.do('UNHOLD', clerk);
    expect(dueOf(play, 'after:2 days after last.passes.until')).toBe(local('2026-02-22T00:00:00'));
  });

  test('the n-th of a list by a counter; the last stands for all further ones', () => {
    const waits = loan(
      ['after: { 1 hour: pinned }', 'after: { "1 hour, 5 hours by counters.daily": pinned }'],
      ['"default":2', '"default":1'],
    );
    const play = new Case(waits, true).fill();
    play.answer('main.work.check', 'UNAVAILABLE');
    play.do('CODE', applicant, { data: { code: 'wrong' } });
    expect((dueOf(play, 'by counters.daily') ?? 0) - play.now).toBe(5 * hour);
  });

  test('working time by the calendar of a connector, and by the general one where it has none of its own', () => {
    const banked = loan(['after: { 2 working days: pinned }', 'after: { 2 working days on registry days: pinned }']);
    const others: Calendar = {
      ...calendar,
      others: { registry: { exceptions: { '2026-01-06': true }, until: '2026-12-31' } },
    };
    const due = (given: Calendar) => {
      const play = new Case(banked, true, given).fill();
      return ((dueOf(play, 'on registry days') ?? 0) - monday) / day;
    };
    expect([due(calendar), due(others)]).toEqual([2, 3]);
  });

  test('a percentage may be a setting', () => {
    const shared = loan(
      ['remind: { 1 hour: late }', 'remind: { settings.share% of 2 hours: late }'],
      ['"tries":', '"share":{"type":"integer","title":"比例","default":25},"tries":'],
    );
    const play = new Case(shared, true).fill();
    expect((dueOf(play, 'of 2 hours') ?? 0) - play.now).toBe(hour / 2);
  });
});

describe('[RUN-27] working days of the project', () => {
  const bank = { registry: { exceptions: { '2026-01-06': true }, until: '2026-12-31' } };
  /** Working days from Monday the 5th to the end of two working days, by the office and by the register. */
  const waits = (own: string, given: Calendar = calendar) => {
    const days = (delay: string) => {
      const definition = loan(
        ['after: { 2 working days: pinned }', `after: { ${delay}: pinned }`],
        ['number: "000"', `number: "000"\n${own}`],
      );
      const play = new Case(definition, true, given).fill();
      return ((dueOf(play, delay) ?? 0) - monday) / day;
    };
    return [days('2 working days'), days('2 working days on registry days')];
  };

  test.each([
    ['nothing of its own', '', [2, 2]],
    ['a day off', 'calendar: { days: { 2026-01-06: off } }', [3, 2]],
    [
      'a Saturday and a Sunday that are worked',
      'calendar: { days: { 2026-01-10: work, 2026-01-06: off, 2026-01-07: off, 2026-01-08: off } }',
      [5, 2],
    ],
    ['days of the register only', 'calendar: { others: { registry: { days: { 2026-01-06: off } } } }', [2, 3]],
  ])('%s', (_title, own, expected) => {
    expect(waits(own)).toEqual(expected);
  });

  test('they stand over those of the shell, and leave the rest of it', () => {
    const given = { ...calendar, exceptions: { '2026-01-06': true, '2026-01-07': true }, others: bank };
    expect(waits('', given)).toEqual([4, 3]);
    expect(waits('calendar: { days: { 2026-01-06: work } }', given)).toEqual([3, 3]);
    expect(waits('calendar: { others: { registry: { days: { 2026-01-06: work } } } }', given)).toEqual([4, 2]);
  });

  test('what is offered, shown and stands first is judged by the days by which it is accepted', () => {
    const own = (days: string) =>
      loan(
        ['number: "000"', `number: "000"\n${days}`],
        ['AGAIN: [{ if: counters.checks < 3, to: check }', `AGAIN: [{ if: "'2026-01-06' in workdays", to: check }`],
        ['{ by: clerk, title: 初审,', `{ by: clerk, title: 初审, first: "'2026-01-06' in workdays",`],
      );
    for (const [days, isOpen] of [
      ['', true],
      ['calendar: { days: { 2026-01-06: off } }', false],
    ] as const) {
      const definition = own(days);
      const play = new Case(definition, true).fill().answer('main.work.check', 'UNAVAILABLE');
      const open = (offers: readonly { event: string; blockers: readonly unknown[] }[]) =>
        offers.some(({ event, blockers }) => event === 'AGAIN' && blockers.length === 0);
      const { state, env } = play;
      expect(open(available(definition, state, applicant, env))).toBe(isOpen);
      expect(open(view(definition, state, applicant, [], env).tasks.flatMap(({ offers }) => offers))).toBe(isOpen);
      expect(open(tasksFor(definition, state, applicant, [], env).flatMap(({ offers }) => offers))).toBe(isOpen);
      const result = step(definition, state, { kind: 'event', event: 'AGAIN', actor: applicant }, env);
      expect(result.kind).toBe(isOpen ? 'stepped' : 'refused');
      const waiting = new Case(definition, true).fill().answer('main.work.check', 'FOUND');
      expect(standings(definition, waiting.state, waiting.env).map(({ first }) => first)).toEqual([isOpen]);
      expect(row(definition, waiting.state, clerk, waiting.env).mark).toBe(isOpen ? 'first' : null);
    }
  });

  test('what is promised and what a simulated clock passes count by them too', () => {
    const definition = loan(['number: "000"', 'number: "000"\ncalendar: { days: { 2026-01-06: off } }']);
    const session = begin(definition, { start: monday });
    expect((advance(session, { kind: 'working', days: 2 }).now - monday) / day).toBe(3);
  });
});

describe('what lists and open pages are told', () => {
  const known = loan([
    '{ by: clerk, title: 初审,',
    '{ by: clerk, title: 初审, prefer: first, first: size(records.opinions) > 0,',
  ]);

  test('[XPL-6] who knows the case, and whether it goes before others', () => {
    const play = new Case(known, true).fill().answer('main.work.check', 'FOUND');
    expect(standings(known, play.state, play.env)).toEqual([
      { state: 'main.work.review.first', prefer: null, first: false },
    ]);
    play.do('APPROVE', clerk);
    play.do('REJECT', other, { data: { flags: [{ field: 'item.days', reason: '太久' }] } });
    play.do('RESUBMIT', applicant, {
      forms: { person: play.state.forms.person!, item: { ...play.state.forms.item, days: 2 } },
    });
    const [standing] = standings(known, play.state, play.env);
    expect(standing).toEqual({ state: 'main.work.review.first', prefer: clerk.id, first: true });
  });

  test('[XPL-7] what an open page sends by itself is no button', () => {
    const renewing = loan(
      ['valid: 10 minutes, opens: OPENED', 'valid: 10 minutes, opens: OPENED, renews: CANCEL_CARD'],
      ['number: "000"', 'number: "000"\nsettings: { needsCard: true }'],
    );
    const play = new Case(renewing, true).fill().answer('main.work.check', 'FOUND');
    const [task] = view(renewing, play.state, applicant, [], play.env).tasks;
    expect(task?.offers.map((offer) => offer.event)).not.toContain('CANCEL_CARD');
    expect(task?.sections).toMatchObject([{ kind: 'link', secret: 'link', renews: 'CANCEL_CARD' }]);
  });
});

test('[RUN-26] each entry of a record takes its part of what several cases share, and keeps it when the case is over', () => {
  const shared = loan([
    'reservations:\n',
    'reservations:\n  transfer: { title: 一笔款, of: payments, key: entry.id, part: entry.amount, whole: "80000", taken: 这笔款已用完 }\n',
  ]);
  const play = new Case(shared, true).fill();
  expect(play.state.shares).toBeUndefined();
  play.hear('PAID', { id: 'T-1', amount: 50_000 });
  expect(play.state.shares).toEqual({ transfer: [{ key: 'T-1', part: 50_000, whole: 80_000 }] });
  play.do('HOLD', clerk).do('STOP', clerk);
  play.do('PAY_BACK', { id: 'dora', roles: ['desk'] });
  expect([play.state.over, play.state.reservations]).toEqual([true, {}]);
  expect(play.state.shares).toEqual({ transfer: [{ key: 'T-1', part: 50_000, whole: 80_000 }] });
});
