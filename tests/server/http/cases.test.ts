import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FileReference } from '../../../engine/contract/routes.ts';
import type { CaseView } from '../../../engine/contract/view.ts';
import type { Json } from '../../../engine/model/json.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask, press } from '../../support/filling.ts';
import { Client, JPEG, mineOf, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  // No outside world: calls stay unanswered, which is all that these tests need.
  running = await testServer();
});
afterAll(() => running.close());

const person = (account: string): Promise<Client> => new Client(running.url).logIn(account);

/** A new case of a new applicant, who stands at `state` of the wizard. */
async function caseAt(presses: number): Promise<{ readonly client: Client; readonly id: string }> {
  const client = new Client(running.url);
  const account = `user${Math.random().toString(36).slice(2)}`;
  const { status } = await client.ask('POST', '/api/accounts', { account, password: 'a good phrase', name: '张三' });
  expect(status).toBe(200);
  const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
  for (let n = 0; n < presses; n += 1)
    await press(running, client, body.id, 'NEXT', { over: { organization: { number: freshNumber() } } });
  return { client, id: body.id };
}

/** Another valid credit code every time, since one company may have one open case only. */
let serial = 0;
function freshNumber(): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  serial += 1;
  const stem = `91990000MA${String(serial).padStart(7, '0')}`;
  const sum = [...stem].reduce((total, letter, n) => total + alphabet.indexOf(letter) * (3 ** n % 31), 0);
  return stem + alphabet[(31 - (sum % 31)) % 31];
}

const valuesOf = (view: CaseView, form: string) => {
  const section = mineOf(view)?.sections.find((one) => one.kind === 'form' && one.form === form);
  return section?.kind === 'form' ? section.values : null;
};

describe('drafts', () => {
  test('are kept field by field, seen from another browser, and are no step of the process', async () => {
    const { client, id } = await caseAt(2);
    const before = await client.view(id);
    await client.ask('PATCH', `/api/cases/${id}/draft`, {
      forms: { organization: { name: '甲公司', address: '一号' } },
    });
    await client.ask('PATCH', `/api/cases/${id}/draft`, {
      forms: { organization: { address: '二号' }, agent: { name: '李四' } },
    });
    const after = await client.view(id);
    expect(valuesOf(after, 'organization')).toMatchObject({ name: '甲公司', address: '二号' });
    expect(valuesOf(after, 'agent')).toMatchObject({ name: '李四' });
    expect(after.revision).toBe(before.revision);
    expect((await running.context.cases.read(id)).document.state.forms.organization ?? {}).not.toHaveProperty(
      'name',
      '甲公司',
    );
  });

  test('two tabs that save at the same time lose nothing of each other', async () => {
    const { client, id } = await caseAt(2);
    await Promise.all(
      ['name', 'address', 'number'].map((field) =>
        client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { organization: { [field]: field } } }),
      ),
    );
    expect(valuesOf(await client.view(id), 'organization')).toMatchObject({
      name: 'name',
      address: 'address',
      number: 'number',
    });
  });

  test('an emptied field stays empty, also over committed data', async () => {
    const { client, id } = await caseAt(3);
    await press(running, client, id, 'BACK');
    expect(valuesOf(await client.view(id), 'organization')).toHaveProperty('name');
    await client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { organization: { name: null } } });
    expect(valuesOf(await client.view(id), 'organization')).not.toHaveProperty('name');
  });

  test('unknown fields, computed ones and forms of another step are not kept', async () => {
    const { client, id } = await caseAt(1);
    const saved = await client.ask('PATCH', `/api/cases/${id}/draft`, {
      forms: { certificate: { fee: 1, hack: 1, years: 3 } },
    });
    expect(saved.status).toBe(200);
    const values = valuesOf(await client.view(id), 'certificate');
    expect(values).not.toHaveProperty('hack');
    expect(values).not.toHaveProperty('fee', 1);
    expect(values).toHaveProperty('years', 3);
    const other = await client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { organization: { name: 'x' } } });
    expect(other.status).toBe(409);
    const unknown = await client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { nothing: { name: 'x' } } });
    expect(unknown.status).toBe(409);
  });

  test('what is missing in the request is taken from the draft', async () => {
    const { client, id } = await caseAt(1);
    const forms = await fillTask(running, client, id);
    await client.ask('PATCH', `/api/cases/${id}/draft`, { forms });
    expect((await client.send(id, 'NEXT')).status).toBe(200);
    expect((await running.context.drafts.read(id, 'applicant')).forms).toEqual({});
  });

  test('saves: draft keeps what was sent without checking it', async () => {
    const { client, id } = await caseAt(2);
    const { status } = await client.send(id, 'BACK', { forms: { organization: { name: '半' } } });
    expect(status).toBe(200);
    await press(running, client, id, 'NEXT');
    expect(valuesOf(await client.view(id), 'organization')).toMatchObject({ name: '半' });
  });
});

describe('events', () => {
  test('a refusal names every field and changes nothing', async () => {
    const { client, id } = await caseAt(2);
    const before = await client.view(id);
    const { status, body } = await client.send(id, 'NEXT', { forms: { organization: { name: '甲' } } });
    expect(status).toBe(409);
    expect(body.error?.code).toBe('refused');
    expect((body.error?.fields as { path: string }[]).length).toBeGreaterThan(5);
    expect((await client.view(id)).revision).toBe(before.revision);
  });

  test('the same request sent five times at once is applied once', async () => {
    const { client, id } = await caseAt(0);
    const forms = await fillTask(running, client, id);
    const { revision } = await client.view(id);
    const body = { event: 'NEXT', forms, revision, request: 'the-same' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.ask<CaseView>('POST', `/api/cases/${id}/events`, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body.revision)).size).toBe(1);
    expect((await client.view(id)).revision).toBe(revision + 1);
  });

  test('of two different requests on the same revision the second is told that the case moved on, with the new view', async () => {
    const { client, id } = await caseAt(0);
    const forms = await fillTask(running, client, id);
    const { revision } = await client.view(id);
    const ask = (request: string) =>
      client.ask<CaseView & { error?: { code: string }; view?: CaseView }>('POST', `/api/cases/${id}/events`, {
        event: 'NEXT',
        forms,
        revision,
        request,
      });
    const [one, two] = [await ask('one'), await ask('two')];
    expect([one.status, two.status]).toEqual([200, 409]);
    expect(two.body.error?.code).toBe('case-moved-on');
    expect(two.body.view?.revision).toBe(revision + 1);
  });

  test('a revision of the future is no revision', async () => {
    const { client, id } = await caseAt(0);
    const { status } = await client.ask('POST', `/api/cases/${id}/events`, {
      event: 'NEXT',
      revision: 99,
      request: 'x',
    });
    expect(status).toBe(409);
  });

  test('a value that is not in the data source is refused at its field', async () => {
    const { client, id } = await caseAt(2);
    const forms = await fillTask(running, client, id, { bank: { branch: '示例不存在的银行' } });
    const { status, body } = await client.send(id, 'NEXT', { forms });
    expect(status).toBe(409);
    expect(body.error?.fields).toMatchObject([{ path: 'bank.branch', keyword: 'x-options' }]);
  });

  test('one open case for a company and project; another project may have one too', async () => {
    const number = freshNumber();
    const first = await caseAt(2);
    await press(running, first.client, first.id, 'NEXT', { over: { organization: { number } } });
    const second = await caseAt(2);
    const forms = await fillTask(running, second.client, second.id, { organization: { number } });
    const refused = await second.client.send(second.id, 'NEXT', { forms });
    expect(refused.status).toBe(409);
    expect(refused.body.error?.blockers).toMatchObject([{ code: 'reserved' }]);
    expect(refused.body.error?.message).toContain('未完成的申请');
    expect((await first.client.send(first.id, 'WITHDRAW')).status).toBe(200);
    expect((await second.client.send(second.id, 'NEXT', { forms })).status).toBe(200);
  });
});

describe('files', () => {
  const upload = async (client: Client, id: string, name: string, bytes: Uint8Array, field = 'licence') => {
    const answer = await client.upload(id, 'organization', field, name, bytes);
    return {
      status: answer.status,
      body: answer.body as { file?: FileReference; error?: { code: string; message: string } },
    };
  };
  let slot = '';
  beforeAll(async () => {
    const { client, id } = await caseAt(2);
    const release = (await client.view(id)).release;
    const { properties } = (await running.context.releases.definition(release)).forms.organization!;
    slot = Object.entries(properties).find(([, rules]) => rules['x-file'] !== undefined)![0];
  });

  test('come back byte for byte, sandboxed, and are encrypted on the disk', async () => {
    const { client, id } = await caseAt(2);
    const { status, body } = await upload(client, id, '营业执照 "1".jpg', JPEG, slot);
    expect(status).toBe(200);
    expect(body.file).toMatchObject({ size: JPEG.length, type: 'image/jpeg' });
    expect(body.file?.name).not.toContain('"');
    const answer = await client.raw('GET', `/api/cases/${id}/files/${body.file?.id}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(JPEG)).toBe(true);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const stored = await running.context.vault.find(id, body.file!.id);
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(`${running.context.config.dataDir}/files/${id}/${stored!.id}`);
    expect(bytes.includes(JPEG.subarray(20, 60))).toBe(false);
  });

  test.each([
    ['too large', 'a.jpg', Buffer.concat([JPEG, Buffer.alloc(1_700_000)]), 422, 'file-size', '1.5 MB'],
    ['empty', 'a.jpg', Buffer.alloc(0), 422, 'file-size', '空'],
    ['another extension', 'a.exe', JPEG, 422, 'file-type', 'jpg'],
    ['another content', 'a.jpg', Buffer.from('not a picture at all'), 422, 'file-content', 'jpg'],
    ['no extension', 'jpg', JPEG, 422, 'file-type', 'jpg'],
  ])('%s is refused with the limit in the sentence', async (_name, name, bytes, status, code, words) => {
    const { client, id } = await caseAt(2);
    const answer = await upload(client, id, name, bytes, slot);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(answer.body.error?.message).toContain(words);
  });

  test('a field that is no slot, a form of another step, a body without parts', async () => {
    const { client, id } = await caseAt(2);
    expect((await upload(client, id, 'a.jpg', JPEG, 'name')).body.error?.code).toBe('file-slot');
    expect((await client.upload(id, 'documents', 'x', 'a.jpg', JPEG)).status).toBe(409);
    const empty = await client.raw('POST', `/api/cases/${id}/files`, { body: new FormData() });
    expect([400, 422]).toContain(empty.status);
    const broken = await client.raw('POST', `/api/cases/${id}/files`, {
      headers: { 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    expect(broken.status).toBe(400);
  });

  test('a file of another case, an invented one, and what a client says about it count for nothing', async () => {
    const mine = await caseAt(2);
    const theirs = await caseAt(2);
    const { body } = await upload(theirs.client, theirs.id, 'a.jpg', JPEG, slot);
    const foreign = body.file as unknown as Json;
    const forms = await fillTask(running, mine.client, mine.id, { organization: { number: freshNumber() } });
    const withFile = (file: Json) => ({ ...forms, organization: { ...forms.organization!, [slot]: file } });
    for (const file of [foreign, { ...(foreign as object), id: '0123456789abcdef' } as Json]) {
      const answer = await mine.client.send(mine.id, 'NEXT', { forms: withFile(file) });
      expect(answer.body.error?.fields).toMatchObject([{ path: `organization.${slot}`, keyword: 'x-file' }]);
    }
    expect((await mine.client.raw('GET', `/api/cases/${mine.id}/files/${body.file?.id}`)).status).toBe(404);

    const own = (await upload(mine.client, mine.id, 'a.jpg', JPEG, slot)).body.file!;
    const lied = { ...own, name: 'lie.exe', size: 1, sha256: '0'.repeat(64) } as unknown as Json;
    const sent = await mine.client.send(mine.id, 'NEXT', { forms: withFile(lied) });
    expect(sent.status, JSON.stringify(sent.body.error)).toBe(200);
    const { document } = await running.context.cases.read(mine.id);
    expect(document.state.forms.organization?.[slot]).toMatchObject({
      name: 'a.jpg',
      size: JPEG.length,
      sha256: own.sha256,
    });
  });
});

describe('the one-time link', () => {
  async function atPhone() {
    const { client, id } = await caseAt(3);
    await press(running, client, id, 'NEXT');
    await press(running, client, id, 'NEXT');
    const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
    return { client, id, token: (link?.kind === 'link' && link.url?.split('/link/')[1]) || '' };
  }

  test('opens that one task and nothing else of the case, and no other case', async () => {
    const { client, id, token } = await atPhone();
    const other = await caseAt(0);
    const phone = new Client(running.url);
    expect((await phone.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    const view = await phone.view(id);
    expect(view.tasks.filter(({ mine }) => mine).map(({ via }) => via)).toEqual(['agentQr']);
    expect((await phone.send(id, 'WITHDRAW')).status).toBe(409);
    expect((await phone.ask('GET', `/api/cases/${other.id}`)).status).toBe(404);
    expect((await phone.ask('GET', '/api/cases')).status).toBe(401);
    expect((await phone.raw('GET', `/api/cases/${id}/documents/applicationForm.pdf`)).status).toBe(404);
    expect(JSON.stringify(view)).not.toContain(token);
    expect(mineOf(await client.view(id))?.via).toBeUndefined();
  });

  test('is burnt by the first phone: another one is told so, the same one may open it again', async () => {
    const { id, token } = await atPhone();
    const [phone, thief] = [new Client(running.url), new Client(running.url)];
    expect((await phone.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    const again = await thief.ask<{ error: { code: string } }>('POST', `/api/links/${token}`, {});
    expect([again.status, again.body.error.code]).toEqual([410, 'link-used']);
    expect((await phone.ask('POST', `/api/links/${token}`, {})).body).toEqual({ case: id });
    expect((await thief.ask('GET', `/api/cases/${id}`)).status).toBe(401);
  });

  test('of two phones at the same time one gets in', async () => {
    const { token } = await atPhone();
    const answers = await Promise.all([1, 2].map(() => new Client(running.url).ask('POST', `/api/links/${token}`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  test('a changed token, an invented one, one of another generation are dead', async () => {
    const { client, id, token } = await atPhone();
    const phone = new Client(running.url);
    const codeOf = async (text: string) =>
      (await phone.ask<{ error: { code: string } }>('POST', `/api/links/${encodeURIComponent(text)}`, {})).body.error
        .code;
    expect(await codeOf(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBe('link-dead');
    expect(await codeOf('../../x')).toBe('link-dead');
    expect((await client.send(id, 'RENEW_QR')).status).toBe(200);
    expect(await codeOf(token)).toBe('link-dead');
  });

  test('opening it does not log a person out of the same browser', async () => {
    const { client, token } = await atPhone();
    expect((await client.ask('POST', `/api/links/${token}`, {})).status).toBe(200);
    expect((await client.ask('GET', '/api/cases')).status).toBe(200);
  });
});

describe('lists', () => {
  test('own cases: newest first, filtered by number with spaces, status, day; paged', async () => {
    const { client, id } = await caseAt(0);
    for (let n = 0; n < 11; n += 1) await client.ask('POST', '/api/cases', { project: 'szmg' });
    type List = {
      rows: { id: string; number: string; createdAt: number }[];
      total: number;
      pages: number;
      statuses: string[];
    };
    const list = async (query: string) => (await client.ask<List>('GET', `/api/cases?${query}`)).body;
    const first = await list('');
    expect([first.total, first.pages, first.rows.length]).toEqual([12, 2, 10]);
    expect(first.rows.map((row) => row.createdAt)).toEqual(
      first.rows.map((row) => row.createdAt).sort((a, b) => b - a),
    );
    expect((await list('page=2')).rows.at(-1)?.id).toBe(id);
    expect((await list('page=99')).rows).toHaveLength(2);
    const { number } = (await list('page=2')).rows.at(-1)!;
    const grouped = `${number.slice(0, 3)} ${number.slice(3, 9)} ${number.slice(9)}`;
    expect((await list(`number=${encodeURIComponent(grouped)}`)).total).toBe(1);
    expect(first.statuses).toEqual(['待同意协议']);
    expect((await list(`status=${encodeURIComponent('待同意协议')}`)).total).toBe(12);
    expect((await list(`status=${encodeURIComponent('草稿')}`)).total).toBe(0);
    const today = new Date(running.context.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect((await list(`from=${today}&to=${today}`)).total).toBe(12);
    expect((await list('to=2020-01-01')).total).toBe(0);
    expect((await list('from=nonsense')).total).toBe(12);
  });
});

describe('the stream', () => {
  test('tells the revision at once and after every step', async () => {
    const { client, id } = await caseAt(0);
    const abort = new AbortController();
    const answer = await client.raw('GET', `/api/cases/${id}/stream`, { signal: abort.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body!.getReader();
    const decoder = new TextDecoder();
    const next = async (): Promise<string> => decoder.decode((await reader.read()).value);
    expect(await next()).toContain('data: {"revision":1}');
    await press(running, client, id, 'NEXT');
    expect(await next()).toContain('data: {"revision":2}');
    abort.abort();
  });
});

describe('staff', () => {
  test('nobody handles a case of their own, whatever their roles', async () => {
    const reviewer = await person('reviewer');
    expect((await reviewer.ask('POST', '/api/cases', { project: 'szmg' })).status).toBe(403);
  });

  test('values are shown to staff only for a reason, and it is written down', async () => {
    const { client, id } = await caseAt(3);
    const owner = await client.ask<{ value: string }>('POST', `/api/cases/${id}/unmask`, {
      path: 'agent.idNumber',
      reason: '',
    });
    expect(owner.status).toBe(200);
    expect(owner.body.value).toMatch(/^\d{17}[\dX]$/);
    const operations = await person('operations');
    const answer = await operations.ask('POST', `/api/cases/${id}/unmask`, { path: 'agent.idNumber', reason: '核对' });
    expect(answer.status).toBe(404);
    expect((await client.ask('POST', `/api/cases/${id}/unmask`, { path: 'agent.__proto__', reason: '' })).status).toBe(
      404,
    );
  });
});
