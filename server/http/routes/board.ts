import type { BoardView } from '../../../engine/contract/board.ts';
import type { Board } from '../../../engine/explain/board.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { Context } from '../../context.ts';
import { invalid, notFound } from '../../fault.ts';
import { leads } from '../../policies/leading.ts';
import { writeDown } from '../../use-cases/audit.ts';
import { bodyOf, type Call, numberOf, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const LEAD: Access = { kind: 'lead' };
const MOST_NOTE = 200;

function ledBy(context: Context, call: Call): readonly Definition[] {
  const person = personOf(call);
  return context.inForce().filter((definition) => leads(definition, person));
}

/** A project that the caller leads; others are told that there is none. */
function projectOf(context: Context, call: Call): Definition['project'] {
  const found = ledBy(context, call).find(({ project }) => project.id === param(call, 'project'));
  if (found === undefined) throw notFound();
  return found.project;
}

async function present(context: Context, project: Definition['project']): Promise<BoardView> {
  const { board, version } = await context.boards.of(project.id);
  const { opening, announcements, history } = board;
  const named = history.map(async (one) => ({ ...one, by: (await context.accounts.book.read(one.by))?.name ?? '' }));
  const { related: _, ...released } = project;
  return { project: released, board: { opening, announcements }, version, history: await Promise.all(named) };
}

/** Announcements and the days on which a project takes cases, beside its release. */
export const boardRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/board',
    access: LEAD,
    async handle(context, call) {
      const projects = ledBy(context, call).map(async ({ project: { id, title } }) => ({
        ...{ id, title, changed: (await context.boards.of(id)).version > 0 },
      }));
      return { projects: await Promise.all(projects) };
    },
  },
  {
    method: 'get',
    path: '/api/board/:project',
    access: LEAD,
    handle: async (context, call) => present(context, projectOf(context, call)),
  },
  {
    method: 'put',
    path: '/api/board/:project',
    access: LEAD,
    async handle(context, call) {
      const project = projectOf(context, call);
      const body = bodyOf(call);
      const note = textOf(body, 'note', MOST_NOTE).trim();
      if (note === '') throw invalid('请写明为什么修改', 'say why it is changed');
      const { id: by } = personOf(call);
      await context.boards.save(project.id, body.board as unknown as Board, { by, note, base: numberOf(body, 'base') });
      await writeDown(context, { person: by, action: 'board', path: project.id, reason: note });
      return present(context, project);
    },
  },
];
