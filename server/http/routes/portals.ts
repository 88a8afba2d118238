import type { PortalList, PortalView } from '../../../engine/contract/portals.ts';
import type { Context } from '../../context.ts';
import { invalid } from '../../fault.ts';
import type { PortalClient } from '../../portal/registry.ts';
import { writeDown } from '../../use-cases/audit.ts';
import { bodyOf, type Call, param, personOf, textOf } from '../request.ts';
import type { Access, Route } from '../route.ts';

const OPERATIONS: Access = { kind: 'may', ability: 'letters' };

function present({ keys, secrets, ...client }: PortalClient): PortalView {
  return {
    ...client,
    keys: keys.map(({ id, at }) => ({ id, at })),
    secrets: secrets.map(({ at, until }) => ({ at, until })),
  };
}

function list(context: Context): PortalList {
  return {
    portals: context.portalClients.all().map(present),
    projects: context.inForce().map(({ project: { id, title } }) => ({ id, title })),
  };
}

async function note(context: Context, call: Call, action: string, path: string, reason = ''): Promise<void> {
  await writeDown(context, { person: personOf(call).id, action, path, reason });
}

function projectsOf(context: Context, given: unknown): readonly string[] {
  const known = new Set(context.inForce().map(({ project }) => project.id));
  const projects = Array.isArray(given) ? given.filter((id): id is string => typeof id === 'string') : [];
  if (projects.length === 0 || projects.some((id) => !known.has(id)))
    throw invalid('请至少选一个项目', 'choose at least one project');
  return projects;
}

/** Empty = nobody is told. An address inside the house is refused like those of connectors. @throws Fault request-invalid */
function urlOf(context: Context, text: string): string | null {
  if (text === '') return null;
  if (context.webhookHosts.allows(text)) return text;
  throw invalid(
    '地址要用 https，主机要在 CERTFLOW_HOSTS 里，不能是内网地址',
    'the address needs https and a host that stands in CERTFLOW_HOSTS; private addresses are refused',
  );
}

/** Systems of others that ask how cases stand: who they are, their keys, where they are told. */
export const portalsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/portals',
    access: OPERATIONS,
    handle: async (context) => list(context),
  },
  {
    method: 'post',
    path: '/api/portals',
    access: OPERATIONS,
    async handle(context, call) {
      const body = bodyOf(call);
      const id = textOf(body, 'id', 40).trim();
      if (!/^[a-z][a-z0-9-]{1,39}$/.test(id))
        throw invalid(
          '编号请用 2 到 40 位小写字母、数字或 -，以字母开头',
          'an id has 2 to 40 lower-case letters, digits or -',
        );
      const title = textOf(body, 'title', 80).trim();
      if (title === '') throw invalid('请填写门户名称', 'give the name of the portal');
      const projects = projectsOf(context, body.projects);
      await note(context, call, 'portal-create', id, projects.join(' '));
      await context.portalClients.create({ id, title, projects });
      return list(context);
    },
  },
  {
    method: 'patch',
    path: '/api/portals/:id',
    access: OPERATIONS,
    async handle(context, call) {
      const body = bodyOf(call);
      const id = param(call, 'id');
      const projects = body.projects === undefined ? undefined : projectsOf(context, body.projects);
      const url = body.url === undefined ? undefined : urlOf(context, textOf(body, 'url', 500).trim());
      const disabled = typeof body.disabled === 'boolean' ? body.disabled : undefined;
      const revoke = typeof body.revoke === 'string' ? body.revoke : undefined;
      const said = Object.entries({ projects, url, disabled, revoke }).filter(([, value]) => value !== undefined);
      await note(context, call, 'portal-change', id, JSON.stringify(Object.fromEntries(said)).slice(0, 200));
      await context.portalClients.change(id, (now) => ({
        ...now,
        ...(projects && { projects }),
        ...(url !== undefined && { url }),
        ...(disabled !== undefined && { disabled }),
        ...(revoke !== undefined && { keys: now.keys.filter((key) => key.id !== revoke) }),
      }));
      return list(context);
    },
  },
  {
    method: 'post',
    path: '/api/portals/:id/keys',
    access: OPERATIONS,
    async handle(context, call) {
      const id = param(call, 'id');
      await note(context, call, 'portal-key', id);
      const { key } = await context.portalClients.addKey(id);
      return { key, ...list(context) };
    },
  },
  {
    method: 'post',
    path: '/api/portals/:id/secrets',
    access: OPERATIONS,
    async handle(context, call) {
      const id = param(call, 'id');
      await note(context, call, 'portal-secret', id);
      const { secret } = await context.portalClients.addSecret(id);
      return { secret, ...list(context) };
    },
  },
];
