import type { HallView, ReleaseView } from '../../../engine/contract/routes.ts';
import type { Locale } from '../../../engine/errors/index.ts';
import { standaloneValidators } from '../../../engine/forms/index.ts';
import { announced, whyClosed } from '../../../engine/index.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { activeStates } from '../../cases/index-of-cases.ts';
import type { Context } from '../../context.ts';
import { notFound } from '../../fault.ts';
import { param, queryText } from '../request.ts';
import type { Route } from '../route.ts';

/** Releases never change: a browser may keep them for ever. */
const FOREVER = 'public, max-age=31536000, immutable';

async function releaseOf(context: Context, hash: string): Promise<Definition> {
  if (!/^[0-9a-f]{64}$/.test(hash) || !(await context.releases.release(hash))) throw notFound();
  return context.releases.definition(hash);
}

function presentHall(context: Context, locale?: Locale): HallView {
  const definitions = context.inForce();
  const content = definitions[0]?.content.hall ?? {};
  const brand = content.brand as { name?: Json } | undefined;
  return {
    name: typeof brand?.name === 'string' ? brand.name : '',
    content,
    projects: definitions.map(({ hash, project: released, workflow, declared }) => {
      const project = context.boards.effective(released);
      const closed = whyClosed(project, context.clock.now(), locale);
      const announcements = announced(project, context.clock.now());
      return {
        id: project.id,
        title: project.title,
        workflow,
        release: hash,
        ...(closed !== null && { closed }),
        ...(project.related !== undefined && { related: project.related }),
        ...(announcements.length > 0 && { announcements }),
        ...(declared.batch !== undefined && { batch: declared.batch.title }),
      };
    }),
    lists: listsOf(definitions, content.lists),
  };
}

/** The lists that the processes in force declare, each once: those that the hall names first, then in the order of the projects. */
function listsOf(definitions: readonly Definition[], named: Json | undefined): HallView['lists'] {
  const found = new Map<string, string>();
  for (const { declared } of definitions)
    for (const [id, { title }] of Object.entries(declared.lists)) if (!found.has(id)) found.set(id, title);
  const first = (Array.isArray(named) ? named : []).filter((id) => typeof id === 'string' && found.has(id)) as string[];
  return [...new Set([...first, ...found.keys()])].map((id) => ({ id, title: found.get(id) ?? id }));
}

/** Content of the task that a case of this definition starts with. */
function firstArticle(context: Context, definition: Definition): string | null {
  const begun = context.engine.start(definition, { id: '', number: '', owner: '' }, context.cases.env());
  if (begun.kind === 'refused') return null;
  return activeStates(begun.next).reduce<string | null>(
    (found, address) => found ?? definition.states[address]?.task?.content ?? null,
    null,
  );
}

function presentRelease(context: Context, definition: Definition): ReleaseView {
  const { hash, project, workflow, forms, settings, content, declared, roles } = definition;
  const article = firstArticle(context, definition);
  return {
    ...(article === null ? {} : { article }),
    hash,
    project: { id: project.id, title: project.title },
    workflow,
    forms,
    settings,
    content,
    tables: declared.tables as unknown as JsonObject,
    roles,
    ...presentBatch(declared.batch),
  };
}

function presentBatch(batch: Definition['declared']['batch']): Pick<ReleaseView, 'batch'> {
  if (batch === undefined) return {};
  const { title, shared, most } = batch;
  return { batch: { title, shared, most } };
}

const validators = new Map<string, string>();

export const hallRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/hall',
    access: { kind: 'public' },
    handle: async (context, call) => presentHall(context, call.caller.locale),
  },
  {
    method: 'get',
    path: '/api/releases/:hash',
    access: { kind: 'public' },
    async handle(context, call) {
      const definition = await releaseOf(context, param(call, 'hash'));
      call.response.setHeader('cache-control', FOREVER);
      return presentRelease(context, definition);
    },
  },
  {
    method: 'get',
    path: '/api/releases/:hash/validators.js',
    access: { kind: 'public' },
    async handle(context, call) {
      const { hash, forms } = await releaseOf(context, param(call, 'hash'));
      const text = validators.get(hash) ?? standaloneValidators(forms);
      validators.set(hash, text);
      call.response.setHeader('cache-control', FOREVER);
      call.response.type('text/javascript').send(text);
    },
  },
  {
    method: 'get',
    path: '/api/options/:source',
    access: { kind: 'public' },
    async handle(context, call) {
      const under = queryText(call, 'under');
      const found = context.options.search(param(call, 'source'), {
        q: queryText(call, 'q'),
        ...(under === '' ? {} : { under }),
      });
      if (!found) throw notFound();
      call.response.setHeader('cache-control', 'public, max-age=3600');
      return { options: found };
    },
  },
];
