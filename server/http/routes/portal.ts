import { limitPer, requireNow } from '../../accounts/limits.ts';
import type { IndexEntry } from '../../cases/index-of-cases.ts';
import type { Context } from '../../context.ts';
import { Fault, invalid, notFound } from '../../fault.ts';
import { openApi } from '../../portal/openapi.ts';
import type { PortalClient } from '../../portal/registry.ts';
import { type CaseStatus, statusOf } from '../../portal/status.ts';
import { type Call, param, queryText } from '../request.ts';
import type { Access, Route } from '../route.ts';

/** A portal is known by its key, not by a session. */
const KEY: Access = { kind: 'key' };
const PAGE = 100;
/** A portal asks for single cases as people look at them; a hall is not read out by it. */
const asks = limitPer<Context>(600, 60_000);
/** Somebody who tries keys. */
const tries = limitPer<Context>(60, 60_000);

/** @throws Fault portal-key, too-many-requests */
function portalOf(context: Context, call: Call): PortalClient {
  const [, key] = /^Bearer (\S+)$/.exec(call.request.get('authorization') ?? '') ?? [];
  const client = key === undefined ? null : context.portalClients.byKey(key);
  if (client === null) {
    requireNow(tries(context).take(call.address));
    throw new Fault(401, 'portal-key');
  }
  requireNow(asks(context).take(client.id));
  return client;
}

async function presentStatus(context: Context, { id }: IndexEntry): Promise<CaseStatus> {
  const { document, definition } = await context.cases.read(id);
  return statusOf(context.engine, definition, document.state, context.cases.env());
}

export const portalRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/portal/v1/openapi.json',
    access: { kind: 'public' },
    async handle(context) {
      const brand = context.inForce()[0]?.content.hall?.brand as { name?: unknown } | undefined;
      return openApi(typeof brand?.name === 'string' ? brand.name : '', context.config.outside.publicUrl);
    },
  },
  {
    method: 'get',
    path: '/api/portal/v1/cases/:number',
    access: KEY,
    async handle(context, call) {
      const client = portalOf(context, call);
      const number = param(call, 'number').replace(/[\s-]/g, '');
      const entry = (await context.cases.lists.numbered([number])).get(number);
      if (entry !== undefined && client.projects.includes(entry.project)) return presentStatus(context, entry);
      throw notFound();
    },
  },
  {
    method: 'get',
    path: '/api/portal/v1/cases',
    access: KEY,
    async handle(context, call) {
      const client = portalOf(context, call);
      const since = Date.parse(queryText(call, 'since'));
      if (Number.isNaN(since)) throw invalid('since 应为 ISO 8601 时间', 'since has to be a time of ISO 8601');
      const after = cursorOf(queryText(call, 'cursor', 200));
      const found = await context.cases.lists.changed(client.projects, since, after, PAGE + 1);
      const shown = found.slice(0, PAGE);
      const last = shown.at(-1);
      const cases: CaseStatus[] = [];
      for (const entry of shown) cases.push(await presentStatus(context, entry));
      return { cases, next: last && found.length > PAGE ? `${last.updatedAt}.${last.id}` : null };
    },
  },
];

interface Cursor {
  readonly at: number;
  readonly id: string;
}

function cursorOf(text: string): Cursor | null {
  if (text === '') return null;
  const [, at, id] = /^(\d+)\.(.+)$/.exec(text) ?? [];
  if (at === undefined || id === undefined) throw invalid('cursor 不对', 'this is no cursor');
  return { at: Number(at), id };
}
