import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AccountView, AuditList, DeviceView, StaffList } from '../../../engine/contract/accounts.ts';
import type { CaseList, SessionView, StudioProject } from '../../../engine/contract/routes.ts';
import type { Connectors, Message } from '../../../server/connectors/index.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { Client, Lines, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Refused {
  readonly error: { readonly code: string };
}

/** What left the house by SMS. */
const sent: Message[] = [];
const connectors: Connectors = {
  perform: async () => 'pending',
  poll: async () => 'pending',
  send: async (message) => void sent.push(message),
};

let running: Running;
beforeAll(async () => {
  running = await testServer({}, { connectors });
});
afterAll(() => running.close());

const guest = (): Client => new Client(running.url);
const demo = (account: string): Promise<Client> => guest().logIn(account);
let serial = 0;
const freshMobile = (): string => `139${String(10_000_000 + ++serial)}`;
const totp = (secret: string, ahead = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });

async function codeFor(client: Client, mobile: string, purpose = 'login') {
  const { body, status } = await client.ask<{ request: string }>('POST', '/api/codes', { purpose, mobile });
  expect(status).toBe(200);
  const message = sent.findLast((one) => one.to === mobile);
  return { mobile, request: body.request, code: /\d{6}/.exec(message?.text ?? '')?.[0] ?? '' };
}

describe('by SMS code', () => {
  test('a number that nobody is known by is registered once a name is given, and logs in from then on', async () => {
    const [client, mobile] = [guest(), freshMobile()];
    const typed = await codeFor(client, mobile);
    expect(sent.at(-1)?.text).toMatch(/^【.+】.*\d{6}.*10分钟/);
    const unnamed = await client.ask<Refused>('POST', '/api/session/code', typed);
    expect([unnamed.status, unnamed.body.error.code]).toEqual([404, 'mobile-unknown']);
    const made = await client.ask<SessionView>('POST', '/api/session/code', { ...typed, name: '李试' });
    expect(made.body).toMatchObject({ person: { name: '李试', account: '' }, abilities: ['apply'], home: '/' });
    expect((await guest().ask<Refused>('POST', '/api/session/code', typed)).body.error.code).toBe('code-over');
    const again = await guest().ask<Refused>('POST', '/api/codes', { purpose: 'login', mobile });
    expect([again.status, again.body.error.code]).toEqual([429, 'too-many-requests']);
  });

  test('whether a number is known is told only to whoever has it', async () => {
    const [known, unknown] = [freshMobile(), freshMobile()];
    const owner = guest();
    await owner.ask('POST', '/api/session/code', { ...(await codeFor(owner, known)), name: '李试' });
    const ask = (mobile: string) => guest().ask('POST', '/api/codes', { purpose: 'reset', mobile });
    const [one, two] = [await ask(known), await ask(unknown)];
    expect(one.status).toBe(two.status);
    expect(Object.keys(one.body as object)).toEqual(Object.keys(two.body as object));
    const wrong = { mobile: unknown, request: (two.body as { request: string }).request, code: '000000x' };
    const refused = await guest().ask<Refused>('POST', '/api/accounts/reset', { ...wrong, password: 'a good phrase' });
    expect(refused.body.error.code).toBe('code-wrong');
  });

  test('a forgotten password is set anew by whoever has the phone; everybody else is logged out', async () => {
    const [client, mobile] = [guest(), freshMobile()];
    const password = 'a good phrase';
    await client.ask('POST', '/api/accounts', { account: 'reset-me', password, name: '张三' });
    const bind = await codeFor(client, mobile, 'mobile');
    // By the phone a password is set: an open window is not enough to bind one.
    for (const wrong of [{}, { password: '' }, { password: 'another phrase' }])
      expect((await client.ask('PUT', '/api/account/mobile', { ...bind, ...wrong })).status).not.toBe(200);
    expect((await client.ask<AccountView>('GET', '/api/account')).body.mobile).toBe(null);
    expect((await client.ask('PUT', '/api/account/mobile', { ...bind, password })).status).toBe(200);
    const other = await guest().logIn('reset-me', 'a good phrase');
    const stranger = guest();
    const typed = await codeFor(stranger, mobile, 'reset');
    const weak = await stranger.ask<Refused>('POST', '/api/accounts/reset', { ...typed, password: '12345678' });
    expect(weak.body.error.code).toBe('password-weak');
    const reset = await stranger.ask<SessionView>('POST', '/api/accounts/reset', {
      ...typed,
      password: 'another phrase',
    });
    expect(reset.body.person?.account).toBe('reset-me');
    expect((await other.ask('GET', '/api/cases')).status).toBe(401);
    expect((await guest().ask('POST', '/api/session', { account: 'reset-me', password: 'a good phrase' })).status).toBe(
      401,
    );
    await guest().logIn('reset-me', 'another phrase');
  });

  test('neither a new password nor a code goes round the second factor of whoever has one', async () => {
    const [client, mobile] = [guest(), freshMobile()];
    await client.ask('POST', '/api/accounts', { account: 'two-factors', password: 'a good phrase', name: '张三' });
    const bind = await codeFor(client, mobile, 'mobile');
    expect((await client.ask('PUT', '/api/account/mobile', { ...bind, password: 'a good phrase' })).status).toBe(200);
    // Whoever finds an open window does not lock its owner out.
    for (const password of ['', 'another phrase']) {
      const refused = await client.ask('POST', '/api/account/second', { password });
      expect(refused.status).not.toBe(200);
    }
    const { body } = await client.ask<{ secret: string }>('POST', '/api/account/second', {
      password: 'a good phrase',
    });
    expect((await client.ask('PUT', '/api/account/second', { code: totp(body.secret) })).status).toBe(200);
    const stranger = guest();
    const reset = await stranger.ask<SessionView>('POST', '/api/accounts/reset', {
      ...(await codeFor(stranger, mobile, 'reset')),
      password: 'another phrase',
    });
    expect(reset.body).toMatchObject({ person: null, second: 'code' });
    expect((await stranger.ask('GET', '/api/cases')).status).toBe(401);
    const other = guest();
    const byCode = await other.ask<SessionView>('POST', '/api/session/code', await codeFor(other, mobile));
    expect(byCode.body).toMatchObject({ person: null, second: 'code' });
    expect((await other.ask('GET', '/api/cases')).status).toBe(401);
  });

  test('a phone belongs to one account', async () => {
    const [one, two, mobile] = [guest(), guest(), freshMobile()];
    await one.ask('POST', '/api/session/code', { ...(await codeFor(one, mobile)), name: '甲' });
    await two.ask('POST', '/api/accounts', { account: 'phone-thief', password: 'a good phrase', name: '乙' });
    const typed = { ...(await codeFor(two, mobile, 'mobile')), password: 'a good phrase' };
    const taken = await two.ask<Refused>('PUT', '/api/account/mobile', typed);
    expect([taken.status, taken.body.error.code]).toEqual([409, 'mobile-taken']);
  });
});

describe('devices', () => {
  test('are listed by what they call themselves, and logged out one by one or all but this one', async () => {
    const account = { account: 'many-devices', password: 'a good phrase', name: '张三' };
    const first = guest();
    await first.ask('POST', '/api/accounts', account);
    const agents = ['Mozilla/5.0 (iPhone) Safari/604', 'Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537'];
    const others: Client[] = [];
    for (const agent of agents) {
      const client = guest();
      const headers = { 'content-type': 'application/json', 'user-agent': agent };
      await client.raw('POST', '/api/session', { headers, body: JSON.stringify(account) });
      others.push(client);
    }
    const list = async (): Promise<readonly DeviceView[]> =>
      (await first.ask<{ devices: DeviceView[] }>('GET', '/api/account/devices')).body.devices;
    const devices = await list();
    expect(devices.map(({ device }) => device)).toEqual(expect.arrayContaining(['Safari · iOS', 'Chrome · Windows']));
    expect(devices.filter(({ own }) => own)).toHaveLength(1);
    const phone = devices.find(({ device }) => device === 'Safari · iOS');
    expect((await first.ask('DELETE', `/api/account/devices/${phone?.id}`)).status).toBe(200);
    expect((await others[0]!.ask('GET', '/api/cases')).status).toBe(401);
    expect((await others[1]!.ask('GET', '/api/cases')).status).toBe(200);
    // Somebody else's is not there.
    const stranger = await demo('applicant2');
    expect((await stranger.ask('DELETE', `/api/account/devices/${(await list())[0]?.id}`)).status).toBe(404);
    expect((await first.ask('DELETE', '/api/account/devices')).status).toBe(200);
    expect((await others[1]!.ask('GET', '/api/cases')).status).toBe(401);
    expect((await list()).length).toBe(1);
    expect((await first.ask('GET', '/api/cases')).status).toBe(200);
  });

  test('a stream tells nothing more to whoever was logged out in another browser', async () => {
    const [here, there] = [await demo('applicant'), await demo('applicant')];
    const { body } = await here.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    const lines = new Lines(await there.raw('GET', `/api/cases/${body.id}/stream`));
    await lines.until('"revision":1');
    await press(running, here, body.id, 'NEXT');
    await lines.until('"revision":2');
    await here.ask('DELETE', '/api/account/devices');
    await here.send(body.id, 'BACK');
    await press(running, here, body.id, 'NEXT').catch(() => undefined);
    lines.text = '';
    while (!(await lines.ends()));
    expect(lines.text).toBe('');
  });
});

describe('the second factor of the staff', () => {
  let strict: Running;
  beforeAll(async () => {
    strict = await testServer({ secondFactor: 'required' }, { connectors });
  });
  afterAll(() => strict.close());

  test('is set up at the first login and asked for at every other one; half-way in is nowhere', async () => {
    const client = new Client(strict.url);
    const login = { account: 'reviewer', password: 'demo-certflow' };
    const half = await client.ask<SessionView>('POST', '/api/session', login);
    expect(half.body).toMatchObject({ person: null, abilities: [], second: 'enrol' });
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(401);
    expect((await client.ask('GET', '/api/account')).status).toBe(401);
    const { body } = await client.ask<{ secret: string }>('POST', '/api/account/second', {});
    const done = await client.ask<{ recovery: string[]; session: SessionView }>('PUT', '/api/account/second', {
      code: totp(body.secret),
    });
    expect(done.body.session.person?.account).toBe('reviewer');
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(200);
    const removed = await client.ask<Refused>('DELETE', '/api/account/second', { code: totp(body.secret, 1) });
    expect(removed.status).toBeGreaterThanOrEqual(400);

    const next = new Client(strict.url);
    expect((await next.ask<SessionView>('POST', '/api/session', login)).body.second).toBe('code');
    expect((await next.ask<SessionView>('GET', '/api/session')).body).toMatchObject({ person: null, second: 'code' });
    expect((await next.ask('POST', '/api/account/second', {})).status).toBe(409);
    expect((await next.ask<Refused>('POST', '/api/session/second', { code: '000000' })).body.error.code).toBe(
      'second-wrong',
    );
    expect(
      (await next.ask<SessionView>('POST', '/api/session/second', { code: totp(body.secret, 1) })).body.person,
    ).not.toBe(null);
    const lost = new Client(strict.url);
    await lost.ask('POST', '/api/session', login);
    const [recovery] = done.body.recovery;
    expect((await lost.ask('POST', '/api/session/second', { code: recovery })).status).toBe(200);
    const thief = new Client(strict.url);
    await thief.ask('POST', '/api/session', login);
    expect((await thief.ask('POST', '/api/session/second', { code: recovery })).status).toBe(422);
  });

  test('is not asked of applicants', async () => {
    const client = new Client(strict.url);
    const login = { account: 'applicant', password: 'demo-certflow' };
    expect((await client.ask<SessionView>('POST', '/api/session', login)).body.person?.account).toBe('applicant');
  });
});

describe('accounts of the staff', () => {
  async function invited(account: string, grants: readonly object[]) {
    const admin = await demo('admin');
    const { body, status } = await admin.ask<StaffList & { invitation: string }>('POST', '/api/staff', {
      ...{ account, name: '王新', grants },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    const id = body.staff.find((one) => one.account === account)?.id ?? '';
    return { admin, id, invitation: body.invitation };
  }

  test('are invited: nobody but their owner knows the password; a role counts in its project', async () => {
    const { admin, invitation } = await invited('newcomer', [{ role: 'reviewer', projects: ['weigu'] }]);
    const client = guest();
    const look = await client.ask('POST', '/api/invitations', { token: invitation });
    expect(look.body).toEqual({ account: 'newcomer', name: '王新' });
    expect((await guest().ask('POST', '/api/invitations', { token: `${invitation.slice(0, -1)}_` })).status).toBe(410);
    const accepted = await client.ask<SessionView>('PUT', '/api/invitations', {
      ...{ token: invitation, password: 'a new phrase' },
    });
    expect(accepted.body).toMatchObject({ abilities: ['desk', 'work'], home: '/desk' });
    expect((await guest().ask('PUT', '/api/invitations', { token: invitation, password: 'a new phrase' })).status).toBe(
      410,
    );
    const list = (await admin.ask<StaffList>('GET', '/api/staff')).body;
    expect(list.staff.find((one) => one.account === 'newcomer')).toMatchObject({ state: 'active', second: false });
  });

  test('roles that exclude each other are not given, unknown ones neither, and nobody gives to themselves', async () => {
    const { admin, id } = await invited('careful', [{ role: 'reviewer', projects: null }]);
    const give = (grants: object[], whom = id) => admin.ask<Refused>('PUT', `/api/staff/${whom}/grants`, { grants });
    const both = ['admin', 'reviewer'].map((role) => ({ role, projects: null }));
    expect((await give(both)).body.error.code).toBe('roles-conflict');
    const work = ['editor', 'publisher'].map((role) => ({ role, projects: ['szmg'] }));
    expect((await give(work)).body.error.code).toBe('roles-conflict');
    expect((await give([{ role: 'king', projects: null }])).body.error.code).toBe('role-unknown');
    expect((await give([{ role: 'reviewer', projects: ['nowhere'] }])).body.error.code).toBe('role-unknown');
    expect((await give([{ role: 'admin', projects: ['szmg'] }])).body.error.code).toBe('role-unknown');
    const self = (await admin.ask<StaffList>('GET', '/api/staff')).body.staff.find(({ own }) => own);
    expect((await give([{ role: 'reviewer', projects: null }], self?.id)).body.error.code).toBe('staff-self');
    expect(
      (
        await give([
          { role: 'editor', projects: ['szmg'] },
          { role: 'publisher', projects: ['weigu'] },
        ])
      ).status,
    ).toBe(200);
    // An applicant is nobody of the staff.
    const applicant = await running.context.accounts.book.find('login', 'applicant');
    expect((await give([], applicant?.id)).status).toBe(404);
  });

  test('whoever is disabled is out at once; a reset factor and every deed are written down', async () => {
    const { admin, id, invitation } = await invited('leaver', [{ role: 'reviewer', projects: null }]);
    const client = guest();
    await client.ask('PUT', '/api/invitations', { token: invitation, password: 'a new phrase' });
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(200);
    const deed = (what: string) => admin.ask<StaffList>('POST', `/api/staff/${id}/deeds`, { deed: what });
    expect((await deed('disable')).body.staff.find((one) => one.id === id)?.state).toBe('disabled');
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(401);
    const login = { account: 'leaver', password: 'a new phrase' };
    expect((await guest().ask('POST', '/api/session', login)).status).toBe(401);
    await deed('enable');
    await client.ask('POST', '/api/session', login);
    expect((await client.ask('GET', '/api/desk/queue')).status).toBe(200);
    await deed('reset-second');
    expect((await deed('dance')).status).toBe(400);

    const auditor = await demo('auditor');
    const { body } = await auditor.ask<AuditList>('GET', '/api/audit');
    const mine = body.rows.filter(({ path }) => path.includes('leaver')).map(({ action, by }) => [action, by]);
    expect(mine.map(([action]) => action).sort()).toEqual([
      'staff-create',
      'staff-disable',
      'staff-enable',
      'staff-reset-second',
    ]);
    expect(new Set(mine.map(([, by]) => by))).toEqual(new Set(['管理员甲 (admin)']));
    const some = await auditor.ask<AuditList>('GET', '/api/audit?action=staff-disable&by=管理员');
    expect(some.body.rows.every(({ action }) => action === 'staff-disable')).toBe(true);
    expect((await admin.ask('GET', '/api/audit')).status).toBe(403);
  });
});

describe('who changes does not publish', () => {
  test('also when their roles are others by then', async () => {
    const admin = await demo('admin');
    const path = '/api/studio/projects/weigu';
    const opened = (await admin.ask<StudioProject>('GET', path)).body;
    expect(opened.may).toMatchObject({ edit: true, publish: false });
    const yaml = `${opened.yaml}\n# seen\n`;
    const { base } = (await admin.ask<StudioProject>('PUT', `${path}/draft`, { yaml, base: opened.base })).body;
    expect((await admin.ask('POST', `${path}/publish`, { note: 'x', base })).status).toBe(403);
    const book = running.context.accounts.book;
    const account = await book.find('login', 'admin');
    await book.update(account!.id, (now) => ({ ...now, grants: [{ role: 'publisher', projects: null }] }));
    const refused = await admin.ask<Refused>('POST', `${path}/publish`, { note: 'x', base });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'own-change']);
    await book.update(account!.id, (now) => ({ ...now, grants: account!.grants }));
    const publisher = await demo('publisher');
    const seen = (await publisher.ask<StudioProject>('GET', path)).body;
    expect(seen.may).toMatchObject({ edit: false, publish: true });
    expect((await publisher.ask('PUT', `${path}/draft`, { yaml, base })).status).toBe(403);
  });
});

describe('an auditor', () => {
  test('reads every case masked, unmasks with a reason that is written down, and changes nothing', async () => {
    const owner = await demo('applicant');
    const { body } = await owner.ask<{ id: string }>('POST', '/api/cases', { project: 'district-archive' });
    for (const event of ['NEXT', 'NEXT', 'SUBMIT']) await press(running, owner, body.id, event);
    const auditor = await demo('auditor');
    const queue = await auditor.ask<CaseList>('GET', '/api/desk/queue?view=all');
    expect(queue.body.rows.map(({ id }) => id)).toContain(body.id);
    const view = await auditor.view(body.id);
    expect(view.tasks.flatMap(({ offers }) => offers)).toEqual([]);
    expect(view.tasks.some(({ mine }) => mine)).toBe(false);
    expect(view.timeline.length).toBeGreaterThan(2);
    const { forms } = (await running.context.cases.read(body.id)).document.state;
    const schema = (await running.context.releases.definition(view.release)).forms;
    const [form = '', field = ''] =
      Object.entries(schema).flatMap(([name, { properties }]) =>
        Object.entries(properties)
          .filter(([key, rules]) => rules['x-sensitive'] === true && typeof forms[name]?.[key] === 'string')
          .map(([key]) => [name, key]),
      )[0] ?? [];
    const value = forms[form]?.[field];
    expect(typeof value).toBe('string');
    expect(JSON.stringify(view)).not.toContain(value);
    const path = `${form}.${field}`;
    const ask = (reason: string) => auditor.ask<Refused>('POST', `/api/cases/${body.id}/unmask`, { path, reason });
    expect((await ask(' ')).body.error.code).toBe('reason-needed');
    expect((await ask('抽查')).body).toEqual({ value });
    const log = await auditor.ask<AuditList>('GET', `/api/audit?action=unmask&number=${view.number}`);
    expect(log.body.rows[0]).toMatchObject({ action: 'unmask', path, reason: '抽查', case: { number: view.number } });
    const event = { event: 'WITHDRAW', revision: view.revision, request: 'r' };
    expect((await auditor.ask('POST', `/api/cases/${body.id}/events`, event)).status).toBe(404);
    expect((await auditor.ask('PATCH', `/api/cases/${body.id}/draft`, { forms: {} })).status).toBe(404);
  });
});

describe('a company’s cases', () => {
  test('are begun for the company that one acts for, filled in with it, and seen by whoever acts for it', async () => {
    const [one, two] = [await demo('applicant'), await demo('applicant2')];
    const company = { name: '示例纺织有限公司', number: '91440300MA5DEMR12B' };
    expect((await one.ask('POST', '/api/companies', company)).body).toMatchObject({ state: 'member' });
    expect((await two.ask('POST', '/api/companies', company)).body).toMatchObject({ state: 'asked', companies: [] });
    type Companies = { companies: { id: string; asks?: { person: string }[] }[] };
    const [mine] = (await one.ask<Companies>('GET', '/api/companies')).body.companies;
    const id = mine?.id ?? '';
    expect((await two.ask('PATCH', '/api/session', { company: id })).status).toBe(404);
    expect((await one.ask<SessionView>('PATCH', '/api/session', { company: id })).body.acting).toBe(id);
    const started = await one.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
    const caseId = started.body.id;
    expect((await two.ask('GET', `/api/cases/${caseId}`)).status).toBe(404);

    const person = mine?.asks?.[0]?.person;
    expect((await one.ask('PUT', `/api/companies/${id}/members/${person}`, {})).status).toBe(200);
    expect((await two.ask('GET', `/api/cases/${caseId}`)).status).toBe(200);
    const own = await two.ask<CaseList>('GET', '/api/cases');
    expect(own.body.rows.map((row) => row.id)).not.toContain(caseId);
    await two.ask('PATCH', '/api/session', { company: id });
    const theirs = await two.ask<CaseList>('GET', '/api/cases');
    expect(theirs.body.rows.map((row) => row.id)).toContain(caseId);
    // The colleague goes on, and it is written down that it was them.
    await press(running, two, caseId, 'NEXT');
    const { document } = await running.context.cases.read(caseId);
    const colleague = await running.context.accounts.book.find('login', 'applicant2');
    expect(document.journal.at(-1)?.by).toBe(colleague?.id);
    const { forms } = await running.context.drafts.read(caseId, 'applicant');
    expect(forms.organization).toMatchObject({ name: company.name, number: company.number });

    expect((await two.ask('DELETE', `/api/companies/${id}/members/me`)).status).toBe(200);
    expect((await two.ask('GET', `/api/cases/${caseId}`)).status).toBe(404);
    expect((await two.ask<SessionView>('GET', '/api/session')).body.acting).toBeUndefined();
    await one.ask('PATCH', '/api/session', { company: null });
  });
});
