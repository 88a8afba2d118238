import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import { routes } from '../../../server/http/routes/index.ts';
import { createLog } from '../../../server/log.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { keptBy } from '../../support/hall-store.ts';
import { Client, JPEG, mineOf, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** Values that nobody else has, valid by their check digits, of people who do not exist. */
const CANARIES = {
  idNumber: '990000199001018887',
  mobile: '13900009999',
  bankAccount: '4000000099998887',
  email: 'canary7391@canary.example',
  text: '金丝雀七三九一',
  file: '金丝雀的身份证7391.jpg',
} as const;
const all: readonly string[] = Object.values(CANARIES);
const account = 'canary-account-7391';
const password = 'canary password 7391';

let running: Running;
let owner: Client;
let id = '';
const logged: string[] = [];
const own: string[] = [];

beforeAll(async () => {
  // The outside world is the worst that there is: it fails, and its errors repeat what was sent to it.
  const connectors: Connectors = {
    perform: async (_contract, _operation, input) => {
      throw new Error(`refused ${JSON.stringify(input)}`);
    },
    poll: async () => 'pending',
    send: async (notice) => {
      throw new Error(`not sent ${JSON.stringify(notice)}`);
    },
  };
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  running = await testServer({}, { connectors, log });
  owner = new Client(running.url);
  const given = { account, password, name: CANARIES.text };
  expect((await owner.ask('POST', '/api/accounts', given)).status).toBe(200);
  id = (await owner.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id;
});
afterAll(() => running.close());

/** The canary of every field that the schema marks. */
function canariesOf(schema: FormSchema): JsonObject {
  const values: JsonObject = {};
  for (const [name, rules] of Object.entries(schema.properties)) {
    if (rules['x-sensitive'] !== true && rules['x-personal'] !== true) continue;
    const canary = CANARIES[String(rules.format) as keyof typeof CANARIES];
    if (canary !== undefined) values[name] = canary;
    else if (rules.type === 'string' && rules.format === undefined) values[name] = CANARIES.text;
  }
  return values;
}

async function sections() {
  const { definition } = await running.context.cases.read(id);
  const forms = (mineOf(await owner.view(id))?.sections ?? []).flatMap((one) =>
    one.kind === 'form' && one.mode === 'edit' ? [one.form] : [],
  );
  return Object.fromEntries(forms.map((form) => [form, canariesOf(definition.forms[form]!)]));
}

const holds = (text: string): string[] =>
  all.filter(
    (canary) =>
      text.includes(canary) ||
      text.includes(encodeURIComponent(canary)) ||
      text.includes(Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -2)) ||
      text.includes(Buffer.from(canary).toString('hex')),
  );

const addressOf = (path: string): string =>
  path.replace('/api/cases/:id', `/api/cases/${id}`).replaceAll(/:(\w+)/g, (_, name: string) => name);

describe('canaries in every field that is marked, through every route', () => {
  test('are typed, kept as drafts, sent, uploaded, written about, and fail on their way out', async () => {
    let marked = 0;
    for (let step = 0; step < 5; step += 1) {
      const over = await sections();
      marked += Object.values(over).reduce((sum, values) => sum + Object.keys(values).length, 0);
      if (over.organization) {
        const { body } = await owner.upload(id, 'organization', 'licence', CANARIES.file, JPEG);
        over.organization = { ...over.organization, licence: (body as { file: JsonObject }).file };
      }
      const saved = await owner.ask('PATCH', `/api/cases/${id}/draft`, { forms: over });
      if (Object.keys(over).length > 0) expect(saved.status, JSON.stringify(saved.body)).toBe(200);
      await press(running, owner, id, 'NEXT', { over });
    }
    expect(marked).toBeGreaterThan(8);
    const link = mineOf(await owner.view(id))?.sections.find(({ kind }) => kind === 'link');
    const handset = new Client(running.url);
    const token = link?.kind === 'link' ? link.url?.split('/link/')[1] : '';
    expect((await handset.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    const { definition } = await running.context.cases.read(id);
    const { idNumber: number, text: name } = CANARIES;
    expect(Object.keys(definition.forms.agentId!.properties)).toContain('number');
    await press(running, handset, id, 'ID_UPLOADED', { over: { agentId: { number, name } } });
    await owner.ask('POST', `/api/cases/${id}/talk`, { text: `我是${CANARIES.text}，电话${CANARIES.mobile}` });
    await running.context.jobs.advance(120_000);
    await running.context.jobs.idle();
    const { state } = (await running.context.cases.read(id)).document;
    own.push(...all.filter((canary) => JSON.stringify(state).includes(canary)));
    expect(own).toEqual(expect.arrayContaining([CANARIES.idNumber, CANARIES.mobile, CANARIES.text, CANARIES.email]));
  });

  test('no error and no head of an answer repeats them, whatever they are sent to', async () => {
    const operations = await new Client(running.url).logIn('operations');
    const admin = await new Client(running.url).logIn('admin');
    let refused = 0;
    for (const { method, path, body } of routes) {
      // Those that would end the session or give somebody a canary as their own name.
      if (/stream|^\/api\/(account|account\/erasure|session)$/.test(path)) continue;
      const names = 'account name mobile q text reason note path form project csv yaml token'.split(' ');
      const sent = {
        ...Object.fromEntries(names.map((name, n) => [name, all[n % all.length]])),
        values: { x: CANARIES.idNumber },
        forms: { [CANARIES.text]: { [CANARIES.mobile]: CANARIES.idNumber } },
      };
      for (const client of [new Client(running.url), owner, operations, admin]) {
        const query = method === 'get' ? `?q=${encodeURIComponent(CANARIES.idNumber)}&under=${CANARIES.mobile}` : '';
        const init: RequestInit =
          body === 'multipart'
            ? { body: formOf() }
            : method === 'get'
              ? {}
              : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) };
        const answer = await client.raw(method.toUpperCase(), addressOf(path) + query, init);
        const text = await answer.text();
        const heads = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
        expect(holds(heads), `${method} ${path}`).toEqual([]);
        if (answer.status < 400) continue;
        refused += 1;
        expect(holds(text), `${method} ${path}: ${answer.status} ${text.slice(0, 300)}`).toEqual([]);
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  test('nobody else is told of them, on any route', async () => {
    const sensitive: readonly string[] = [CANARIES.idNumber, CANARIES.mobile, CANARIES.bankAccount];
    let told = 0;
    for (const other of ['applicant2', 'reviewer', 'finance', 'operations', 'admin', 'tester', null]) {
      const client = new Client(running.url);
      if (other !== null) await client.logIn(other);
      for (const { method, path } of routes) {
        if (method !== 'get' || path.includes('stream')) continue;
        const answer = await client.raw('GET', addressOf(path));
        const found = holds(await answer.text());
        // Whose work it may become sees whom it is about; what is sensitive nobody sees who does not need it.
        const mayKnow = path.startsWith('/api/cases/:id') && answer.status === 200 && other !== null;
        if (mayKnow) told += 1;
        expect(mayKnow ? found.filter((one) => sensitive.includes(one)) : found, `${other} ${path}`).toEqual([]);
      }
    }
    expect(told).toBeGreaterThan(0);
  });

  test('a tester who takes the case to the lab gets none of them', async () => {
    const tester = await new Client(running.url).logIn('tester');
    const { number } = (await running.context.cases.read(id)).document.state;
    const answer = await tester.raw('POST', '/api/lab/cases', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number, reason: '重现退回的问题' }),
    });
    const text = await answer.text();
    expect(answer.status, text.slice(0, 300)).toBe(200);
    expect(text).toContain('main.work');
    expect(holds(text)).toEqual([]);
    expect(text).not.toContain(number);
    expect(text).not.toContain(id);
  });

  test('whoever may see the case without needing them sees them masked', async () => {
    const { document, definition } = await running.context.cases.read(id);
    const { engine, cases } = running.context;
    const actor = { id: 'somebody', roles: ['reviewer', 'finance', 'operations'] };
    const view = engine.view(definition, document.state, actor, document.journal, cases.env());
    for (const canary of [CANARIES.idNumber, CANARIES.mobile, CANARIES.bankAccount])
      expect(JSON.stringify(view)).not.toContain(canary);
  });

  test('0 canaries in the logs, which were written', async () => {
    expect(logged.length).toBeGreaterThan(100);
    expect(logged.some((line) => line.includes('call failed'))).toBe(true);
    for (const line of logged) {
      expect(holds(line), line.slice(0, 400)).toEqual([]);
      expect(line.includes(password), 'the password').toBe(false);
    }
  });

  test('0 canaries on the disk, in names and in bytes', async () => {
    const { dataDir } = running.context.config;
    const kept = await keptBy(dataDir);
    for (const { where, bytes } of kept) {
      const found = [...holds(where), ...holds(bytes.toString('utf8')), ...holds(bytes.toString('utf16le'))];
      expect(found, where).toEqual([]);
      for (const secret of [account, password]) expect(bytes.includes(secret), where).toBe(false);
    }
    expect(kept.length).toBeGreaterThan(30);
  });
});

function formOf(): FormData {
  const data = new FormData();
  data.set('form', CANARIES.text);
  data.set('field', CANARIES.mobile);
  data.set('file', new Blob([CANARIES.idNumber]), CANARIES.file);
  return data;
}
