import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CaseList, FileReference, Option, ReleaseView, SessionView } from '../../../engine/contract/routes.ts';
import type { CaseView } from '../../../engine/contract/view.ts';
import { type FormSchema, forms } from '../../../engine/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';

/** Password of every demo account of a development server. */
export const demoPassword = 'demo-certflow';

const samples = 'server/sandbox/samples';
/** Path of a sample picture, for a file chooser. */
export const samplePath = (name: string) => `${samples}/${name}.jpg`;

/** A person who uses the HTTP interface instead of the pages: for whatever a test needs but is not about. */
export interface Person {
  readonly account: string;
  session(): Promise<SessionView>;
  start(project: string): Promise<string>;
  case(id: string): Promise<CaseView>;
  cases(): Promise<CaseList>;
  queue(view?: 'mine' | 'open' | 'all'): Promise<CaseList>;
  /** Sends an event on the newest revision. Forms of the task that are not given are filled with the smallest valid data. */
  send(id: string, event: string, given?: Given): Promise<CaseView>;
  upload(id: string, form: string, field: string, path?: string): Promise<FileReference>;
  release(hash: string): Promise<ReleaseView>;
  /** Any other call. @throws HttpError when it is not answered by 2xx */
  call<T>(method: string, path: string, body?: object): Promise<T>;
}

export interface Given {
  /** Whole forms, instead of the smallest valid data. */
  readonly forms?: Forms;
  /** Fields, over the smallest valid data. */
  readonly over?: Forms;
  readonly data?: JsonObject;
}

export type Forms = { readonly [form: string]: JsonObject };

export class HttpError extends Error {
  readonly status: number;
  readonly body: JsonObject;
  constructor(what: string, status: number, body: JsonObject) {
    super(`${what}: ${status} ${JSON.stringify(body)}`);
    this.name = 'HttpError';
    this.status = status;
    this.body = body;
  }
}

/** Logs in to a demo account. */
export async function logIn(base: string, account: string, password = demoPassword): Promise<Person> {
  const person = await visitor(base, account);
  await person.call('POST', '/api/session', { account, password });
  return person;
}

/** Somebody who is not logged in: for one-time links. */
export async function visitor(base: string, account = 'visitor'): Promise<Person> {
  let cookie = '';
  const headers = () => ({ origin: base, ...(cookie ? { cookie } : {}) });
  const take = async <T>(what: string, answer: Response): Promise<T> => {
    const set = answer.headers.getSetCookie().map((one) => one.split(';', 1)[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    const text = await answer.text();
    const body = (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : {}) as JsonObject;
    if (!answer.ok) throw new HttpError(what, answer.status, body);
    return body as T;
  };
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const json = method === 'GET' ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(base + path, {
      method,
      headers: { ...headers(), ...json },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    return take<T>(`${account}: ${method} ${path}`, answer);
  };

  const releases = new Map<string, ReleaseView>();
  const person: Person = {
    account,
    call,
    session: () => call('GET', '/api/session'),
    start: async (project) => (await call<{ id: string }>('POST', '/api/cases', { project })).id,
    case: (id) => call('GET', `/api/cases/${id}`),
    cases: () => call('GET', '/api/cases'),
    queue: (view = 'open') => call('GET', `/api/desk/queue?view=${view}`),
    async release(hash) {
      const known = releases.get(hash) ?? (await call<ReleaseView>('GET', `/api/releases/${hash}`));
      releases.set(hash, known);
      return known;
    },
    async upload(id, form, field, path = samplePath('stamped-application-form')) {
      const body = new FormData();
      body.set('form', form);
      body.set('field', field);
      body.set('file', new Blob([readFileSync(path)], { type: 'image/jpeg' }), path.split('/').at(-1) ?? 'file.jpg');
      const answer = await fetch(`${base}/api/cases/${id}/files`, { method: 'POST', headers: headers(), body });
      return (await take<{ file: FileReference }>(`${account}: upload ${form}.${field}`, answer)).file;
    },
    async send(id, event, given = {}) {
      const view = await person.case(id);
      const release = await person.release(view.release);
      const task = view.tasks.find((one) => one.mine && one.offers.some((offer) => offer.event === event));
      const offer = task?.offers.find((one) => one.event === event);
      const filled: { [form: string]: JsonObject } = {};
      const known: { [form: string]: JsonObject } = {};
      const sections = task?.sections.filter((section) => section.kind === 'form') ?? [];
      for (const section of sections) known[section.form] = section.values;
      if (offer?.saves !== 'nothing')
        for (const section of sections) {
          if (section.mode !== 'edit') continue;
          const schema = release.forms[section.form] as FormSchema;
          const values =
            given.forms?.[section.form] ??
            (await withFiles(person, id, section.form, schema, fill(section.form, schema, known, release, seedOf(id))));
          filled[section.form] = await withOptions(person, schema, {
            ...section.values,
            ...values,
            ...given.over?.[section.form],
          });
          known[section.form] = filled[section.form] ?? {};
        }
      const dialogue = offer?.form === undefined ? undefined : (release.forms[offer.form] as FormSchema);
      const data =
        given.data ??
        (dialogue === undefined || offer?.form === undefined
          ? undefined
          : { ...fill(offer.form, dialogue, known, release, seedOf(id)), ...offer.formValues });
      return call<CaseView>('POST', `/api/cases/${id}/events`, {
        event,
        ...(Object.keys(filled).length > 0 ? { forms: filled } : {}),
        ...(data === undefined ? {} : { data }),
        revision: view.revision,
        request: randomUUID(),
      });
    },
  };
  return person;
}

const seeds = new Map<string, number>();

/** Another one for each case, so that no two are about the same company. */
function seedOf(id: string): number {
  const seed = seeds.get(id) ?? seeds.size + 1;
  seeds.set(id, seed);
  return seed;
}

/** The smallest valid values of a form; another seed gives other names and numbers. */
export function fill(id: string, schema: FormSchema, known: Forms, release: ReleaseView, seed: number): JsonObject {
  const context = { settings: release.settings, forms: known, tables: release.tables };
  return forms.smallest(forms.compileForm(id, schema), context as never, { seed });
}

/** What has to be picked from a list of the server is picked from it: the first that it offers. */
async function withOptions(person: Person, schema: FormSchema, values: JsonObject): Promise<JsonObject> {
  const result: JsonObject = { ...values };
  for (const { field, source, under } of forms.remoteFields(schema)) {
    if (result[field] === undefined) continue;
    const above = under === null ? '' : String(result[under] ?? '');
    const offered = async (query: string) => {
      const path = `/api/options/${source}?q=${encodeURIComponent(query)}&under=${encodeURIComponent(above)}`;
      return (await person.call<{ options: Option[] }>('GET', path)).options;
    };
    const given = String(result[field]);
    const same = (await offered(given)).find((option) => option.value === given);
    const picked = same ?? (await offered('')).at(0) ?? (await offered('工商')).at(0);
    if (picked !== undefined) result[field] = picked.value;
  }
  return result;
}

/** Synthetic files are replaced by real uploads. */
async function withFiles(person: Person, id: string, form: string, schema: FormSchema, values: JsonObject) {
  const result: JsonObject = { ...values };
  for (const [field, rules] of Object.entries(schema.properties))
    if (rules['x-file'] !== undefined && result[field] !== undefined)
      result[field] = (await person.upload(id, form, field)) as unknown as Json;
  return result;
}
