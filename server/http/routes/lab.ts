import { draftValidators, labDraft, labProjects, labRelease, labScenarios } from '../../use-cases/lab.ts';
import { sampleCase } from '../../use-cases/sample-case.ts';
import { bodyOf, optionalText, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const TESTER: Access = { kind: 'may', ability: 'lab' };

export const labRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/lab/projects',
    access: TESTER,
    handle: async (context) => ({ projects: await labProjects(context) }),
  },
  {
    method: 'get',
    path: '/api/lab/scenarios',
    access: TESTER,
    handle: async (context) => ({ files: await labScenarios(context) }),
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
    method: 'post',
    path: '/api/lab/cases',
    access: { kind: 'may', ability: 'sample' },
    handle(context, call) {
      const body = bodyOf(call);
      return sampleCase(context, personOf(call), textOf(body, 'number', 40), optionalText(body, 'reason') ?? '');
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
