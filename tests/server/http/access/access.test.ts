import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../../../server/app.ts';
import type { IndexEntry } from '../../../../server/cases/index-of-cases.ts';
import { routes } from '../../../../server/http/routes/index.ts';
import type { Relation } from '../../../../server/policies/case-access.ts';
import { APPLICANT, PRODUCT_ROLES } from '../../../../server/policies/roles.ts';
import type { Running } from '../../../../server/server.ts';
import { press } from '../../../support/filling.ts';
import { Client, mineOf, testServer } from '../../../support/server.ts';
import { caseAt } from '../../../support/walk.ts';
import { type Asker, accessPage, applicantLast, doorOf } from './table.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 180_000 });

/** A process with a queue, that one needs no outside world to come to. */
const PROJECT = 'district-archive';
const OTHER = 'szmg';

/** One under review, one that is a draft, both begun for a company; one of another project whose link a phone has opened. */
type Which = 'review' | 'draft' | 'phone';

interface Caller extends Asker {
  readonly cookie: string;
  /** What they are to each of the cases. */
  readonly to: { readonly [which in Which]: Relation | null };
}

let running: Running;
/** The same door, and behind it nothing that does anything: what is let in is exactly known. */
let door: Server;
let doorUrl = '';
let cases: { readonly [which in Which]: string } = { review: '', draft: '', phone: '' };
let callers: readonly Caller[] = [];
let roles: readonly string[] = [];

beforeAll(async () => {
  running = await testServer();
  const marked = routes.map((route) => ({ ...route, handle: async () => ({ reached: true }) }));
  door = createServer(createApp(running.context, null, marked));
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  doorUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const declared = running.context.inForce().flatMap((definition) => Object.keys(definition.roles));
  roles = applicantLast([...new Set([...Object.keys(PRODUCT_ROLES), ...declared])]);
  await makeWorld();
});
afterAll(async () => {
  door.closeAllConnections();
  door.close();
  await running.close();
});

async function logIn(account: string, password = 'demo-certflow'): Promise<string> {
  const answer = await fetch(`${running.url}/api/session`, {
    method: 'POST',
    headers: { origin: running.url, 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  });
  expect(answer.status, account).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** A case of the other project at the step that is done on a phone, and the cookie of the phone that opened its link. */
async function openedLink(): Promise<{ readonly id: string; readonly cookie: string }> {
  const { client, id } = await caseAt(running, 3);
  for (const event of ['NEXT', 'NEXT']) await press(running, client, id, event);
  const link = mineOf(await client.view(id))?.sections.find((section) => section.kind === 'link');
  const token = (link?.kind === 'link' && link.url?.split('/link/')[1]) || '';
  const answer = await fetch(`${running.url}/api/links/${token}`, {
    method: 'POST',
    headers: { origin: running.url, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(200);
  return { id, cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

/** An owner who acts for a company, a colleague, two cases, and a person for each role, here and elsewhere only. */
async function makeWorld(): Promise<void> {
  const { accounts, companies, sessions, cases: all } = running.context;
  const idOf = async (account: string): Promise<string> => (await accounts.book.find('login', account))?.id ?? '';
  const company = { name: '示例单位', number: '91440300MA5DEMR12B' };
  const companyId = await companies.vouch(await idOf('applicant'), company);
  await accounts.seed({ account: 'colleague', password: 'demo-certflow', name: '同事', roles: [APPLICANT] });
  await companies.join(await idOf('colleague'), company);
  await companies.admit(await idOf('applicant'), companyId, await idOf('colleague'), false);

  const owner = await new Client(running.url).logIn('applicant');
  await owner.ask('PATCH', '/api/session', { company: companyId });
  const start = async (): Promise<string> =>
    (await owner.ask<{ id: string }>('POST', '/api/cases', { project: PROJECT })).body.id;
  const phone = await openedLink();
  cases = { review: await start(), draft: await start(), phone: phone.id };
  for (const event of ['NEXT', 'NEXT', 'SUBMIT']) await press(running, owner, cases.review, event);

  const entry = async (id: string): Promise<IndexEntry> => (await all.entry(id)) as IndexEntry;
  const seen = { review: await entry(cases.review), draft: await entry(cases.draft), phone: await entry(cases.phone) };
  const definition = await running.context.releases.definition(seen.review.release);
  const leaders = ['supervisor', 'operations', 'reviewLead', 'reviewHead'];
  const none = { review: null, draft: null, phone: null };
  const made: Caller[] = [];
  const add = (caller: Partial<Caller> & { readonly name: string }): void => {
    const blank = {
      logged: 'yes',
      grants: [],
      link: false,
      leads: false,
      cookie: '',
      to: none,
    };
    made.push({ ...blank, ...caller } as Caller);
  };
  const applicant = [{ role: APPLICANT, projects: null }];
  add({ name: 'nobody', logged: 'no' });
  const own = { review: 'owner', draft: 'owner', phone: null } as const;
  add({ name: 'owner', grants: applicant, cookie: await logIn('applicant'), to: own });
  const colleague = { review: 'colleague', draft: 'colleague', phone: null } as const;
  add({ name: 'colleague', grants: applicant, cookie: await logIn('colleague'), to: colleague });
  add({ name: 'another applicant', grants: applicant, cookie: await logIn('applicant2') });
  const half = await sessions.open({ kind: 'half', person: await idOf('archivist2') });
  add({ name: 'half-way in', logged: 'half', cookie: `certflow=${half}` });

  add({ name: 'a phone with a link', logged: 'no', link: true, cookie: phone.cookie, to: { ...none, phone: 'link' } });
  const toCase = (role: string, projects: readonly string[] | null, which: Which): Relation | null => {
    if (role === 'auditor') return 'auditor';
    const { roles: visited, project } = seen[which];
    return visited.has(role) && (projects === null || projects.includes(project)) ? 'staff' : null;
  };
  for (const role of roles.filter((one) => one !== APPLICANT)) {
    for (const projects of [null, [OTHER]] as const) {
      const account = `${role}-${projects === null ? 'all' : 'elsewhere'}`.toLowerCase();
      await accounts.book.create({
        ...{ account, name: account, grants: [{ role, projects }] },
        password: (await accounts.book.find('login', 'applicant'))?.password ?? null,
      });
      add({
        name: projects === null ? role : `${role}, of another project`,
        grants: [{ role, projects }],
        // Leading a role of the other project is leading, too.
        leads: leaders.includes(role) && (projects === null || leadsThere(role)),
        cookie: await logIn(account),
        to: {
          review: toCase(role, projects, 'review'),
          draft: toCase(role, projects, 'draft'),
          phone: toCase(role, projects, 'phone'),
        },
      });
    }
  }
  // Separated duties, whatever was stored: the administrator's reviewing and the editor's publishing do not count.
  await accounts.book.create({
    ...{
      account: 'too-much',
      name: '兼任',
      password: (await accounts.book.find('login', 'applicant'))?.password ?? null,
    },
    grants: ['admin', 'archivist', 'editor', 'publisher'].map((role) => ({ role, projects: null })),
  });
  const counting = ['admin', 'editor'].map((role) => ({ role, projects: null }));
  add({ name: 'admin, archivist, editor and publisher at once', grants: counting, cookie: await logIn('too-much') });
  // Whoever was disabled while logged in.
  const gone = await logIn('archivist2');
  await accounts.book.update(await idOf('archivist2'), (now) => ({ ...now, disabled: true }));
  add({ name: 'disabled', logged: 'no', cookie: gone });
  const halfDisabled = made.findIndex(({ name }) => name === 'half-way in');
  const other = await sessions.open({ kind: 'half', person: await idOf('archivist') });
  made[halfDisabled] = { ...made[halfDisabled]!, cookie: `certflow=${other}` };
  expect(Object.keys(definition.roles).length).toBeGreaterThan(2);
  callers = made;

  /** `leadsOf` is about roles of a process: those of the other project lead there. */
  function leadsThere(role: string): boolean {
    return role !== 'supervisor';
  }
}

function addressOf(path: string, id: string): string {
  return path
    .replace('/api/cases/:id', `/api/cases/${id}`)
    .replace('/api/studio/projects/:id', `/api/studio/projects/${PROJECT}`)
    .replace(/:[a-zA-Z]+/g, 'unknown');
}

async function ask(base: string, route: (typeof routes)[number], caller: Caller, id: string): Promise<number> {
  const headers: Record<string, string> = { origin: base, ...(caller.cookie && { cookie: caller.cookie }) };
  let body: FormData | string | undefined;
  if (route.body === 'multipart') body = new FormData();
  else if (route.method !== 'get') {
    body = '{}';
    headers['content-type'] = 'application/json';
  }
  const stop = new AbortController();
  const answer = await fetch(base + addressOf(route.path, id), {
    ...{ method: route.method.toUpperCase(), headers, redirect: 'manual', signal: stop.signal },
    ...(body !== undefined && { body }),
  });
  // Streams never end by themselves.
  stop.abort();
  return answer.status;
}

const nameOf = ({ method, path }: (typeof routes)[number]): string => `${method.toUpperCase()} ${path}`;

test('every route says who may ask, and the page that shows it is the one that was looked at', async () => {
  for (const route of routes)
    expect(route.access?.kind, nameOf(route)).toMatch(/^(public|person|half|may|lead|case|key|metrics)$/);
  for (const { access, path } of routes)
    if (path.includes('/cases/:id')) expect(access.kind, path).toMatch(/^(case|may)$/);
  await expect(accessPage(routes, roles)).toMatchFileSnapshot('../../../../docs/access.md');
});

describe('every route, asked over HTTP by every kind of caller', () => {
  test('the door lets in exactly whom the policies say, for a case under review, a draft, and one on a phone', async () => {
    const wrong: string[] = [];
    let cells = 0;
    for (const caller of callers) {
      for (const route of routes) {
        const which = route.path.includes('/cases/:id')
          ? (['review', 'draft', 'phone'] as const)
          : (['review'] as const);
        for (const one of which) {
          const expected = doorOf(route.access, caller, PROJECT, caller.to[one]);
          const status = await ask(doorUrl, route, caller, cases[one]);
          cells += 1;
          if (status !== (expected === 'in' ? 200 : expected))
            wrong.push(`${caller.name}: ${nameOf(route)} (${one}): ${status}, not ${expected}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(2_000);
  });

  test('behind the door nobody who was let in is refused again, nobody else gets anything, and nothing breaks', async () => {
    const wrong: string[] = [];
    // These end what the others need.
    const last = ['DELETE /api/session', 'DELETE /api/account/devices'];
    const order = [...routes.filter((route) => !last.includes(nameOf(route)))];
    for (const caller of callers) {
      for (const route of order) {
        const expected = doorOf(route.access, caller, PROJECT, caller.to.review);
        const status = await ask(running.url, route, caller, cases.review);
        const isOpen = status !== 401 && status < 500 && (status !== 403 || route.access.kind === 'public');
        const isRight = expected === 'in' ? isOpen : status === expected;
        if (!isRight) wrong.push(`${caller.name}: ${nameOf(route)}: ${status}, not ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('being logged in gives nothing where a signature is wanted', async () => {
    for (const caller of callers) {
      const answer = await fetch(`${running.url}/connectors/payment/callback`, {
        method: 'POST',
        headers: { ...(caller.cookie && { cookie: caller.cookie }), 'content-type': 'application/json' },
        body: '{}',
      });
      expect([400, 401, 404], `${caller.name}: ${answer.status}`).toContain(answer.status);
    }
  });
});
