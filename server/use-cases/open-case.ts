import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Context } from '../context.ts';
import { notFound } from '../fault.ts';
import { actorOf, type Caller } from '../policies/case-access.ts';
import type { CaseDocument } from '../store/store.ts';

export interface OpenedCase {
  readonly document: CaseDocument;
  readonly definition: Definition;
  readonly actor: Actor;
}

/** As whom the caller acts on this case. @throws Fault not-found, also when it is none of their business */
export async function actorFor(context: Context, caller: Caller, id: string): Promise<Actor> {
  const entry = await context.cases.entry(id);
  if (!entry) throw notFound();
  const actor = actorOf(caller, entry, await context.releases.definition(entry.release));
  if (!actor) throw notFound();
  return actor;
}

/** The case as the caller may see it. @throws Fault not-found */
export async function openCase(context: Context, caller: Caller, id: string): Promise<OpenedCase> {
  const actor = await actorFor(context, caller, id);
  return { ...(await context.cases.read(id)), actor };
}
