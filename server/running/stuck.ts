import type { StuckCase, StuckReason } from '../../engine/contract/running.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Person } from '../accounts/accounts.ts';
import { requireWhole } from '../cases/cases.ts';
import type { IndexEntry, OpenWait } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { isSeenAtDesk, staffRoles } from '../policies/case-access.ts';
import { leads } from '../policies/leading.ts';
import { APPLICANT } from '../policies/roles.ts';
import { lastDays, lastings } from '../reports/report.ts';
import { within } from '../reports/rollup.ts';
import { isNobodys, LEAST, OUTSIDE } from './watch.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From so many on, what the others took says something. */
const ENOUGH = 20;
/** Where nothing is promised and nothing known. */
const CALL = HOUR;
const TASK = 3 * DAY;

/**
 * Open cases of the projects that this person leads that wait longer than they should, those who have waited longest
 * first. What an applicant has to do is never stuck: deadlines of the process see to it.
 */
export async function stuckCases(context: Context, person: Person): Promise<readonly StuckCase[]> {
  requireWhole(context.cases);
  const letters = new Map<string, string[]>();
  for (const { caseId, key, status } of await context.letters.list())
    if (status === 'open') letters.set(caseId, [...(letters.get(caseId) ?? []), key]);
  const usual = usualTimes(context);
  const found: StuckCase[] = [];
  const { lists } = context.cases;
  const now = context.clock.now();
  const led = (await context.releases.projects()).map(({ id }) => id).filter((id) => staffRoles(person, id).length > 0);
  const told = await lists.many([...letters.keys()]);
  const waiting = (await lists.waiting(led, now)).filter(({ id }) => !told.has(id));
  for (const entry of [...told.values(), ...waiting]) {
    if ((entry.over && !letters.has(entry.id)) || !isSeenAtDesk(person, entry)) continue;
    const definition = await context.releases.definition(entry.release);
    if (!leads(definition, person)) continue;
    const why = whyStuck(entry, definition, await usual(entry.project), now);
    const given = letters.get(entry.id) ?? [];
    if (why === null && given.length === 0) continue;
    const wait = why?.wait ?? entry.waits[0] ?? { state: '', part: 'timer', kind: 'time', since: entry.updatedAt };
    found.push({
      ...{ id: entry.id, number: entry.number, subject: entry.subject },
      project: { id: entry.project, title: definition.project.title },
      ...named(definition, wait),
      since: wait.since,
      ...{ reason: why?.reason ?? 'letter', until: why?.until ?? null, usual: why?.usual ?? null },
      letters: given,
    });
  }
  return found.sort((a, b) => a.since - b.since);
}

/** What nineteen of twenty took in the last days, by project and state. */
function usualTimes({ counts, clock }: Context): (project: string) => Promise<(state: string) => number | null> {
  const known = new Map<string, (state: string) => number | null>();
  const { from, to } = lastDays(clock.now());
  return async (project) => {
    const before = known.get(project);
    if (before !== undefined) return before;
    const sums = lastings(await counts.cells(project, from, to));
    const usual = (state: string): number | null => {
      const lasting = sums.get(state);
      return lasting === undefined || lasting.n < ENOUGH ? null : within(lasting, 0.95);
    };
    known.set(project, usual);
    return usual;
  };
}

interface Why {
  readonly wait: OpenWait;
  readonly reason: StuckReason;
  readonly until: number | null;
  readonly usual: number | null;
}

function whyStuck(
  { waits, promised, over }: IndexEntry,
  definition: Definition,
  usualOf: (state: string) => number | null,
  now: number,
): Why | null {
  if (over) return null;
  for (const wait of waits) {
    const waited = now - wait.since;
    const usual = usualOf(wait.state);
    const isLonger = (otherwise: number): boolean => waited > Math.max(LEAST, usual ?? otherwise);
    switch (wait.kind) {
      case 'task':
        if (wait.part === APPLICANT) break;
        if (promised !== null && promised.until < now)
          return { wait, reason: 'late', until: promised.until, usual: null };
        if (promised === null && isLonger(TASK)) return { wait, reason: 'long', until: null, usual };
        break;
      case 'call':
        if (isLonger(limitOf(definition, wait.state) ?? CALL)) return { wait, reason: 'silent', until: null, usual };
        break;
      case 'time':
        if (isNobodys(wait, waits, definition) && waited > OUTSIDE)
          return { wait, reason: 'nobody', until: null, usual: null };
        break;
    }
  }
  return null;
}

/** Half of what a contract allows: after that, somebody should look. */
function limitOf({ states, connectors }: Definition, address: string): number | null {
  const call = states[address]?.call;
  const limit = call ? connectors[call.connector]?.operations[call.operation]?.limit : null;
  return limit == null ? null : limit / 2;
}

function named({ states, roles, connectors }: Definition, wait: OpenWait): Pick<StuckCase, 'what' | 'who'> {
  const node = states[wait.state];
  const call = node?.call;
  const operation = call ? connectors[call.connector]?.operations[call.operation]?.title : undefined;
  const part = roles[wait.part] ?? connectors[wait.part];
  return {
    what: node?.task?.title ?? operation ?? node?.label ?? node?.title ?? '',
    who: { id: wait.part, title: part?.title ?? '', tile: part?.tile ?? '系' },
  };
}
