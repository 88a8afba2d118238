import { standaloneValidators } from '../../engine/forms/index.ts';
import type { Calendar } from '../../engine/index.ts';
import type { Files } from '../../engine/model/definition.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { filesOfProject, readScenarioFiles } from '../releases/files.ts';

/** What the lab can play: a release in force, and what somebody would make the next one. */
export interface LabProject {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  readonly draft: boolean;
}

export interface LabFiles {
  readonly files: Files;
  readonly project: string;
  readonly calendar: Calendar;
}

export async function labProjects(context: Context): Promise<readonly LabProject[]> {
  const heads = await context.releases.projects();
  const drafts = new Set(heads.flatMap(({ id, draft }) => (draft === null ? [] : [id])));
  return context.inForce().map(({ project: { id, title }, hash }) => ({ id, title, hash, draft: drafts.has(id) }));
}

/** @throws Fault not-found */
export async function labRelease(context: Context, hash: string): Promise<LabFiles> {
  const release = await context.releases.release(hash);
  if (!release) throw notFound();
  return { files: release.files, project: release.project, calendar: context.cases.env().calendar };
}

/** Every scenario that a gate plays: those of the folder, and those that were kept for the projects in force. Path -> text. */
export async function labScenarios(context: Context): Promise<Files> {
  const kept = await Promise.all(context.inForce().map(({ project }) => context.kept.files(project.id)));
  return Object.assign(await readScenarioFiles(context.config.definitionsDir), ...kept);
}

/** A draft as it was saved, broken or not: the lab says what is wrong with it. @throws Fault not-found */
export async function labDraft(context: Context, project: string): Promise<LabFiles> {
  return { files: await draftOf(context, project), project, calendar: context.cases.env().calendar };
}

/** The validators of a draft's forms, as the text of an ES module. @throws Fault not-found, draft-broken */
export async function draftValidators(context: Context, project: string): Promise<string> {
  const { definition, issues } = context.releases.check(project, await draftOf(context, project));
  if (definition === null)
    throw new Fault(409, 'draft-broken', { count: issues.filter(({ severity }) => severity === 'error').length });
  return standaloneValidators(definition.forms);
}

async function draftOf({ releases }: Context, project: string): Promise<Files> {
  const head = await releases.project(project);
  if (!head?.draft) throw notFound();
  return filesOfProject(await releases.draftFiles(head), project);
}
