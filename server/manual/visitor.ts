import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FileReference, Option } from '../../engine/contract/routes.ts';
import type { CaseView } from '../../engine/contract/view.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { DEMO_PASSWORD } from '../accounts/demo.ts';
import { objectIn } from '../json.ts';
import { ManualTrouble } from './trouble.ts';

/** Somebody who uses the hall's HTTP interface: what nobody looks at in the pictures is done so. */
export interface Visitor {
  case(id: string): Promise<CaseView>;
  /** @returns the new case's id */
  start(project: string): Promise<string>;
  options(source: string, query: string, under: string): Promise<readonly Option[]>;
  upload(id: string, form: string, field: string, path: string): Promise<FileReference>;
  send(
    view: CaseView,
    event: string,
    forms: { [form: string]: JsonObject },
    data: JsonObject | null,
  ): Promise<CaseView>;
}

/** Logs in to a demo account. @throws ManualTrouble when anything is not answered as it should be */
export function visitorOf(base: string, account: string): Promise<Visitor> {
  return enter(base, account, '/api/session', { account, password: DEMO_PASSWORD });
}

/** Somebody who came by a one-time link. @param url as the page shows it */
export function guestOf(base: string, url: string): Promise<Visitor> {
  return enter(base, 'guest', `/api/links/${url.split('/').at(-1) ?? ''}`, {});
}

async function enter(base: string, account: string, door: string, key: object): Promise<Visitor> {
  let cookie = '';
  const call = async <T>(method: string, path: string, body?: object | FormData): Promise<T> => {
    const form = body instanceof FormData;
    const answer = await fetch(base + path, {
      method,
      headers: {
        origin: base,
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().map((one) => one.split(';', 1)[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text === '' ? '{}' : text) as T;
    throw new ManualTrouble(`${account} ${method} ${path}：${answer.status} ${saidIn(text)}`);
  };
  await call('POST', door, key);
  return {
    case: (id) => call('GET', `/api/cases/${id}`),
    start: async (project) => (await call<{ id: string }>('POST', '/api/cases', { project })).id,
    options: async (source, query, under) => {
      const path = `/api/options/${source}?q=${encodeURIComponent(query)}&under=${encodeURIComponent(under)}`;
      return (await call<{ options: Option[] }>('GET', path)).options;
    },
    upload: async (id, form, field, path) => {
      const body = new FormData();
      body.set('form', form);
      body.set('field', field);
      body.set('file', new Blob([readFileSync(path)], { type: 'image/jpeg' }), path.split('/').at(-1) ?? '');
      return (await call<{ file: FileReference }>('POST', `/api/cases/${id}/files`, body)).file;
    },
    send: (view, event, forms, data) =>
      call('POST', `/api/cases/${view.id}/events`, {
        event,
        ...(Object.keys(forms).length === 0 ? {} : { forms }),
        ...(data === null ? {} : { data }),
        revision: view.revision,
        request: randomUUID(),
      }),
  };
}

function saidIn(text: string): string {
  try {
    return String(objectIn(objectIn(JSON.parse(text)).error).message ?? text);
  } catch {
    return text.slice(0, 200);
  }
}
