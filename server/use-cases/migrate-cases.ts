import type { Json } from '../../engine/model/json.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { requireWhole } from '../cases/cases.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import { isObject } from '../json.ts';

export interface Migration {
  readonly project: string;
  readonly plan: MigrationPlan;
  /** Numbers of the cases; all open ones of the project when it is missing. */
  readonly cases?: readonly string[];
  /** Only says what would happen. */
  readonly check: boolean;
  /** Hash of a release of the project; the one in force when it is missing. An older one is the way back. */
  readonly to?: string;
  /** So many that can go are moved: a wave. All when it is missing. */
  readonly most?: number;
  /** Numbers of cases that were refused in this run and are not tried again. */
  readonly except?: readonly string[];
}

/** What became of one case; no personal data. */
export interface MigrationLine {
  readonly number: string;
  readonly outcome: 'moved' | 'refused';
  /** Why not, each in a sentence. */
  readonly blockers: readonly string[];
}

/**
 * Puts open cases of a project under a release of it, each by itself: one that cannot go stays with its release and
 * is told with what stands in the way. The caller has checked who asks; `by` is written into each case's journal.
 * @throws Fault not-found
 */
export async function migrateCases(
  { releases, cases, audit, clock }: Pick<Context, 'releases' | 'cases' | 'audit' | 'clock'>,
  by: string,
  { project, plan, cases: wanted, check, to: hash, most = Number.POSITIVE_INFINITY, except = [] }: Migration,
): Promise<readonly MigrationLine[]> {
  const head = await releases.project(project);
  if (!head) throw notFound();
  const target = hash ?? head.current;
  if (target === null || !head.history.some((release) => release.hash === target)) throw notFound();
  const to = await releases.definition(target);
  const left = new Set(except);
  const numbers = wanted && new Set(wanted);
  requireWhole(cases);
  const lines: MigrationLine[] = [];
  for await (const entry of cases.lists.open(project, to.hash)) {
    if (left.has(entry.number) || (numbers && !numbers.has(entry.number))) continue;
    if (lines.length >= most) break;
    const done = await cases.migrate(entry.id, to, { plan, by, check });
    if (done.kind === 'nothing') continue;
    const blockers = done.kind === 'refused' ? done.blockers : [];
    const outcome = done.kind === 'refused' ? 'refused' : 'moved';
    lines.push({ number: entry.number, outcome, blockers: blockers.map(({ message }) => message) });
  }
  if (!check) {
    const moved = lines.filter(({ outcome }) => outcome === 'moved').length;
    const detail = `${project} ${to.hash}: ${moved} moved, ${lines.length - moved} refused`;
    await audit.append({ at: clock.now(), person: by, action: 'migrate', detail });
  }
  return lines;
}

/** A plan as it came from outside. @returns null when it is none */
export function planOf(value: Json | undefined): MigrationPlan | null {
  if (!isObject(value) || Object.keys(value).some((key) => key !== 'states' && key !== 'timers')) return null;
  const named = (part: Json | undefined) =>
    part === undefined || (isObject(part) && Object.values(part).every((to) => to === null || typeof to === 'string'));
  return named(value.states) && named(value.timers) ? (value as MigrationPlan) : null;
}
