import type { ClaimedTask, ClaimedTasks, ClaimsOfPerson } from '../../engine/contract/running.ts';
import { type Handing, handings } from '../../engine/index.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { personOf } from '../accounts/account.ts';
import type { Person } from '../accounts/accounts.ts';
import { requireWhole } from '../cases/cases.ts';
import type { IndexEntry } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { isSeenAtDesk } from '../policies/case-access.ts';
import { ledRoles } from '../policies/leading.ts';
import { holds } from '../policies/roles.ts';

/** A claimed task of a case that can be handed on, and who has it. */
export interface Claim {
  readonly handing: Handing;
  readonly holder: string;
}

/** The claimed tasks of a case whose role this person leads. */
export function claimsIn(entry: IndexEntry, definition: Definition, person: Person): readonly Claim[] {
  if (!isSeenAtDesk(person, entry)) return [];
  const led = ledRoles(definition, person);
  return handings(definition).flatMap((handing) => {
    const task = entry.tasks.find(({ state }) => state === handing.state);
    return task?.only != null && led.has(handing.role) ? [{ handing, holder: task.only }] : [];
  });
}

/** The task that waits in its queue to be taken: a crash came between putting it back and handing it on. */
export function queuedIn({ active }: CaseState, definition: Definition, state: string): Handing | undefined {
  return handings(definition).find((handing) => handing.state === state && active.includes(handing.queue));
}

/** Who has claimed what, of the roles that this person leads, and who could take it over. */
export async function claimedTasks(context: Context, person: Person): Promise<ClaimedTasks> {
  requireWhole(context.cases);
  const staff = (await context.accounts.book.staff()).filter(({ disabled }) => !disabled).map(personOf);
  const found = new Map<string, { holder: string; role: ClaimsOfPerson['role']; tasks: ClaimedTask[] }>();
  const projects = new Map<string, Set<string>>();
  const { entries, more } = await context.cases.lists.claimed(person);
  for (const entry of entries) {
    const definition = await context.releases.definition(entry.release);
    for (const { handing, holder } of claimsIn(entry, definition, person)) {
      const key = `${holder} ${handing.role}`;
      const { title, tile } = definition.roles[handing.role] ?? { title: handing.role, tile: '' };
      const known = found.get(key) ?? { holder, role: { id: handing.role, title, tile }, tasks: [] };
      projects.set(key, (projects.get(key) ?? new Set()).add(entry.project));
      known.tasks.push({
        ...{ id: entry.id, number: entry.number, subject: entry.subject, project: definition.project.title },
        state: handing.state,
        title: definition.states[handing.state]?.task?.title ?? '',
        since: entry.waits.find(({ state }) => state === handing.state)?.since ?? entry.updatedAt,
        until: entry.promised?.until ?? null,
      });
      found.set(key, known);
    }
  }
  const countOf = (id: string) => [...found.values()].find(({ holder }) => holder === id)?.tasks.length ?? 0;
  const nameOf = async (id: string): Promise<string> => (await context.accounts.book.read(id))?.name ?? id;
  const rows = [...found].map(async ([key, { holder, role, tasks }]) => ({
    person: { id: holder, name: await nameOf(holder) },
    role,
    tasks: tasks.sort((a, b) => a.since - b.since),
    others: staff
      .filter(
        (one) => one.id !== holder && [...(projects.get(key) ?? [])].every((id) => holds(one.grants, role.id, id)),
      )
      .map(({ id, name }) => ({ id, name, tasks: countOf(id) }))
      .sort((a, b) => a.tasks - b.tasks || (a.name < b.name ? -1 : 1)),
  }));
  return { people: (await Promise.all(rows)).sort((a, b) => b.tasks.length - a.tasks.length), more };
}
