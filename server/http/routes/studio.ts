import type { JsonObject } from '../../../engine/model/json.ts';
import type { MigrationPlan } from '../../../engine/model/migration.ts';
import { Fault, invalid } from '../../fault.ts';
import { may } from '../../policies/abilities.ts';
import { createProject } from '../../use-cases/create-project.ts';
import { impactOf } from '../../use-cases/impact.ts';
import { dropScenario, keepScenario, keptScenarios } from '../../use-cases/kept-scenarios.ts';
import { migrateCases, planOf } from '../../use-cases/migrate-cases.ts';
import { differenceOf, filesOf, goBack, packed } from '../../use-cases/releases-of-project.ts';
import {
  checkProject,
  listProjects,
  openProject,
  orLate,
  partsOfProject,
  placeOfProject,
  publishProject,
  saveProject,
} from '../../use-cases/studio.ts';
import { bodyOf, type Call, numberOf, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const STUDIO: Access = { kind: 'may', ability: ['studio', 'migrate'] };
const ONE: Access = { kind: 'may', ability: 'studio', project: 'id' };
const EDIT: Access = { kind: 'may', ability: 'edit', project: 'id' };
const PUBLISH: Access = { kind: 'may', ability: 'publish', project: 'id' };
/** Who keeps cases running moves them; what they are moved to was made by somebody else. */
const MIGRATOR: Access = { kind: 'may', ability: 'migrate', project: 'id' };
/** What a change means for open cases concerns those who make it and those who move them. */
const CASES: Access = { kind: 'may', ability: ['studio', 'migrate'], project: 'id' };
const MOST_YAML = 200_000;
const MOST_EXCEPTED = 10_000;

function planIn(body: JsonObject): MigrationPlan {
  const plan = planOf(body.plan ?? {});
  if (!plan) throw invalid('plan 应为 {"states": {…}, "timers": {…}}', 'plan has to be {"states": {…}, "timers": {…}}');
  return plan;
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
    method: 'post',
    path: '/api/studio/projects',
    access: { kind: 'may', ability: 'edit' },
    async handle(context, call) {
      const body = bodyOf(call);
      const text = (name: string, most: number): string => textOf(body, name, most);
      const given = {
        from: text('from', 80),
        id: text('id', 80),
        title: text('title', 60),
        number: text('number', 10),
      };
      const person = personOf(call);
      // Whoever edits some projects only would not be let into the new one.
      if (!may(person, 'edit', given.id.trim()) || !may(person, 'studio', given.from))
        throw new Fault(403, 'not-allowed');
      return createProject(context, person, given);
    },
  },
  {
    method: 'get',
    path: '/api/studio/projects/:id',
    access: ONE,
    handle: (context, call) => openProject(context, personOf(call), param(call, 'id')),
  },
  {
    method: 'get',
    path: '/api/studio/projects/:id/files',
    access: ONE,
    handle(context, call) {
      const { of } = call.request.query;
      return filesOf(context, param(call, 'id'), typeof of === 'string' ? of : null);
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/check',
    access: ONE,
    handle: async (context, call) => checkProject(context, param(call, 'id'), textOf(bodyOf(call), 'yaml', MOST_YAML)),
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/place',
    access: ONE,
    async handle(context, call) {
      const body = bodyOf(call);
      return placeOfProject(context, param(call, 'id'), textOf(body, 'yaml', MOST_YAML), textOf(body, 'address', 400));
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/parts',
    access: ONE,
    handle: async (context, call) =>
      partsOfProject(context, param(call, 'id'), textOf(bodyOf(call), 'yaml', MOST_YAML)),
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
      const { to, most, except } = body;
      const migration = {
        project: param(call, 'id'),
        plan: planIn(body),
        check: body.check === true,
        ...(typeof to === 'string' && { to }),
        ...(typeof most === 'number' && most > 0 && { most: Math.ceil(most) }),
        ...(Array.isArray(except) && { except: except.map(String).slice(0, MOST_EXCEPTED) }),
      };
      return { cases: await migrateCases(context, personOf(call).id, migration) };
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/impact',
    access: CASES,
    async handle(context, call) {
      const body = bodyOf(call);
      return impactOf(context, param(call, 'id'), body.of === 'release' ? 'release' : 'draft', planIn(body));
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/difference',
    access: ONE,
    async handle(context, call) {
      const { from } = bodyOf(call);
      const found = differenceOf(context, param(call, 'id'), typeof from === 'string' ? from : null, untilLeft(call));
      return { differences: await orLate(found) };
    },
  },
  {
    method: 'get',
    path: '/api/studio/projects/:id/scenarios',
    access: ONE,
    handle: async (context, call) => ({ scenarios: await keptScenarios(context, param(call, 'id')) }),
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/scenarios',
    access: ONE,
    handle: (context, call) =>
      keepScenario(context, personOf(call), param(call, 'id'), textOf(bodyOf(call), 'text', MOST_YAML)),
  },
  {
    method: 'delete',
    path: '/api/studio/projects/:id/scenarios',
    access: ONE,
    async handle(context, call) {
      await dropScenario(context, personOf(call), param(call, 'id'), textOf(bodyOf(call), 'path', 400));
      return {};
    },
  },
  {
    method: 'post',
    path: '/api/studio/projects/:id/go-back',
    access: PUBLISH,
    async handle(context, call) {
      const body = bodyOf(call);
      const given = { hash: textOf(body, 'hash', 128), note: textOf(body, 'note', 200), base: numberOf(body, 'base') };
      return goBack(context, personOf(call), param(call, 'id'), given);
    },
  },
  {
    method: 'get',
    path: '/api/studio/projects/:id/releases/:hash/files.zip',
    access: ONE,
    async handle(context, call) {
      const [id, hash] = [param(call, 'id'), param(call, 'hash')];
      const bytes = await packed(context, id, hash);
      call.response
        .type('application/zip')
        .attachment(`${id}-${hash.slice(0, 12)}.zip`)
        .send(bytes);
    },
  },
];
