import { timerId } from '../../compile/names.ts';
import { delayWords } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import type { Definition } from '../../model/definition.ts';
import { chainOf } from '../../run/configuration.ts';
import { day, dutyIn, hour, midnightOf, weekHourOf } from './calendar.ts';
import type { Play } from './play.ts';
import { type Short, shortOf } from './short.ts';
import { type TimeSummary, week } from './tally.ts';

/** Whose turn it is: a role, a system, or nobody but the clock. */
export interface Part {
  readonly kind: 'role' | 'connector' | 'clock';
  readonly title: string;
  readonly tile: string;
}

export interface StateLoad {
  readonly state: string;
  readonly title: string;
  readonly who: Part;
  /** From entering to leaving. */
  readonly stay: TimeSummary;
  /** Of it, until somebody began; null where nobody works there. */
  readonly queued: TimeSummary | null;
  /** How many cases stand there at the end. */
  readonly now: number;
}

export interface PromiseLoad {
  readonly state: string;
  readonly title: string;
  readonly given: number;
  readonly late: number;
  /** For each day of the report. */
  readonly days: readonly number[];
}

export interface DeadlineLoad {
  readonly timer: string;
  readonly state: string;
  readonly title: string;
  /** In both languages, `30 天`. */
  readonly after: { readonly zh: string; readonly en: string };
  readonly ran: number;
  readonly fell: number;
}

export interface RoleLoad {
  readonly role: string;
  readonly title: string;
  readonly tile: string;
  readonly people: number;
  readonly jobs: number;
  /** Work of their time on duty while applicants come; over 1: more came than they can do. */
  readonly busy: number;
  /** How long work waits until somebody begins. */
  readonly waits: TimeSummary;
  /** By hour of the week, Monday 0:00 first: hours on duty, busy, and how many jobs waited then on the average. */
  readonly hours: readonly { readonly duty: number; readonly busy: number; readonly waiting: number }[];
  /** How often each of these hours was played. */
  readonly weeks: readonly number[];
  readonly short: readonly Short[];
  /** People with whom nine tenths of their time would do; never fewer than one. */
  readonly enough: number;
}

export interface EndLoad {
  readonly state: string;
  readonly title: string;
  readonly goal: boolean;
  readonly n: number;
  /** What these cases were about, in the process's money. */
  readonly amount: number;
}

/** What 10,000 applicants came to. Times in ms; plain JSON. */
export interface LoadReport {
  readonly cases: number;
  readonly reached: number;
  readonly ended: number;
  readonly open: number;
  /** Acts of all cases, steps that the interpreter made for them, and shapes of cases that these told apart. */
  readonly acts: number;
  readonly played: number;
  readonly shapes: number;
  /** Cases that the assumptions send in a circle. */
  readonly circling: number;
  /** From beginning to end, of those that ended. */
  readonly lasted: TimeSummary;
  /** Cases that were open on the average, and until when that was counted. */
  readonly meanOpen: number;
  readonly from: number;
  readonly until: number;
  readonly hasMoney: boolean;
  readonly states: readonly StateLoad[];
  readonly promises: readonly PromiseLoad[];
  readonly deadlines: readonly DeadlineLoad[];
  readonly roles: readonly RoleLoad[];
  readonly days: readonly {
    readonly day: string;
    readonly begun: number;
    readonly reached: number;
    readonly ended: number;
    readonly open: number;
  }[];
  readonly ends: readonly EndLoad[];
}

export function reportOf(definition: Definition, play: Play): LoadReport {
  const { ledger, arrivals, now, calendar, cases, ways } = play;
  const from = arrivals[0] ?? 0;
  const { states: chart } = definition.chart;
  const titleOf = (state: string): string => chart[state]?.title || (chart[state]?.label ?? state);
  const standing = new Map<string, number>();
  const ends = new Map<string, { n: number; amount: number }>();
  for (const one of cases) {
    if (one.ended === null) for (const leaf of one.place.leaves) standing.set(leaf, (standing.get(leaf) ?? 0) + 1);
    else {
      const state = one.place.end ?? '';
      const { n, amount } = ends.get(state) ?? { n: 0, amount: 0 };
      ends.set(state, { n: n + 1, amount: amount + one.place.amount });
    }
  }
  const length = Math.max(ledger.begun.length, ledger.reached.length, ledger.over.length);
  const region = definition.declared.goals[0]?.split('.')[0];
  let open = 0;
  const days = Array.from({ length }, (_, index) => {
    const [begun, reached, ended] = [ledger.begun.at(index), ledger.reached.at(index), ledger.over.at(index)];
    open += begun - reached - ended;
    return {
      day: new Date(midnightOf(from, calendar) + index * day).toISOString().slice(0, 10),
      begun,
      reached,
      ended,
      open,
    };
  });
  const sum = (of: typeof ledger.begun): number => days.reduce((all, _, index) => all + of.at(index), 0);
  const visited = new Set([...ledger.stays.keys(), ...standing.keys()]);
  return {
    cases: cases.length,
    reached: sum(ledger.reached),
    ended: sum(ledger.over),
    open: cases.filter(({ ended }) => ended === null).length,
    acts: ledger.acts,
    played: ways.played,
    shapes: ways.shapes,
    circling: ledger.circling,
    lasted: ledger.durations.summary(),
    meanOpen: now > from ? ledger.openTime / (now - from) : 0,
    from,
    until: now,
    hasMoney: definition.declared.amount !== undefined,
    states: Object.keys(chart).flatMap((state): StateLoad[] => {
      if (!visited.has(state)) return [];
      const stay = ledger.stays.get(state)?.summary() ?? { n: 0, mean: 0, median: 0, most: 0, worst: 0 };
      if (stay.worst === 0 && !standing.has(state)) return [];
      const who = partOf(definition, state);
      // Parts of a case that only follow the others are nobody's waiting.
      if (who.kind === 'clock' && state.split('.')[0] !== region) return [];
      const task = chainOf(state).find((each) => chart[each]?.task !== null && chart[each]?.task !== undefined);
      const queued = ledger.waits.get(task ?? '')?.summary() ?? null;
      return [{ state, title: titleOf(state), who, stay, queued, now: standing.get(state) ?? 0 }];
    }),
    promises: [...ledger.promises].map(([state, { given: n, late, days: on }]) => ({
      state,
      title: titleOf(state),
      given: n,
      late,
      days: days.map((_, index) => on.at(index)),
    })),
    deadlines: [...ledger.timers].flatMap(([timer, { ran, fell }]): DeadlineLoad[] => {
      for (const { address, after } of Object.values(chart)) {
        const found = after.find(({ key }) => timerId(address, 'after', key) === timer);
        if (found === undefined) continue;
        const words = { zh: delayWords(found.duration), en: delayWords(found.duration, 'en') };
        return [{ timer, state: address, title: titleOf(address), after: words, ran, fell }];
      }
      return [];
    }),
    roles: [...play.pools.keys()].map((role) => roleOf(definition, play, role, calendar)),
    days,
    ends: [...ends].map(([state, { n, amount }]) => ({
      state,
      title: chart[state]?.label ?? titleOf(state),
      goal: definition.declared.goals.includes(state),
      n,
      amount,
    })),
  };
}

function partOf(definition: Definition, state: string): Part {
  const { states } = definition.chart;
  for (const each of chainOf(state)) {
    const { task = null, call = null } = states[each] ?? {};
    const role = task === null ? undefined : definition.roles[task.by];
    if (role !== undefined) return { kind: 'role', ...role };
    const connector = call === null ? undefined : definition.connectors[call.connector];
    if (connector !== undefined) return { kind: 'connector', title: connector.title, tile: connector.tile };
  }
  return { kind: 'clock', title: '', tile: '' };
}

function roleOf(definition: Definition, play: Play, role: string, calendar: Calendar): RoleLoad {
  const { arrivals } = play;
  const shift = play.pools.get(role)?.shift ?? { people: 0, from: 0, to: 24, days: 'all' as const };
  const tally = play.ledger.role(role, shift);
  const duty = new Float64Array(week);
  const clock = new Float64Array(week);
  const first = Math.floor((arrivals[0] ?? 0) / hour) * hour;
  const last = arrivals.at(-1) ?? 0;
  for (let at = first; at < last; at += hour) {
    const bin = weekHourOf(at, calendar);
    duty[bin] = (duty[bin] ?? 0) + dutyIn(shift, at, calendar);
    clock[bin] = (clock[bin] ?? 0) + hour;
  }
  const offered = tally.offered;
  const onDuty = duty.reduce((sum, one) => sum + one, 0);
  const busy = onDuty === 0 || shift.people === 0 ? (offered > 0 ? 1 : 0) : offered / (onDuty * shift.people);
  return {
    role,
    title: definition.roles[role]?.title ?? role,
    tile: definition.roles[role]?.tile ?? '',
    people: shift.people,
    jobs: tally.jobs,
    busy,
    waits: tally.waits.summary(),
    hours: Array.from({ length: week }, (_, bin) => ({
      duty: (duty[bin] ?? 0) / hour,
      busy: (tally.busy[bin] ?? 0) / hour,
      waiting: (duty[bin] ?? 0) === 0 ? 0 : (tally.waited[bin] ?? 0) / (duty[bin] ?? 1),
    })),
    weeks: Array.from(clock, (ms) => ms / hour),
    short: shortOf(shift.people, duty, tally.backlog, tally.came),
    enough: onDuty === 0 ? shift.people : Math.max(1, Math.ceil(offered / (onDuty * 0.9))),
  };
}
