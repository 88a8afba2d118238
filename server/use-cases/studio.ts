import type { Diagram, StudioProject, StudioProjectRow } from '../../engine/contract/routes.ts';
import type { Verdict } from '../../engine/contract/verdict.ts';
import { diagram, type Editable, type EditableParts, editable, editableParts } from '../../engine/index.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { Issue } from '../../engine/model/issue.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { may } from '../policies/abilities.ts';
import { Ended } from '../proving/in-child.ts';
import { filesOfProject, projectPath } from '../releases/files.ts';
import { proofTime } from '../releases/gate.ts';
import { BrokenDefinition, type ProjectHead } from '../releases/releases.ts';
import { Conflict } from '../store/store.ts';
import { changedIn } from './draft-summary.ts';

const EMPTY: Diagram = { nodes: [], edges: [] };

async function headOf(context: Context, id: string): Promise<ProjectHead> {
  const head = await context.releases.project(id);
  if (!head) throw notFound();
  return head;
}

function errorsIn(issues: readonly Issue[]): number {
  return issues.filter(({ severity }) => severity === 'error').length;
}

async function rowOf(context: Context, person: Person, head: ProjectHead): Promise<StudioProjectRow> {
  const { releases, cases } = context;
  const drafted = head.draft ? releases.check(head.id, await releases.draftFiles(head)) : null;
  const known = (await releasedOf(context, head)) ?? drafted?.definition;
  const [current] = head.history;
  const { open, older, labels } = await cases.lists.standing(head.id, head.current, context.clock.now());
  return {
    id: head.id,
    title: known?.project.title ?? head.id,
    workflow: known?.workflow ?? { id: '', title: '' },
    release: current ? { ...current, by: await nameOf(context, current.by) } : null,
    draft: head.draft && {
      at: head.draft.at,
      by: await nameOf(context, head.draft.by),
      errors: errorsIn(drafted?.issues ?? []),
      changed: changedIn(await releasedText(context, head), head.draft.yaml, known ?? null),
    },
    openCases: open,
    states: labels,
    olderCases: older,
    opens: may(person, 'studio', head.id),
    moves: may(person, 'migrate', head.id),
    earlier: head.history.filter(({ hash }) => hash !== head.current).map(({ hash, number }) => ({ hash, number })),
  };
}

/** Null when the release does not load any more: the project can still be opened, to be mended. */
function releasedOf(context: Context, head: ProjectHead): Promise<Definition | null> {
  if (head.current === null) return Promise.resolve(null);
  return context.releases.definition(head.current).catch(() => null);
}

/** The project's own file in its release in force; empty before the first. */
async function releasedText({ releases }: Context, { id, current }: ProjectHead): Promise<string> {
  const release = current === null ? null : await releases.release(current);
  return release?.files[projectPath(id)] ?? '';
}

/** Names for the screen; what the files or the command line did has no person. */
async function nameOf(context: Context, by: string): Promise<string> {
  return (await context.accounts.person(by))?.name ?? by;
}

/** Those in which they have something to do. */
export async function listProjects(context: Context, person: Person): Promise<readonly StudioProjectRow[]> {
  const heads = (await context.releases.projects()).filter(
    ({ id }) => may(person, 'studio', id) || may(person, 'migrate', id),
  );
  return Promise.all(heads.map((head) => rowOf(context, person, head)));
}

/** @throws Fault not-found */
export async function openProject(context: Context, person: Person, id: string): Promise<StudioProject> {
  return present(context, person, await headOf(context, id));
}

async function present(context: Context, person: Person, head: ProjectHead): Promise<StudioProject> {
  const { releases } = context;
  const files = await releases.draftFiles(head);
  const released = await releasedOf(context, head);
  const { definition, issues } = releases.check(head.id, files);
  const history = await Promise.all(head.history.map(async (one) => ({ ...one, by: await nameOf(context, one.by) })));
  return {
    ...(await rowOf(context, person, head)),
    may: {
      edit: may(person, 'edit', head.id),
      publish: may(person, 'publish', head.id) && !isOwnWork(person, head),
      goBack: may(person, 'publish', head.id),
    },
    yaml: files[projectPath(head.id)] ?? '',
    base: head.version,
    issues,
    history,
    ...shown(definition ?? released),
  };
}

/** Settings and drawing of a definition. */
function shown(definition: Definition | null): {
  settingsSchema: JsonObject;
  defaults: JsonObject;
  settings: JsonObject;
  diagram: Diagram;
} {
  if (!definition) return { settingsSchema: {}, defaults: {}, settings: {}, diagram: EMPTY };
  const { settingsSchema, settings } = definition;
  return { settingsSchema, defaults: defaultsOf(settingsSchema), settings, diagram: diagram(definition) };
}

function defaultsOf(schema: JsonObject): JsonObject {
  const properties = (schema.properties ?? {}) as { [name: string]: JsonObject };
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, rules]) => (rules.default === undefined ? [] : [[name, rules.default]])),
  );
}

/** Whoever changed the draft since the last release does not publish it, whatever their roles are now. */
function isOwnWork({ id }: Person, { draft }: ProjectHead): boolean {
  return draft !== null && (draft.editors ?? [draft.by]).includes(id);
}

/** What a text would be; nothing is kept. */
export async function checkProject(
  context: Context,
  id: string,
  yaml: string,
): Promise<{ issues: readonly Issue[]; diagram: Diagram; settings: JsonObject }> {
  const head = await headOf(context, id);
  const files = { ...(await context.releases.draftFiles(head)), [projectPath(id)]: yaml };
  const { definition, issues } = context.releases.check(id, files);
  return {
    issues,
    diagram: definition ? diagram(definition) : EMPTY,
    settings: definition ? definition.settings : {},
  };
}

/** What can be changed at a state of what a text would be; nothing is kept. @throws Fault not-found */
export async function placeOfProject(context: Context, id: string, yaml: string, address: string): Promise<Editable> {
  const head = await headOf(context, id);
  return editable({ ...(await context.releases.draftFiles(head)), [projectPath(id)]: yaml }, id, address);
}

/** What a text leaves to be said in forms and texts; nothing is kept. @throws Fault not-found, draft-broken */
export async function partsOfProject(context: Context, id: string, yaml: string): Promise<EditableParts> {
  const head = await headOf(context, id);
  const files = { ...(await context.releases.draftFiles(head)), [projectPath(id)]: yaml };
  const parts = editableParts(files, id);
  if (parts === null)
    throw new Fault(409, 'draft-broken', { count: errorsIn(context.releases.check(id, files).issues) });
  return parts;
}

/** Keeps a text, broken or not. @throws Fault not-found, draft-changed */
export async function saveProject(
  context: Context,
  person: Person,
  id: string,
  yaml: string,
  base: number,
): Promise<StudioProject> {
  const head = await headOf(context, id);
  return present(
    context,
    person,
    await orChanged(context.releases.saveDraft(id, { yaml, files: head.draft?.files ?? null, by: person.id }, base)),
  );
}

export interface Publishing {
  readonly note: string;
  readonly base: number;
  /** It was seen that scenarios come out otherwise, and it is meant. */
  readonly storiesMayChange: boolean;
  /** Ends the proof when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/**
 * Makes the draft the next release, once it is proven; new cases take it, running cases keep theirs.
 * @throws Fault draft-none, own-change, note-needed, draft-changed, draft-broken, and those of `pass`
 */
export async function publishProject(
  context: Context,
  person: Person,
  id: string,
  publishing: Publishing,
): Promise<StudioProject> {
  const { base } = publishing;
  const note = publishing.note.trim();
  const head = await headOf(context, id);
  if (!head.draft) throw new Fault(409, 'draft-none');
  if (isOwnWork(person, head)) throw new Fault(403, 'own-change');
  if (note === '') throw new Fault(422, 'note-needed');
  if (head.version !== base) throw new Fault(409, 'draft-changed');
  const { undecided } = await pass(context, head, publishing);
  try {
    // What was judged is what is published: the head's version is the base of both.
    const next = await orChanged(context.releases.publish(id, { note, by: person.id, base }));
    await context.released();
    return { ...(await present(context, person, next)), undecided };
  } catch (error) {
    if (error instanceof BrokenDefinition) throw new Fault(409, 'draft-broken', { count: errorsIn(error.issues) });
    throw error;
  }
}

/** @throws Fault draft-broken, draft-unproven, draft-unfinished, draft-stories, draft-late */
async function pass(context: Context, head: ProjectHead, publishing: Publishing): Promise<Verdict> {
  const files = filesOfProject(await context.releases.draftFiles(head), head.id);
  const { definition, issues } = context.releases.check(head.id, files);
  if (!definition) throw new Fault(409, 'draft-broken', { count: errorsIn(issues) });
  const verdict = await orLate(context.gate.judge(definition, files, publishing.signal));
  const { violations, unfinished, scenarios } = verdict;
  const more = { extra: { verdict } };
  if (violations.length > 0) throw new Fault(409, 'draft-unproven', { count: violations.length }, more);
  if (unfinished.length > 0) throw new Fault(409, 'draft-unfinished', { regions: unfinished.join('、') }, more);
  if (scenarios.length > 0 && !publishing.storiesMayChange)
    throw new Fault(409, 'draft-stories', { count: scenarios.length }, more);
  return verdict;
}

/** @throws Fault draft-late */
export async function orLate<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Ended) throw new Fault(503, 'draft-late', { seconds: proofTime / 1000 });
    throw error;
  }
}

async function orChanged<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    if (error instanceof Conflict) throw new Fault(409, 'draft-changed');
    throw error;
  }
}
