import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CaseView } from '../../../engine/contract/view.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask, press } from '../../support/filling.ts';
import { Client, mineOf, testServer } from '../../support/server.ts';
import { caseAt, freshNumber, valuesOf } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  // No outside world: calls stay unanswered, which is all that these tests need.
  running = await testServer();
});
afterAll(() => running.close());

const at = (presses: number) => caseAt(running, presses);

const person = (account: string): Promise<Client> => new Client(running.url).logIn(account);

describe('drafts', () => {
  test('U-09 are kept field by field, seen from another browser, and are no step of the process', async () => {
    const { client, id } = await at(2);
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

  test('U-10 two tabs that save at the same time lose nothing of each other', async () => {
    const { client, id } = await at(2);
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
    const { client, id } = await at(3);
    await press(running, client, id, 'BACK');
    expect(valuesOf(await client.view(id), 'organization')).toHaveProperty('name');
    await client.ask('PATCH', `/api/cases/${id}/draft`, { forms: { organization: { name: null } } });
    expect(valuesOf(await client.view(id), 'organization')).not.toHaveProperty('name');
  });

  test('unknown fields, computed ones and forms of another step are not kept', async () => {
    const { client, id } = await at(1);
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

  test('what was read from a picture stays marked until the field changes, also by a page that knows no marks', async () => {
    const { client, id } = await at(2);
    const save = (fields: object, marks?: object) =>
      client.ask('PATCH', `/api/cases/${id}/draft`, {
        forms: { agent: fields },
        ...(marks && { marks: { agent: marks } }),
      });
    const marks = async () => {
      const section = mineOf(await client.view(id))?.sections.find(
        (one) => one.kind === 'form' && one.form === 'agent',
      );
      return section?.kind === 'form' ? section.marks : undefined;
    };
    const mark = { from: '照片', score: 0.87, checked: false, doubtful: true };
    expect(await marks()).toBeUndefined();
    await save({ name: '李四', idNumber: '990000199206200025' }, { name: { ...mark, more: 'x' }, idNumber: mark });
    expect(await marks()).toEqual({ name: mark, idNumber: mark });
    await save({ idNumber: '990000199206200025', email: 'a@example.com' });
    expect(await marks()).toEqual({ name: mark, idNumber: mark });
    await save({ name: '李五' });
    expect(await marks()).toEqual({ idNumber: mark });
    // What is no mark, or for a field that is not saved with it, is left out.
    await save({ email: 'b@example.com' }, { email: { from: 1 }, mobile: mark, name: { from: 'x', score: 7 } });
    expect(await marks()).toEqual({ idNumber: mark });
    // The commit of the form takes the working copy with it, and leaves what is known of where the value came from.
    expect((await client.send(id, 'BACK')).status).toBe(200);
    await press(running, client, id, 'NEXT');
    expect(await marks()).toEqual({ idNumber: mark });
  });

  test('what is missing in the request is taken from the draft', async () => {
    const { client, id } = await at(1);
    const forms = await fillTask(running, client, id);
    await client.ask('PATCH', `/api/cases/${id}/draft`, { forms });
    expect((await client.send(id, 'NEXT')).status).toBe(200);
    expect((await running.context.drafts.read(id, 'applicant')).forms).toEqual({});
  });

  test('saves: draft keeps what was sent without checking it', async () => {
    const { client, id } = await at(2);
    const { status } = await client.send(id, 'BACK', { forms: { organization: { name: '半' } } });
    expect(status).toBe(200);
    await press(running, client, id, 'NEXT');
    expect(valuesOf(await client.view(id), 'organization')).toMatchObject({ name: '半' });
  });
});

describe('events', () => {
  test('a refusal names every field and changes nothing', async () => {
    const { client, id } = await at(2);
    const before = await client.view(id);
    const { status, body } = await client.send(id, 'NEXT', { forms: { organization: { name: '甲' } } });
    expect(status).toBe(409);
    expect(body.error?.code).toBe('refused');
    expect(body.error?.fields).toHaveProperty('length', expect.any(Number));
    expect((body.error?.fields ?? []) as object[]).not.toHaveLength(0);
    expect((await client.view(id)).revision).toBe(before.revision);
  });

  test('the same request sent five times at once is applied once', async () => {
    const { client, id } = await at(0);
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
    const { client, id } = await at(0);
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
    const { client, id } = await at(0);
    const { status } = await client.ask('POST', `/api/cases/${id}/events`, {
      event: 'NEXT',
      revision: 99,
      request: 'x',
    });
    expect(status).toBe(409);
  });

  test('a value that is not in the data source is refused at its field', async () => {
    const { client, id } = await at(2);
    const forms = await fillTask(running, client, id, { bank: { branch: '示例不存在的银行' } });
    const { status, body } = await client.send(id, 'NEXT', { forms });
    expect(status).toBe(409);
    expect(body.error?.fields).toMatchObject([{ path: 'bank.branch', keyword: 'x-options' }]);
  });

  test('U-07 one open case for a company and project; another project may have one too', async () => {
    const number = freshNumber();
    const first = await at(2);
    await press(running, first.client, first.id, 'NEXT', { over: { organization: { number } } });
    const second = await at(2);
    const forms = await fillTask(running, second.client, second.id, { organization: { number } });
    const refused = await second.client.send(second.id, 'NEXT', { forms });
    expect(refused.status).toBe(409);
    expect(refused.body.error?.blockers).toMatchObject([{ code: 'reserved' }]);
    expect(refused.body.error?.message).toContain('未完成的申请');
    expect((await first.client.send(first.id, 'WITHDRAW')).status).toBe(200);
    expect((await second.client.send(second.id, 'NEXT', { forms })).status).toBe(200);
  });
});

describe('lists', () => {
  test('own cases: newest first, filtered by number with spaces, status, day; paged', async () => {
    const { client, id } = await at(0);
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

  test('a list of the processes holds the cases that stand in it, and its filters offer what is in it', async () => {
    const { client, id } = await at(2);
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg-auth' });
    type List = { rows: { id: string }[]; total: number; statuses: string[]; workflows: { id: string }[] };
    const list = async (query: string) => (await client.ask<List>('GET', `/api/cases?${query}`)).body;
    const { lists } = (await client.ask<{ lists: { id: string }[] }>('GET', '/api/hall')).body;
    // Of every process that is open here.
    const known = ['applications', 'appointments', 'archive', 'authentications', 'orders'];
    expect(lists.map((one) => one.id).sort()).toEqual(known);
    expect((await list('')).total).toBe(2);
    expect((await list('list=applications')).rows.map((row) => row.id)).toEqual([id]);
    expect((await list('list=authentications')).rows.map((row) => row.id)).toEqual([body.id]);
    expect((await list('list=authentications')).workflows.map((one) => one.id)).toEqual(['online-auth']);
    for (const none of ['orders', 'nothing', '__proto__'])
      expect(await list(`list=${none}`)).toMatchObject({ rows: [], total: 0, statuses: [], workflows: [] });
    // Others see theirs.
    const other = (await at(0)).client;
    expect((await other.ask<List>('GET', '/api/cases?list=authentications')).body.total).toBe(0);
  });
});

describe('what was filled in before', () => {
  type Earlier = { cases: { id: string; subject: string }[] };
  type Taken = { forms: { [form: string]: { [field: string]: unknown } } };

  /** Two cases of one person: one filled in, one at the forms. */
  async function two() {
    const { client, id: first } = await at(3);
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    for (const _ of [1, 2]) await press(running, client, body.id, 'NEXT');
    return { client, first, second: body.id };
  }

  test('is offered to its owner for the forms that are being filled in, and told when it is chosen', async () => {
    const { client, first, second } = await two();
    const offered = (await client.ask<Earlier>('GET', `/api/cases/${second}/earlier`)).body.cases;
    expect(offered.map((one) => one.id)).toEqual([first]);
    expect(JSON.stringify(offered)).not.toMatch(/990000|138\d{8}/);
    const { forms } = (await client.ask<Taken>('GET', `/api/cases/${second}/earlier/${first}`)).body;
    const { state } = (await running.context.cases.read(first)).document;
    expect(forms.organization).toMatchObject({ name: state.forms.organization?.name });
    expect(forms.agent).toMatchObject({ idNumber: state.forms.agent?.idNumber });
    // What this page does not ask for is not told either.
    expect(Object.keys(forms)).not.toContain('agreements');
    expect(Object.keys(forms)).not.toContain('documents');
    // Nothing was filled in by that.
    expect(valuesOf(await client.view(second), 'organization')?.name).toBeUndefined();
  });

  test('is nobody else’s: not of another person, not for staff, not of the case itself', async () => {
    const { client, first, second } = await two();
    const other = await at(2);
    for (const [who, path] of [
      [client, `/api/cases/${second}/earlier/${other.id}`],
      [client, `/api/cases/${second}/earlier/${second}`],
      [client, `/api/cases/${second}/earlier/nothing`],
      [other.client, `/api/cases/${other.id}/earlier/${first}`],
      [other.client, `/api/cases/${second}/earlier/${first}`],
      [await person('reviewer'), `/api/cases/${second}/earlier`],
    ] as const)
      expect((await who.ask('GET', path)).status, path).toBe(404);
    expect((await other.client.ask<Earlier>('GET', `/api/cases/${other.id}/earlier`)).body.cases).toEqual([]);
    const stolen = await other.client.ask('POST', '/api/cases', { project: 'szmg', from: first });
    expect(stolen.status).toBe(404);
    expect((await other.client.ask<{ total: number }>('GET', '/api/cases')).body.total).toBe(1);
  });

  test('starts a case of a neighbouring process, marked with where it comes from', async () => {
    const { client, id } = await at(3);
    const { body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg-renew', from: id });
    const { number, forms } = (await running.context.cases.read(id)).document.state;
    await press(running, client, body.id, 'NEXT');
    const section = mineOf(await client.view(body.id))?.sections.find((one) => one.kind === 'form');
    expect(section).toMatchObject({
      form: 'heldCertificate',
      values: { number: forms.organization?.number },
      marks: { number: { from: number, taken: true } },
    });
    // It is a working copy: nothing is committed before the person has seen it.
    expect((await running.context.cases.read(body.id)).document.state.forms.organization).toBeUndefined();
  });
});

describe('the stream', () => {
  test('tells the revision at once and after every step', async () => {
    const { client, id } = await at(0);
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
    const { client, id } = await at(3);
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

describe('whoever reads English', () => {
  test('is told in English what the product says, and by default in Chinese', async () => {
    const { client, id } = await at(2);
    const sentence = async (language: string | null) => {
      client.language = language;
      return (await client.view(id)).waiting[0]?.sentence;
    };
    expect(await sentence('en')).toMatch(/^Your turn: \*\*.+\*\*, by \*\*\d+ [A-Z][a-z]{2}/);
    expect(await sentence('zh-CN')).toMatch(/^请\*\*/);
    expect(await sentence(null)).toMatch(/^请\*\*/);
  });

  test('is refused in English, with the errors of fields', async () => {
    const { client, id } = await at(2);
    client.language = 'en';
    const { status, body } = await client.send(id, 'NEXT', { forms: { organization: { number: '1' } } });
    expect(status).toBe(409);
    expect(body.error?.message).toMatch(/^Fields that need a change: \d+$/);
    const messages = ((body.error?.fields ?? []) as { message: string }[]).map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringMatching(/too few: enter the 18 characters/));
    expect(messages.join()).not.toContain('请');
    const lost = await client.ask<{ error: object }>('GET', '/api/cases/nonsense');
    expect(lost.body.error).toMatchObject({ code: 'not-found', message: expect.stringMatching(/^Not found/) });
  });
});
