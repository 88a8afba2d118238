import { addDuration } from '../../compose/duration.ts';
import type { Calendar } from '../../model/command.ts';
import type { Definition } from '../../model/definition.ts';
import { parentOf, within } from '../../run/configuration.ts';
import { weekends } from '../calendar.ts';
import type { Answering, Assumptions, Shift } from './assumptions.ts';
import { minute } from './calendar.ts';
import { asidesOf, type Option, operationsOf, outsideOf, staffOf, type Task, tasksOf } from './options.ts';
import { type Usual, usualWay } from './usual.ts';

/** Offices from nine to half past five, five days a week. */
const office: Shift = { people: 1, from: 9, to: 17.5, days: 'working' };
const perDay = 100;
/** Monday is the busiest day, a few come at the weekend. */
const weekly = [1.2, 1, 1, 1, 0.9, 0.25, 0.2];
const hourly = [0, 0, 0, 0, 0, 0, 0, 1, 4, 10, 11, 8, 4, 6, 9, 9, 8, 5, 3, 2, 2, 2, 1, 0];

/**
 * Assumptions to start from, read off the process: who works, whom it asks, what the usual way is (walked by the
 * interpreter), how many sheets a task shows, how long a deadline waits. As many people as are busy three quarters of
 * their time.
 */
export function assumptionsFor(
  definition: Definition,
  calendar: Calendar = weekends,
  start = '2026-01-05',
): Assumptions {
  const usual = usualWay(definition);
  const tasks = tasksOf(definition);
  const minutes = Object.fromEntries(
    tasks.map((task) => [
      task.state,
      task.isStaff ? workOf(task) : promptly(definition, task.state, thinkingOf(task), calendar),
    ]),
  );
  return {
    seed: 1,
    cases: 10_000,
    start,
    arrivals: { perDay, week: weekly, hours: hourly, months: Array.from({ length: 12 }, () => 1) },
    spread: 'usual',
    giveUp: 3,
    asides: Object.fromEntries(
      asidesOf(definition).map((event) => [event, definition.declared.events[event]?.look === 'danger' ? 1 : 0]),
    ),
    staff: Object.fromEntries(
      staffOf(definition).map((role) => [role, { ...office, people: peopleFor(tasks, minutes, role, usual) }]),
    ),
    minutes,
    choices: Object.fromEntries(tasks.map((task) => [task.state, choicesOf(task, usual)])),
    calls: Object.fromEntries(
      [...operationsOf(definition)].map(([name, states]) => [name, answeringOf(definition, name, states, calendar)]),
    ),
    outside: Object.fromEntries(
      outsideOf(definition).map((event) => [
        event,
        {
          percent: usual.outside.has(event) ? 100 : 0,
          minutes: promptly(definition, usual.outside.get(event), 10, calendar),
        },
      ]),
    ),
    tail: 60,
  };
}

/** Three minutes, and one for each thing that is looked at; taking a case over is no work yet. */
function workOf({ task, claims }: Task): number {
  return claims !== null ? 0 : 3 + task.shows.length + task.documents.length + task.forms.length;
}

/** Five minutes to read what is to be done, and ten for each form. */
function thinkingOf({ task }: Task): number {
  return 5 + 10 * task.forms.length;
}

/** What stands on the usual way is what nearly everybody does; other buttons as they look. */
function choicesOf(task: Task, usual: Usual): { readonly [option: string]: number } {
  const first = task.options.find(({ event, id }) => usual.events.has(event) && id === event);
  const waits = [...usual.waiting].some((leaf) => within(leaf, task.state));
  // Who waits for a word from outside has nothing to do until it comes.
  const main = first ?? (waits ? undefined : (task.options.find(({ look }) => look === 'primary') ?? task.options[0]));
  const rest = task.options.filter((option) => option !== main);
  const same = rest.filter(({ event, spread }) => spread && event === main?.event).map(({ id }) => id);
  const weights = rest.map((option) => [option.id, waits && main === undefined ? 0 : weightOf(option, task)] as const);
  const used = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const each = Math.round((10 * (100 - used)) / (same.length + 1)) / 10;
  const all = [
    ...[...(main === undefined ? [] : [main.id]), ...same].map((id) => [id, each] as const),
    ...weights.filter(([id]) => !same.includes(id)),
  ];
  return Object.fromEntries(task.options.map(({ id }) => [id, all.find(([one]) => one === id)?.[1] ?? 0]));
}

function weightOf(option: Option, { options, isStaff }: Task): number {
  if (option.id !== option.event || !isStaff) return 0;
  if (option.look === 'plain') return 2;
  if (option.look !== 'danger') return 0;
  return options.find(({ look }) => look === 'danger') === option ? 10 : 1;
}

/** Where nothing limits the answer, a deadline of its state says what is long; a twentieth of it is usual. */
function answeringOf(definition: Definition, name: string, states: readonly string[], calendar: Calendar): Answering {
  const [connector = '', operation = ''] = name.split('.');
  const contract = definition.connectors[connector]?.operations[operation];
  const outcomes = Object.keys(contract?.outcomes ?? {});
  const other = outcomes.length > 1 ? Math.min(2, 6 / (outcomes.length - 1)) : 0;
  const longest =
    contract?.limit ?? Math.max(0, ...states.flatMap((state) => deadlinesAround(definition, state, calendar)));
  const minutes = Math.min(24 * 60, Math.max(0.05, Math.round((longest / 20 / minute) * 10) / 10));
  return {
    minutes,
    office: minutes >= 60,
    outcomes: {
      ...Object.fromEntries(
        outcomes.map((outcome, index) => [outcome, index === 0 ? 100 - other * (outcomes.length - 1) - 0.5 : other]),
      ),
      UNAVAILABLE: 0.5,
    },
  };
}

/** So long, or a fifth of the time that the state itself waits. */
function promptly(definition: Definition, state: string | undefined, minutes: number, calendar: Calendar): number {
  const own = state === undefined ? [] : deadlinesOf(definition, state, calendar);
  return Math.max(0.1, Math.round(10 * Math.min(minutes, ...own.map((ms) => ms / 5 / minute))) / 10);
}

function deadlinesAround(definition: Definition, state: string, calendar: Calendar): readonly number[] {
  return [state, parentOf(state)].flatMap((each) => deadlinesOf(definition, each, calendar));
}

function deadlinesOf(definition: Definition, state: string, calendar: Calendar): readonly number[] {
  // A Monday: working days count as days.
  const monday = Date.UTC(2026, 0, 5);
  return (definition.chart.states[state]?.after ?? []).flatMap(({ duration }) =>
    duration.kind === 'elapsed' || duration.kind === 'working'
      ? [addDuration(monday, duration, calendar) - monday]
      : [],
  );
}

function peopleFor(
  tasks: readonly Task[],
  minutes: { readonly [task: string]: number },
  role: string,
  usual: Usual,
): number {
  const own = tasks.filter(({ task }) => task.by === role);
  const work = own
    .filter(({ state }) => [...usual.states].some((one) => one === state || one.startsWith(`${state}.`)))
    .reduce((sum, { state }) => sum + (minutes[state] ?? 0), 0);
  const foursEyes = own.some(({ task }) => task.not.length > 0) ? 2 : 1;
  return Math.max(foursEyes, Math.ceil((perDay * weekly[0]! * work) / ((office.to - office.from) * 60 * 0.75)));
}
