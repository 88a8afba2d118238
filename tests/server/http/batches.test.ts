import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BatchCheck, BatchReport, SessionView } from '../../../engine/contract/routes.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { zoneMinutes } from '../../../engine/zone.ts';
import type { Running } from '../../../server/server.ts';
import { BATCH_PROJECT, handler, lineOf, sharedForms, TITLES } from '../../support/batch.ts';
import { Client, eventually, newDataDir, testServer } from '../../support/server.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let running: Running;
let agent: FormSchema;
const dataDir = await newDataDir();
beforeAll(async () => {
  running = await testServer({ dataDir });
  const found = running.context.inForce().find(({ project }) => project.id === BATCH_PROJECT);
  agent = found?.forms.agent as FormSchema;
});
afterAll(() => running.close());

/** Another company and other people every time. */
let serial = 500;
function newFile(people: number) {
  serial += 100;
  const handlers = Array.from({ length: people }, (_, n) => handler(agent, serial + n));
  const csv = [TITLES, ...handlers.map((one) => lineOf(one))].join('\r\n');
  return { forms: sharedForms(serial), handlers, csv };
}

async function newcomer(): Promise<Client> {
  const client = new Client(running.url);
  const account = `user${Math.random().toString(36).slice(2)}`;
  await client.ask('POST', '/api/accounts', { account, password: 'a good phrase', name: '大客户' });
  return client;
}

const project = BATCH_PROJECT;
const check = (client: Client, forms: object, csv: string) =>
  client.ask<BatchCheck & { error: { code: string; message: string } }>('POST', '/api/batches/check', {
    project,
    forms,
    csv,
  });
const send = (client: Client, forms: object, csv: string) =>
  client.ask<{ id: string; error: { code: string; message: string } }>('POST', '/api/batches', {
    ...{ project, forms, csv },
    name: '经办人.csv',
  });

async function done(client: Client, id: string): Promise<BatchReport> {
  expect(id).toMatch(/^[0-9a-z]{26}$/);
  return eventually(async () => {
    const { body } = await client.ask<BatchReport>('GET', `/api/batches/${id}`);
    return body.waiting === 0 ? body : null;
  }, 'the batch is done');
}

const numbersOf = async (client: Client): Promise<number> =>
  (await client.ask<{ total: number }>('GET', '/api/cases')).body.total;

describe('the table', () => {
  test('follows from the forms of the project: titles, what is required, what may be chosen', async () => {
    const client = await newcomer();
    const { body } = await client.ask<{ csv: string; columns: { title: string; required: boolean }[] }>(
      'POST',
      '/api/batches/columns',
      { project, forms: sharedForms(1) },
    );
    expect(body.csv).toBe(`\uFEFF${TITLES}\r\n`);
    expect(body.columns.map(({ title, required }) => [title, required])).toEqual(
      TITLES.split(',').map((title) => [title, true]),
    );
    expect(body.columns[4]).toMatchObject({ choices: expect.arrayContaining(['办事员', '投标专员']) });
  });

  test('has the columns that what all rows share asks for', async () => {
    const client = await newcomer();
    const forms = { ...sharedForms(1), certificate: { type: 'person', years: 1 } };
    const { body } = await client.ask<{ columns: { title: string }[] }>('POST', '/api/batches/columns', {
      project,
      forms,
    });
    // Two forms ask for a number: the title says whose.
    expect(body.columns.map(({ title }) => title)).toEqual(
      '姓名,经办人信息·身份证号码,经办人信息·移动电话,常用联系邮箱,职务,申请人姓名,申请人信息·身份证号码,申请人信息·移动电话'.split(
        ',',
      ),
    );
  });

  test('a project that declares none has no such door', async () => {
    const client = await newcomer();
    const { body } = await client.ask<{ projects: { id: string; batch?: string }[] }>('GET', '/api/hall');
    expect(body.projects.filter(({ batch }) => batch !== undefined)).toEqual([
      expect.objectContaining({ id: project, batch: '大客户批量申请' }),
    ]);
    const refused = await client.ask('POST', '/api/batches/check', { project: 'szmg', forms: {}, csv: 'x' });
    expect([refused.status, refused.body]).toMatchObject([404, { error: { code: 'batch-none' } }]);
  });
});

describe('a file that is looked at', () => {
  test('says of every row what is wrong in which column, in the language of the person, and keeps nothing', async () => {
    const client = await newcomer();
    const { forms, handlers, csv } = newFile(3);
    const [one, two, three] = handlers as [(typeof handlers)[0], (typeof handlers)[0], (typeof handlers)[0]];
    const lines = [
      TITLES,
      lineOf(one),
      '',
      lineOf({ ...two, idNumber: '990000199206200026', mobile: '1380000' }),
      lineOf({ ...three, idNumber: '9.9E+17' }, '总经理'),
      lineOf(one),
    ];
    const { body } = await check(client, forms, lines.join('\n'));
    expect(body.shared).toEqual([]);
    expect(body.lines.map(({ line, name, state }) => [line, name, state])).toEqual([
      [2, one.name, 'ready'],
      [4, two.name, 'wrong'],
      [5, three.name, 'wrong'],
      [6, one.name, 'known'],
    ]);
    expect(body.lines[1]?.problems.map(({ column }) => column)).toEqual(['身份证号码', '移动电话']);
    expect(body.lines[1]?.problems[1]?.message).toContain('11 位');
    expect(body.lines[2]?.problems).toMatchObject([
      { column: '身份证号码', message: expect.stringContaining('表格软件') },
      { column: '职务' },
    ]);
    expect(body.lines[3]?.problems[0]?.message).toContain('第 2 行');
    client.language = 'en';
    const english = await check(client, forms, lines.join('\n'));
    expect(english.body.lines[1]?.problems[1]?.message).toMatch(/digits/);
    expect(english.body.lines[2]?.problems[0]?.message).toContain('spreadsheet');
    client.language = null;
    expect(await numbersOf(client)).toBe(0);
    expect((await client.ask('GET', '/api/batches')).body).toEqual({ batches: [] });
    expect(csv).toContain(one.name);
  });

  test.each([
    ['without data', TITLES, 400, 'batch-empty'],
    ['without the titles', '甲,乙\n1,2', 400, 'batch-columns'],
    ['with a title twice', `${TITLES},姓名\n1,2,3,4,5,6`, 400, 'batch-twice'],
    ['with a quote that never ends', `${TITLES}\n"甲,2`, 400, 'batch-unreadable'],
    ['with too many rows', [TITLES, ...Array.from({ length: 201 }, (_, n) => `甲${n}`)].join('\n'), 413, 'batch-many'],
  ])('%s is refused as a whole', async (_title, csv, status, code) => {
    const answer = await check(await newcomer(), sharedForms(1), csv);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    // A sentence that says how to mend it.
    expect(answer.body.error.message).not.toMatch(/\{\w+\}/);
  });

  test('too large a file is refused', async () => {
    const csv = `${TITLES}\n${'甲'.repeat(290_000)}`;
    expect((await check(await newcomer(), sharedForms(1), csv)).status).toBe(413);
  });

  test('titles and cells may be written as spreadsheets and people write them', async () => {
    const client = await newcomer();
    const { forms, handlers } = newFile(1);
    const [{ name, idNumber, mobile }] = handlers as [(typeof handlers)[0]];
    const csv = [
      '\uFEFF备注;职务;姓 名（必填）;身份证号码※;"移动电话";常用联系邮箱',
      `;clerk;"${name}";'${idNumber};="${mobile}";ｌｉｎ@example.com`,
    ].join('\r\n');
    const { body } = await check(client, forms, csv);
    expect(body.lines[0]).toEqual({ line: 2, name, problems: [], state: 'ready' });
    expect(body.ignored).toEqual(['备注']);
  });

  test('what all rows share is judged once, and nothing begins with it', async () => {
    const client = await newcomer();
    const { forms, csv } = newFile(2);
    const broken = { ...forms, organization: { ...forms.organization, number: '9199' } };
    const { body } = await check(client, broken, csv);
    expect(body.shared.map(({ path }) => path)).toEqual(['organization.number']);
    expect((await send(client, broken, csv)).body.error.code).toBe('batch-shared');
    expect(await numbersOf(client)).toBe(0);
  });
});

describe('a file that is sent in', () => {
  test('begins a case for each right row, with everything filled in, and says what became of each', async () => {
    const client = await newcomer();
    const { forms, handlers, csv } = newFile(3);
    const wrong = `${csv}\r\n=cmd|'/c calc'!A1,1,1,1,1`;
    const { body } = await send(client, forms, wrong);
    const report = await done(client, body.id);
    expect(report).toMatchObject({ name: '经办人.csv', total: 4, begun: 3, wrong: 1, waiting: 0 });
    expect(report.lines.map(({ name }) => name)).toEqual([...handlers.map(({ name }) => name), '']);
    const [first] = report.lines;
    const view = await client.view(first?.case?.id ?? '');
    expect(view).toMatchObject({ number: first?.case?.number, subject: '示例大客户有限公司' });
    expect(view.tasks[0]?.title).toBe('核对并打印申请表');
    expect(new Set(report.lines.flatMap((line) => line.case?.number ?? [])).size).toBe(3);
    const { csv: table } = (await client.ask<{ csv: string }>('GET', `/api/batches/${body.id}/csv`)).body;
    const rows = table.trimEnd().split('\r\n');
    expect(rows[0]).toBe('\uFEFF行号,姓名或名称,业务单号,状态,需要修改');
    expect(rows[1]).toMatch(new RegExp(`^2,${handlers[0]?.name},906 \\d{6} \\d{6} \\d{2},`));
    expect(rows[4]).toMatch(/^5,,,未受理,/);
  });

  test('twice is one batch and no second case; the rows that were wrong are tried again', async () => {
    const client = await newcomer();
    const { forms, csv } = newFile(4);
    const first = await send(client, forms, csv);
    await done(client, first.body.id);
    const again = await Promise.all([1, 2, 3].map(() => send(client, forms, `\uFEFF${csv}`)));
    expect(again.map(({ body }) => body.id)).toEqual([first.body.id, first.body.id, first.body.id]);
    await done(client, first.body.id);
    expect(await numbersOf(client)).toBe(4);
    expect((await check(client, forms, csv)).body).toMatchObject({ before: first.body.id });
  });

  test('mended, a file begins only what has no case yet', async () => {
    const client = await newcomer();
    const { forms, handlers } = newFile(3);
    const [one, two, three] = handlers as [(typeof handlers)[0], (typeof handlers)[0], (typeof handlers)[0]];
    const file = (second: string) => [TITLES, lineOf(one), second, lineOf(three)].join('\n');
    const first = await send(client, forms, file(lineOf({ ...two, mobile: '123' })));
    await done(client, first.body.id);
    const mended = file(lineOf(two));
    const looked = await check(client, forms, mended);
    expect(looked.body.lines.map(({ state }) => state)).toEqual(['known', 'ready', 'known']);
    const second = await send(client, forms, mended);
    const report = await done(client, second.body.id);
    expect(report.lines.map(({ state }) => state)).toEqual(['begun', 'begun', 'begun']);
    expect(await numbersOf(client)).toBe(3);
  });

  test('a handler who has an open case of this company is told so before anything begins', async () => {
    const client = await newcomer();
    const { forms, csv } = newFile(2);
    const { body } = await send(client, forms, csv);
    await done(client, body.id);
    const other = await newcomer();
    const looked = await check(other, forms, csv);
    expect(looked.body.lines.map(({ state }) => state)).toEqual(['wrong', 'wrong']);
    expect(looked.body.lines[0]?.problems[0]).toMatchObject({
      column: null,
      message: expect.stringContaining('这位经办人'),
    });
    expect((await send(other, forms, csv)).body.error.code).toBe('batch-nothing');
  });

  test('two rows of one handler collide within the file', async () => {
    const client = await newcomer();
    const { forms, handlers } = newFile(1);
    const [one] = handlers as [(typeof handlers)[0]];
    const { body } = await check(client, forms, [TITLES, lineOf(one), lineOf(one, '财务人员')].join('\n'));
    expect(body.lines.map(({ state }) => state)).toEqual(['ready', 'wrong']);
    expect(body.lines[1]?.problems[0]?.message).toContain('第 2 行');
  });

  test('nobody else sees it', async () => {
    const client = await newcomer();
    const { forms, csv } = newFile(1);
    const { body } = await send(client, forms, csv);
    const other = await newcomer();
    for (const path of [`/api/batches/${body.id}`, `/api/batches/${body.id}/csv`])
      expect((await other.ask('GET', path)).status).toBe(404);
    expect((await other.ask('GET', '/api/batches')).body).toEqual({ batches: [] });
    const staff = await new Client(running.url).logIn('reviewer');
    expect((await staff.ask('GET', `/api/batches/${body.id}`)).status).toBe(403);
    expect((await new Client(running.url).ask('GET', '/api/batches')).status).toBe(401);
  });

  test('what it said is sealed on the disk, and is not kept when its cases have begun', async () => {
    const client = await newcomer();
    const { forms, csv } = newFile(1);
    const { body } = await send(client, forms, csv);
    await done(client, body.id);
    // The report counts the cases that there are; the batch is written down after them.
    const batch = await eventually(async () => {
      const kept = await running.context.batches.read(body.id);
      return kept?.shared === null && kept;
    }, 'what the rows shared is forgotten');
    expect(batch).toMatchObject({ shared: null, rows: [{ waiting: null }] });
  });
});

describe('a closed project', () => {
  test('takes no batch on the day after its last one', async () => {
    const { context } = running;
    const found = context.inForce().find(({ project: { id } }) => id === project);
    const today = new Date(context.clock.now() + zoneMinutes * 60_000).toISOString().slice(0, 10);
    const definition = { ...found, project: { ...found?.project, closes: '2026-01-01' } };
    expect(today > '2026-01-01').toBe(true);
    const release = vi.spyOn(context.releases, 'definition').mockResolvedValue(definition as never);
    const client = await newcomer();
    const { forms, csv } = newFile(1);
    const answer = await check(client, forms, csv);
    release.mockRestore();
    expect([answer.status, answer.body.error.code]).toEqual([409, 'project-not-open']);
  });
});

describe('for a company', () => {
  test('its people see the cases of a file that one of them sent in for it; those of another errand stay apart', async () => {
    const [one, two] = [await newcomer(), await newcomer()];
    const company = { name: '示例大客户有限公司', number: '91440300MA5EXAMPL7' };
    const joined = await one.ask<{ companies: { id: string }[] }>('POST', '/api/companies', company);
    const id = joined.body.companies[0]?.id ?? '';
    await one.ask('PATCH', '/api/session', { company: id });
    const file = newFile(2);
    const sent = await send(one, file.forms, file.csv);
    const report = await done(one, sent.body.id);
    expect(report.lines.map(({ case: begun }) => begun !== undefined)).toEqual([true, true]);
    expect((await check(one, file.forms, file.csv)).body.lines.map(({ state }) => state)).toEqual(['known', 'known']);

    const guest = (await two.ask<SessionView>('GET', '/api/session')).body.person?.id ?? '';
    await two.ask('POST', '/api/companies', company);
    const seen = async (): Promise<number> => (await two.ask('GET', `/api/cases/${report.lines[0]?.case?.id}`)).status;
    expect(await seen()).toBe(404);
    await one.ask('PUT', `/api/companies/${id}/members/${guest}`, { manager: false });
    expect(await seen()).toBe(200);

    // The same file for oneself is another errand; that these people have a case already, the process says.
    await one.ask('PATCH', '/api/session', { company: null });
    expect((await check(one, file.forms, file.csv)).body.lines.map(({ state }) => state)).toEqual(['wrong', 'wrong']);
  });
});
