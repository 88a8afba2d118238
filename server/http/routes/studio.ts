import type { Person } from '../../accounts/accounts.ts';
import { notFound } from '../../fault.ts';
import { draftValidators, labDraft, labProjects, labRelease } from '../../use-cases/lab.ts';
import { migrateCases, planOf } from '../../use-cases/migrate-cases.ts';
import { checkProject, listProjects, openProject, publishProject, saveProject } from '../../use-cases/studio.ts';
import { bodyOf, type Call, invalid, numberOf, param, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const STUDIO: Access = { kind: 'may', ability: 'studio' };
const ONE: Access = { kind: 'may', ability: 'studio', project: 'id' };
const EDIT: Access = { kind: 'may', ability: 'edit', project: 'id' };
const PUBLISH: Access = { kind: 'may', ability: 'publish', project: 'id' };
const TESTER: Access = { kind: 'may', ability: 'lab' };
/** Who keeps cases running moves them; what they are moved to was made by somebody else. */
const MIGRATOR: Access = { kind: 'may', ability: 'migrate', project: 'id' };
const MOST_YAML = 200_000;

function personOf(call: Call): Person {
  if (!call.caller.person) throw notFound();
  return call.caller.person;
}

/** Ends when the one who asked is gone before the answer. */
function untilLeft({ response }: Call): AbortSignal {
  const abort = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) abort.abort();
  });
  return abort.signal;
}

export const studioRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/studio/projects',
    access: STUDIO,
    handle: async (context, call) => ({ projects: await listProjects(context, personOf(call)) }),
  },
  {
    method: 'get',
    path: '/api/studio/projects/:id',
    access: ONE,
    handle: (context, call) => openProject(context, personOf(call), param(call, 'id')),
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/check',
    access: ONE,
    handle: async (context, call) => checkProject(context, param(call, 'id'), textOf(bodyOf(call), 'yaml', MOST_YAML)),
  },
  {
    method: 'put',
    path: '/api/studio/projects/:id/draft',
    access: EDIT,
    async handle(context, call) {
      const body = bodyOf(call);
      const yaml = textOf(body, 'yaml', MOST_YAML);
      return saveProject(context, personOf(call), param(call, 'id'), yaml, numberOf(body, 'base'));
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/publish',
    access: PUBLISH,
    async handle(context, call) {
      const body = bodyOf(call);
      const publishing = {
        note: textOf(body, 'note', 200),
        base: numberOf(body, 'base'),
        storiesMayChange: body.stories === 'changed',
        signal: untilLeft(call),
      };
      return publishProject(context, personOf(call), param(call, 'id'), publishing);
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/migrate',
    access: MIGRATOR,
    async handle(context, call) {
      const body = bodyOf(call);
      const plan = planOf(body.plan ?? {});
      if (!plan)
        throw invalid('plan 应为 {"states": {…}, "timers": {…}}', 'plan has to be {"states": {…}, "timers": {…}}');
      const migration = { project: param(call, 'id'), plan, check: body.check === true };
      return { cases: await migrateCases(context, personOf(call).id, migration) };
    },
  },
  {
    method: 'get',
    path: '/api/lab/projects',
    access: TESTER,
    handle: async (context) => ({ projects: await labProjects(context) }),
  },
  {
    method: 'get',
    path: '/api/lab/releases/:hash',
    access: TESTER,
    async handle(context, call) {
      const release = await labRelease(context, param(call, 'hash'));
      call.response.setHeader('cache-control', 'private, max-age=31536000, immutable');
      return release;
    },
  },
  {
    method: 'get',
    path: '/api/lab/drafts/:id',
    access: TESTER,
    handle: (context, call) => labDraft(context, param(call, 'id')),
  },
  {
    method: 'get',
    path: '/api/lab/drafts/:id/validators.js',
    access: TESTER,
    async handle(context, call) {
      const text = await draftValidators(context, param(call, 'id'));
      call.response.setHeader('cache-control', 'no-store');
      call.response.type('text/javascript').send(text);
    },
  },
];
