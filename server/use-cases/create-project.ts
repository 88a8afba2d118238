import { isMap, parseDocument } from 'yaml';
import type { StudioProject } from '../../engine/contract/routes.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { filesOfProject, projectPath } from '../releases/files.ts';
import { Conflict } from '../store/store.ts';
import { writeDown } from './audit.ts';
import { openProject } from './studio.ts';

export interface NewProject {
  /** Project whose release in force it begins as. */
  readonly from: string;
  readonly id: string;
  readonly title: string;
  /** The beginning of its case numbers. */
  readonly number: string;
}

/** What says something of the one project only: which others go with it, what it announced. */
const OWN = ['announcements', 'related', 'closed', 'opens', 'closes'];

/**
 * A project as a draft: what another one says, under a name and number of its own. Nobody can begin a case in it until its
 * first release is published. @throws Fault not-found, project-id, project-number, project-taken
 */
export async function createProject(context: Context, person: Person, given: NewProject): Promise<StudioProject> {
  const { releases } = context;
  const id = given.id.trim();
  const number = given.number.trim();
  const title = given.title.normalize('NFC').trim();
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id)) throw new Fault(422, 'project-id');
  if (!/^[0-9A-Z]{3}$/.test(number)) throw new Fault(422, 'project-number');
  if (title === '') throw new Fault(422, 'project-title');
  const source = await releases.project(given.from);
  if (!source?.current) throw notFound();
  const release = await releases.release(source.current);
  if (!release) throw notFound();
  const yaml = renamed(release.files[projectPath(source.id)] ?? '', { id, title, number });
  const { [projectPath(source.id)]: _, ...shared } = release.files;
  const files = filesOfProject({ ...shared, [projectPath(id)]: yaml }, id);
  try {
    await releases.create(id, { yaml, files, by: person.id });
  } catch (error) {
    if (error instanceof Conflict) throw new Fault(409, 'project-taken');
    throw error;
  }
  await writeDown(context, { person: person.id, action: 'project-create', path: id, reason: given.from });
  return openProject(context, person, id);
}

/** The text with comments and order kept. */
function renamed(text: string, { id, title, number }: Omit<NewProject, 'from'>): string {
  const document = parseDocument(text);
  if (!isMap(document.contents)) throw notFound();
  document.set('project', id);
  document.set('title', title);
  // A string in any case: 016 would be read as a number.
  document.set('number', document.createNode(number, { flow: false }));
  for (const name of OWN) document.delete(name);
  return document.toString({ lineWidth: 0, defaultStringType: 'PLAIN' });
}
