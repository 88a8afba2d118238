import type { Counts, PromiseReport, ReasonReport, ReportView, StateReport } from '../../engine/contract/reports.ts';
import { fieldsOf } from '../../engine/forms/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { dayOf } from '../../engine/run/calendar.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { invalid } from '../fault.ts';
import { isSeenAtDesk } from '../policies/case-access.ts';
import { leads } from '../policies/leading.ts';
import { type Cell, emptyLasting, type Lasting, within } from './rollup.ts';

const DAY = 86_400_000;
/** More days are no report but a move of data. */
const MOST_DAYS = 366;
const zone = { offsetMinutes: zoneMinutes };
const none: Counts = {
  ...{ begun: 0, reached: 0, ended: 0, right: 0, back: 0, firstRight: 0, firstBack: 0 },
  ...{ kept: 0, warned: 0, late: 0 },
};

export interface ReportFilter {
  readonly project: string;
  /** YYYY-MM-DD, both inclusive. */
  readonly from: string;
  readonly to: string;
}

/** Reports of the projects that this person leads; null when they lead none. @throws Fault request-invalid */
export async function report(context: Context, person: Person, filter: ReportFilter): Promise<ReportView | null> {
  const led = context.inForce().filter((definition) => leads(definition, person));
  if (led.length === 0) return null;
  const days = daysOf(filter);
  const chosen = led.filter(({ project }) => filter.project === '' || project.id === filter.project);
  const counted = await Promise.all(
    chosen.map(async (definition) => ({
      definition,
      cells: await context.counts.cells(definition.project.id, filter.from, filter.to),
    })),
  );
  const cellsOf = (day: string) => counted.flatMap(({ cells }) => cells.filter(([at]) => at === day));
  const all = counted.flatMap(({ cells }) => cells);
  return {
    ...filter,
    projects: led.map(({ project }) => ({ id: project.id, title: project.title })),
    sums: countsOf(all),
    days: days.map((day) => ({ day, ...countsOf(cellsOf(day)) })),
    byProject: counted.map(({ definition: { project }, cells }) => ({
      ...{ id: project.id, title: project.title },
      ...countsOf(cells),
    })),
    states: counted.flatMap(({ definition, cells }) => statesOf(definition, cells)).sort((a, b) => b.half - a.half),
    reasons: await reasonsOf(context, person, counted),
    promises: counted.flatMap(({ definition, cells }) => promisesOf(definition, cells)),
    now: await nowOf(context, chosen),
  };
}

/** @throws Fault request-invalid */
function daysOf({ from, to }: ReportFilter): readonly string[] {
  const [first, last] = [from, to].map((day) => Date.parse(`${day}T00:00:00Z`)) as [number, number];
  const isRange = /^\d{4}-\d\d-\d\d$/.test(from) && /^\d{4}-\d\d-\d\d$/.test(to) && first <= last;
  if (!isRange || last - first >= MOST_DAYS * DAY)
    throw invalid(
      `请选开始和结束日期，先后不要颠倒，最多 ${MOST_DAYS} 天`,
      `choose a first and a last day, in this order, at most ${MOST_DAYS} days`,
    );
  return Array.from({ length: (last - first) / DAY + 1 }, (_, n) => dayOf(first + n * DAY, { offsetMinutes: 0 }));
}

/** The last thirty days until now. */
export function lastDays(now: number): Pick<ReportFilter, 'from' | 'to'> {
  return { from: dayOf(now - 29 * DAY, zone), to: dayOf(now, zone) };
}

type Cells = readonly (readonly [string, Cell])[];
type Counted = readonly { readonly definition: Definition; readonly cells: Cells }[];

function countsOf(cells: Cells): Counts {
  const sums = { ...none } as { -readonly [name in keyof Counts]: number };
  for (const [, cell] of cells) {
    for (const name of ['begun', 'reached', 'ended', 'right', 'back', 'firstRight', 'firstBack'] as const)
      sums[name] += cell[name];
    for (const promise of Object.values(cell.promises))
      for (const kept of ['kept', 'warned', 'late'] as const) sums[kept] += promise[kept];
  }
  return sums;
}

/** How long each state lasted, over all days. */
export function lastings(cells: Cells): ReadonlyMap<string, Lasting> {
  const sums = new Map<string, Lasting>();
  for (const [, { states }] of cells)
    for (const [state, lasting] of Object.entries(states)) {
      const sum = sums.get(state) ?? emptyLasting();
      sums.set(state, sum);
      sum.n += lasting.n;
      sum.ms += lasting.ms;
      for (const [at, n] of lasting.within.entries()) sum.within[at] = (sum.within[at] ?? 0) + n;
    }
  return sums;
}

function statesOf(definition: Definition, cells: Cells): readonly StateReport[] {
  return [...lastings(cells)].flatMap(([state, lasting]) => {
    // What a release does not have any more is counted and has no name.
    const node = definition.states[state];
    const part = node?.task?.by ?? node?.call?.connector;
    const who = part === undefined ? undefined : (definition.roles[part] ?? definition.connectors[part]);
    if (node === undefined || part === undefined || who === undefined) return [];
    return [
      {
        ...{ project: definition.project.id, state, title: node.task?.title ?? node.title },
        who: { id: part, title: who.title, tile: who.tile },
        n: lasting.n,
        average: Math.round(lasting.ms / lasting.n),
        half: within(lasting, 0.5) ?? 0,
        most: within(lasting, 0.95) ?? 0,
      },
    ];
  });
}

async function reasonsOf(context: Context, person: Person, counted: Counted): Promise<readonly ReasonReport[]> {
  const found = new Map<string, { n: number; cases: string[]; definition: Definition }>();
  for (const { definition, cells } of counted)
    for (const [, { reasons }] of [...cells].sort(([a], [b]) => (a < b ? 1 : -1)))
      for (const [key, { n, cases }] of Object.entries(reasons)) {
        const known = found.get(key) ?? { n: 0, cases: [], definition };
        found.set(key, { n: known.n + n, cases: [...known.cases, ...cases], definition });
      }
  const entries = await context.cases.lists.many([...new Set([...found.values()].flatMap(({ cases }) => cases))]);
  return [...found]
    .sort(([a, one], [b, other]) => other.n - one.n || (a < b ? -1 : 1))
    .map(([key, { n, cases, definition }]) => {
      const [field = '', reason = ''] = key.split('\n');
      const shown = [...new Set(cases)].flatMap((id) => {
        const entry = entries.get(id);
        return entry !== undefined && isSeenAtDesk(person, entry) ? [{ id, number: entry.number }] : [];
      });
      return { field, ...fieldOf(definition, field), reason, n, cases: shown.slice(0, 20) };
    });
}

/** The field that causes it, as the applicant meets it. */
function fieldOf({ forms }: Definition, path: string): Pick<ReasonReport, 'title' | 'form' | 'hint'> {
  const [form = '', name = ''] = path.split('.');
  const schema = forms[form];
  const field = schema && fieldsOf(schema).find((one) => one.name === name);
  return { title: field?.title ?? path, form: schema?.title ?? form, hint: field?.hint ?? '' };
}

function promisesOf({ project, chart }: Definition, cells: Cells): readonly PromiseReport[] {
  const sums = new Map<string, { kept: number; warned: number; late: number }>();
  for (const [, { promises }] of cells)
    for (const [state, { kept, warned, late }] of Object.entries(promises)) {
      const sum = sums.get(state) ?? { kept: 0, warned: 0, late: 0 };
      sums.set(state, { kept: sum.kept + kept, warned: sum.warned + warned, late: sum.late + late });
    }
  return [...sums].map(([state, sum]) => ({
    project: project.id,
    state,
    title: chart.states[state]?.title ?? state,
    ...sum,
  }));
}

async function nowOf({ cases, clock }: Context, chosen: readonly Definition[]): Promise<ReportView['now']> {
  const now = { open: 0, warn: 0, late: 0 };
  for (const { project, hash } of chosen) {
    const { open, warn, late } = await cases.lists.standing(project.id, hash, clock.now());
    now.open += open;
    now.warn += warn;
    now.late += late;
  }
  return now;
}
