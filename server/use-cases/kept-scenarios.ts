import type { StudioScenario } from '../../engine/contract/impact.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { type KeptScenario, mostScenarios } from '../releases/kept-scenarios.ts';
import { writeDown } from './audit.ts';

/** Scenarios that were kept for a project in the studio, the newest first. @throws Fault not-found */
export async function keptScenarios(context: Context, project: string): Promise<readonly StudioScenario[]> {
  await mustExist(context, project);
  const all = await context.kept.list(project);
  return Promise.all([...all].reverse().map((one) => shown(context, one)));
}

/** Keeps a scenario; the same one twice is one. @throws Fault not-found, scenario-unusable, scenario-most */
export async function keepScenario(
  context: Context,
  person: Person,
  project: string,
  text: string,
): Promise<StudioScenario> {
  await mustExist(context, project);
  const keeping = await context.kept.keep(project, text, person.id);
  if (keeping.kind === 'full') throw new Fault(409, 'scenario-most', { count: mostScenarios });
  if (keeping.kind === 'broken') throw new Fault(422, 'scenario-unusable', { line: keeping.issue?.line ?? 1 });
  const { scenario, isNew } = keeping;
  if (isNew) await writeDown(context, deedOf(person, 'scenario-keep', project, scenario.path));
  return shown(context, scenario);
}

/** From now on it is not played any more. @throws Fault not-found */
export async function dropScenario(context: Context, person: Person, project: string, path: string): Promise<void> {
  await mustExist(context, project);
  if (!(await context.kept.remove(project, path))) throw notFound();
  await writeDown(context, deedOf(person, 'scenario-drop', project, path));
}

async function mustExist({ releases }: Context, project: string): Promise<void> {
  if ((await releases.project(project)) === null) throw notFound();
}

function deedOf({ id }: Person, action: string, project: string, path: string) {
  return { person: id, action, path: project, reason: path };
}

async function shown({ accounts }: Context, { by, ...one }: KeptScenario): Promise<StudioScenario> {
  return { ...one, by: (await accounts.person(by))?.name ?? by };
}
