import { strToU8, type ZippableFile, zipSync } from 'fflate';
import type { StudioDifference } from '../../engine/contract/impact.ts';
import type { StudioProject } from '../../engine/contract/routes.ts';
import type { Files } from '../../engine/model/definition.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { inChild } from '../proving/in-child.ts';
import { filesOfProject } from '../releases/files.ts';
import { proofTime } from '../releases/gate.ts';
import { Conflict } from '../store/store.ts';
import { targetOf } from './impact.ts';
import { openProject } from './studio.ts';

/**
 * What the draft, or without one the release in force, does otherwise than a release; in a process of its own, for the
 * ways that show it are looked for. @throws Fault not-found, draft-broken
 */
export async function differenceOf(
  context: Context,
  project: string,
  from: string | null,
  signal: AbortSignal,
): Promise<readonly StudioDifference[]> {
  const { releases } = context;
  const head = await releases.project(project);
  if (!head) throw notFound();
  const hash = from ?? head.current;
  const isOwn = hash !== null && head.history.some((one) => one.hash === hash);
  const before = isOwn ? await releases.release(hash) : null;
  if (!before) throw notFound();
  // Said before the work is begun: a draft with errors cannot be compared.
  if (head.draft) await targetOf(context, head, 'draft');
  const after = filesOfProject(await releases.draftFiles(head), project);
  return inChild({ kind: 'difference', project, before: before.files, after } as const, { time: proofTime, signal });
}

/**
 * Puts an earlier release in force again: it was proved when it was published. New cases take it; running cases keep
 * theirs. @throws Fault not-found, note-needed, draft-changed
 */
export async function goBack(
  context: Context,
  person: Person,
  project: string,
  { hash, note, base }: { readonly hash: string; readonly note: string; readonly base: number },
): Promise<StudioProject> {
  const { releases, audit, clock } = context;
  const head = await releases.project(project);
  if (!head?.history.some((one) => one.hash === hash)) throw notFound();
  if (note.trim() === '') throw new Fault(422, 'note-needed');
  try {
    await releases.goBack(project, { hash, note: note.trim(), by: person.id, base });
  } catch (error) {
    if (error instanceof Conflict) throw new Fault(409, 'draft-changed');
    throw error;
  }
  await audit.append({ at: clock.now(), person: person.id, action: 'go-back', detail: `${project} ${hash}` });
  await context.released();
  return openProject(context, person, project);
}

/** The files of the draft, else of the release in force; or of one of the project's releases. @throws Fault not-found */
export async function filesOf(
  { releases }: Context,
  project: string,
  hash: string | null,
): Promise<{ readonly project: string; readonly files: Files }> {
  const head = await releases.project(project);
  if (!head) throw notFound();
  if (hash === null) return { project, files: filesOfProject(await releases.draftFiles(head), project) };
  const release = head.history.some((one) => one.hash === hash) ? await releases.release(hash) : null;
  if (!release) throw notFound();
  return { project, files: release.files };
}

/** The files of a release with the scenarios that it was tried with, as a zip folder: unpacked, `certflow import --dir` takes it. @throws Fault not-found */
export async function packed({ releases }: Context, project: string, hash: string): Promise<Buffer> {
  const release = await releases.release(hash);
  if (release?.project !== project) throw notFound();
  // The same release is the same bytes: its time, not that of the download.
  const mtime = new Date(release.at);
  const files = { ...release.files, ...(await releases.scenarios(project, hash)) };
  const entries = Object.entries(files).map(([path, text]): [string, ZippableFile] => [
    path,
    [strToU8(text), { mtime }],
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}
