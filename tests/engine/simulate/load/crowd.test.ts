import { describe, expect, it, vi } from 'vitest';
import type { Definition } from '../../../../engine/model/definition.ts';
import { begin, type Session } from '../../../../engine/simulate/index.ts';
import { assumptionsFor, playLoad, unplayable } from '../../../../engine/simulate/load/index.ts';
import { usualWay } from '../../../../engine/simulate/load/usual.ts';
import { type Act, performed } from '../../../../engine/simulate/load/ways.ts';
import { projects } from '../../../support/definitions.ts';

vi.setConfig({ testTimeout: 240_000 });

interface Told {
  readonly at: number;
  readonly act: Act;
  readonly leaves: readonly string[];
}

/** What the crowd says that each case did, at which moment, and where it stood before. */
function watched(definition: Definition, cases: number): { begun: number[]; acts: Told[][] } {
  const begun: number[] = [];
  const acts: Told[][] = [];
  // A few of everything: more goes wrong than by default.
  const given = { ...assumptionsFor(definition), cases, giveUp: 8, seed: 11 };
  playLoad(definition, given, {
    watch: (one, at, act) => {
      begun[one.who] = one.begun;
      acts[one.who] = [...(acts[one.who] ?? []), { at, act, leaves: one.place.leaves }];
    },
  });
  return { begun, acts };
}

describe('[SIM-9] [SIM-12] what is remembered of the first case of a shape holds for the others', () => {
  it.each(['szmg', 'district-archive', 'appointment'])(
    '%s: each case, played alone by real steps at its own times, goes the same way',
    (id) => {
      const definition = projects()[id] as Definition;
      const { begun, acts } = watched(definition, 150);
      let steps = 0;
      for (const [who, told] of acts.entries()) {
        let session: Session = begin(definition, { start: begun[who] ?? 0 });
        for (const { at, act, leaves } of told ?? []) {
          expect(session.state.active, `case ${who}`).toEqual(leaves);
          session = { ...session, now: at };
          const played = performed(session, act);
          expect(
            played.kind,
            `case ${who}: ${JSON.stringify(act)} at ${leaves.join(' ')}: ${played.kind === 'refused' ? JSON.stringify(played.blockers) : ''}`,
          ).toBe('played');
          // A deadline falls when the interpreter says that it is due; dates that cases hold are invented.
          const due = act.kind === 'timer' ? session.state.timers[act.timer] : undefined;
          const delay = definition.chart.states[due?.state ?? '']?.after.find(
            ({ key }) => act.kind === 'timer' && act.timer.endsWith(`:${key}`),
          );
          if (due !== undefined && delay?.duration.kind !== 'moment')
            expect(Math.abs(due.due - at), `case ${who}: ${JSON.stringify(act)}`).toBeLessThan(1000);
          session = { ...played.session, now: at };
          steps += 1;
        }
        expect(session.incidents).toEqual([]);
      }
      expect(steps).toBeGreaterThan(300);
    },
  );
});

describe('assumptions', () => {
  it('every project of the repository has some to start from, and comes to its goal by them', () => {
    for (const [id, definition] of Object.entries(projects())) {
      const given = { ...assumptionsFor(definition), cases: 60 };
      expect(unplayable(given), id).toEqual([]);
      const report = playLoad(definition, given);
      expect(report.circling, id).toBe(0);
      expect(usualWay(definition).events.size, id).toBeGreaterThan(0);
      expect(report.reached, id).toBeGreaterThan(30);
      expect(report.reached + report.ended + report.open, id).toBe(60);
      expect(report.played, id).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(report)), id).toEqual(report);
    }
  });

  it('names what is no number in its limits, and what leaves nothing to choose from', () => {
    const definition = projects()['district-archive'] as Definition;
    const given = assumptionsFor(definition);
    expect(unplayable({ ...given, cases: 0.5 }).map(({ path }) => path)).toEqual(['cases']);
    expect(unplayable({ ...given, start: 'soon' }).map(({ path }) => path)).toEqual(['start']);
    const arrivals = { ...given.arrivals, week: [0, 0, 0, 0, 0, 0, 0], perDay: Number.NaN };
    expect(unplayable({ ...given, arrivals }).map(({ path }) => path)).toEqual(['arrivals.perDay', 'arrivals.week']);
    const staff = { archivist: { people: -1, from: 18, to: 9, days: 'all' as const } };
    expect(unplayable({ ...given, staff }).map(({ path }) => path)).toEqual([
      'staff.archivist.people',
      'staff.archivist.to',
    ]);
  });

  it('an answer that takes longer than its contract waits is none', () => {
    const definition = projects().szmg as Definition;
    const given = { ...assumptionsFor(definition), cases: 200 };
    const bank = given.calls['bank.microDeposit'];
    if (bank === undefined) throw new Error('no bank');
    const calls = { ...given.calls, 'bank.microDeposit': { ...bank, minutes: 20_000 } };
    const usual = playLoad(definition, given);
    const slow = playLoad(definition, { ...given, calls });
    const stay = (report: typeof usual) =>
      report.states.find(({ state }) => state.endsWith('transfer.marked'))?.stay.median ?? 0;
    expect(stay(slow)).toBeGreaterThan(2 * stay(usual));
    expect(slow.reached).toBeLessThan(usual.reached);
  });
});
