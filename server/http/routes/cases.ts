import type { EventRequest } from '../../../engine/contract/routes.ts';
import { whyClosed } from '../../../engine/index.ts';
import type { Context } from '../../context.ts';
import { Fault, invalid, notFound } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { CASE } from '../../policies/case-access.ts';
import { presentCase } from '../../presenters/case-view.ts';
import { listEarlier, readEarlier, startFrom } from '../../use-cases/earlier-cases.ts';
import { fillCompany } from '../../use-cases/fill-company.ts';
import { listDesk, listOfSubject, listOwn } from '../../use-cases/list-cases.ts';
import { openCase } from '../../use-cases/open-case.ts';
import { placesLeft } from '../../use-cases/places.ts';
import { saveDraft } from '../../use-cases/save-draft.ts';
import { sendEvent } from '../../use-cases/send-event.ts';
import { unmask } from '../../use-cases/unmask.ts';
import {
  bodyOf,
  type Call,
  formsOf,
  numberOf,
  optionalText,
  param,
  personOf,
  queryPage,
  queryText,
  textOf,
} from '../request.ts';
import type { Route } from '../route.ts';
import { streamCase, streamDesk } from '../stream.ts';

function eventOf(call: Call): EventRequest {
  const body = bodyOf(call);
  const event = textOf(body, 'event', 80);
  // Names that the engine keeps for itself never come from outside.
  if (!/^[A-Z][A-Z0-9_]*$/.test(event)) throw invalid('event 应为事件的名称', 'event has to be the name of an event');
  const forms = formsOf(body, 'forms');
  if (body.data !== undefined && !isObject(body.data)) throw invalid('data 应为对象', 'data has to be an object');
  return {
    event,
    ...(forms ? { forms } : {}),
    ...(isObject(body.data) ? { data: body.data } : {}),
    revision: numberOf(body, 'revision'),
    request: textOf(body, 'request', 80),
  };
}

async function start(context: Context, call: Call): Promise<{ readonly id: string }> {
  const head = await context.releases.project(textOf(bodyOf(call), 'project', 80));
  if (!head?.current) throw new Fault(404, 'project-closed');
  const definition = await context.releases.definition(head.current);
  const closed = whyClosed(context.boards.effective(definition.project), context.clock.now(), call.caller.locale);
  if (closed !== null) throw new Fault(409, 'project-not-open', { reason: closed });
  const owner = personOf(call).id;
  const from = optionalText(bodyOf(call), 'from');
  const company = call.caller.acting ?? null;
  if (from !== undefined) return { id: await startFrom(context, definition, owner, from, company) };
  const document = await context.cases.start(definition, owner, company);
  if (company !== null) await fillCompany(context, definition, document.state.id, company);
  return { id: document.state.id };
}

export const caseRoutes: readonly Route[] = [
  { method: 'post', path: '/api/cases', access: { kind: 'may', ability: 'apply' }, handle: start },
  {
    method: 'get',
    path: '/api/cases',
    access: { kind: 'person' },
    handle: async (context, call) => {
      const person = personOf(call);
      const filter = {
        list: queryText(call, 'list'),
        text: queryText(call, 'q'),
        number: queryText(call, 'number'),
        workflow: queryText(call, 'workflow'),
        subject: queryText(call, 'subject'),
        status: queryText(call, 'status'),
        from: queryText(call, 'from'),
        to: queryText(call, 'to'),
      };
      return listOwn(context, { ...call.caller, person }, filter, queryPage(call));
    },
  },
  {
    method: 'get',
    path: '/api/cases/:id',
    access: { kind: 'case', who: CASE.seen },
    async handle(context, call) {
      const opened = await openCase(context, call.caller, param(call, 'id'));
      return presentCase(context, opened, opened.actor, call.origin);
    },
  },
  {
    method: 'get',
    path: '/api/cases/:id/earlier',
    access: { kind: 'case', who: CASE.own },
    handle: async (context, call) => ({ cases: await listEarlier(context, call.caller, param(call, 'id')) }),
  },
  {
    method: 'get',
    path: '/api/cases/:id/earlier/:other',
    access: { kind: 'case', who: CASE.own },
    handle: async (context, call) => ({
      forms: await readEarlier(context, call.caller, param(call, 'id'), param(call, 'other')),
    }),
  },
  {
    method: 'patch',
    path: '/api/cases/:id/draft',
    access: { kind: 'case', who: CASE.changed },
    async handle(context, call) {
      const forms = formsOf(bodyOf(call), 'forms');
      if (!forms) throw invalid('forms 应为对象', 'forms has to be an object');
      return saveDraft(context, call.caller, param(call, 'id'), forms, formsOf(bodyOf(call), 'marks'));
    },
  },
  {
    method: 'post',
    path: '/api/cases/:id/events',
    access: { kind: 'case', who: CASE.changed },
    handle: async (context, call) => sendEvent(context, call.caller, param(call, 'id'), eventOf(call), call.origin),
  },
  {
    method: 'post',
    path: '/api/cases/:id/places',
    access: { kind: 'case', who: CASE.changed },
    async handle(context, call) {
      const body = bodyOf(call);
      if (!isObject(body.values)) throw invalid('values 应为对象', 'values has to be an object');
      const asked = { form: textOf(body, 'form', 80), field: textOf(body, 'field', 80), values: body.values };
      return placesLeft(context, call.caller, param(call, 'id'), asked);
    },
  },
  {
    method: 'post',
    path: '/api/cases/:id/unmask',
    access: { kind: 'case', who: CASE.seen },
    async handle(context, call) {
      const body = bodyOf(call);
      return unmask(context, call.caller, param(call, 'id'), textOf(body, 'path', 200), textOf(body, 'reason'));
    },
  },
  {
    method: 'get',
    path: '/api/cases/:id/stream',
    access: { kind: 'case', who: CASE.seen },
    async handle(context, call) {
      const { document } = await openCase(context, call.caller, param(call, 'id'));
      streamCase(context, call, document.state.id, document.state.revision);
    },
  },
  {
    method: 'get',
    path: '/api/cases/:id/documents/:document.pdf',
    access: { kind: 'case', who: CASE.seen },
    handle: document,
  },
  {
    method: 'get',
    path: '/api/desk/queue',
    access: { kind: 'may', ability: 'desk' },
    async handle(context, call) {
      const person = personOf(call);
      const filter = {
        view: oneOf(call, 'view', ['', 'mine', 'open', 'all']) || 'open',
        project: queryText(call, 'project'),
        text: queryText(call, 'q'),
        pressing: oneOf(call, 'pressing', ['', 'warn', 'late']),
        order: oneOf(call, 'order', ['', 'age']),
      };
      return listDesk(context, { ...call.caller, person }, filter, queryPage(call));
    },
  },
  {
    method: 'get',
    path: '/api/cases/:id/others',
    access: { kind: 'case', who: CASE.others },
    async handle(context, call) {
      const person = personOf(call);
      return listOfSubject(context, { ...call.caller, person }, param(call, 'id'));
    },
  },
  {
    method: 'get',
    path: '/api/desk/stream',
    access: { kind: 'may', ability: 'desk' },
    async handle(context, call) {
      streamDesk(context, call);
    },
  },
];

function oneOf<Word extends string>(call: Call, name: string, words: readonly Word[]): Word {
  const given = queryText(call, name);
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  const known = words.filter((word) => word !== '');
  throw invalid(`${name} 应为 ${known.join('、')} 或不填`, `${name} has to be ${known.join(', ')} or absent`);
}

/** A printable document: of a task that the caller sees, or the template of a file slot in a form of such a task. */
async function document(context: Context, call: Call): Promise<void> {
  const { cases, engine, documents } = context;
  const id = param(call, 'document');
  const { document: found, definition, actor } = await openCase(context, call.caller, param(call, 'id'));
  const view = engine.view(definition, found.state, actor, found.journal, cases.env());
  const templates = view.tasks.flatMap(({ sections }) =>
    sections.flatMap((one) =>
      one.kind === 'form' ? Object.values(definition.forms[one.form]?.properties ?? {}).map(templateOf) : [],
    ),
  );
  const offered = view.tasks.flatMap((task) => task.documents.map((one) => one.id));
  if (!offered.includes(id) && !templates.includes(id)) throw notFound();
  const pdf = await documents.render(definition, found.state, id, cases.env());
  const { response } = call;
  response.setHeader('content-disposition', `inline; filename="${id}-${found.state.number}.pdf"`);
  response.setHeader('cache-control', 'private, no-store');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; frame-ancestors 'self'; style-src 'unsafe-inline'",
  );
  response.type('application/pdf').send(pdf);
}

function templateOf(rules: { readonly [keyword: string]: unknown }): string | null {
  const template = (rules['x-file'] as { template?: unknown } | undefined)?.template;
  return typeof template === 'string' ? template : null;
}
