import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { timerId } from '../../../engine/compile/names.ts';
import type { ErasurePlan } from '../../../engine/contract/routes.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { createClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { Client, JPEG, testServer } from '../../support/server.ts';
import { freshNumber } from '../../support/walk.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const PASSWORD = 'a-long-password-1';
let running: Running;
beforeEach(async () => {
  running = await testServer({}, { clock: createClock(0, () => Date.parse('2026-11-23T01:00:00Z')) });
});
afterEach(() => running.close());

let names = 0;
async function person(): Promise<Client> {
  const client = new Client(running.url);
  names += 1;
  const { status } = await client.ask('POST', '/api/accounts', {
    account: `owner${names}`,
    password: PASSWORD,
    name: '金丝雀',
  });
  expect(status).toBe(200);
  return client;
}

/** A case whose forms were sent, with a picture. */
async function filled(client: Client): Promise<string> {
  const { id } = (await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body;
  for (const _ of [1, 2]) await press(running, client, id, 'NEXT');
  const { file } = (await client.upload(id, 'organization', 'licence', '金丝雀的照片.jpg', JPEG)).body as {
    file: object;
  };
  await press(running, client, id, 'NEXT', {
    over: { organization: { number: freshNumber(), licence: { ...file } }, agent: { name: '金丝雀' } },
  });
  return id;
}

async function archive(client: Client): Promise<{ status: number; files: { [path: string]: Uint8Array } }> {
  const answer = await client.raw('POST', '/api/account/export', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: PASSWORD }),
  });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, files: answer.status === 200 ? unzipSync(bytes) : {} };
}

describe('everything that is theirs', () => {
  test('a person gets it as an archive with their files, and nothing of anybody else', async () => {
    const client = await person();
    const other = await person();
    const id = await filled(client);
    await filled(other);
    const { number } = await client.view(id);
    const { status, files } = await archive(client);
    expect(status).toBe(200);
    const paths = Object.keys(files).sort();
    expect(paths.filter((path) => path.startsWith('cases/')).every((path) => path.includes(number))).toBe(true);
    const stored = (await running.context.vault.of(id)).find(({ name }) => name.startsWith('金丝雀'))!;
    const picture = files[`cases/${number}/files/${stored.id.slice(0, 8)}-金丝雀的照片.jpg`];
    expect(Buffer.from(picture!).equals(await running.context.vault.read(stored))).toBe(true);
    const text = strFromU8(files[`cases/${number}/case.json`]!);
    const data = JSON.parse(text) as { forms: { agent: { name: string; idNumber: string } }; timeline: unknown[] };
    const { forms } = (await running.context.cases.read(id)).document.state;
    expect(data.forms).toEqual(forms);
    expect(data.timeline.length).toBeGreaterThan(1);
    expect(JSON.parse(strFromU8(files['account.json']!))).toMatchObject({ name: '金丝雀' });
  });

  test('wants the password again, counts wrong ones, is limited, and is written down', async () => {
    const client = await person();
    expect((await client.ask('POST', '/api/account/export', { password: 'wrong' })).status).toBe(401);
    for (let n = 0; n < 5; n += 1) expect((await archive(client)).status).toBe(200);
    expect((await archive(client)).status).toBe(429);
    expect((await running.context.audit.newest(1))[0]).toMatchObject({ action: 'export' });
    expect((await new Client(running.url).ask('POST', '/api/account/export', { password: PASSWORD })).status).toBe(401);
  });
});

describe('deleting what is theirs', () => {
  test('waits for cases under way, and says which', async () => {
    const client = await person();
    const id = await filled(client);
    const plan = (await client.ask<ErasurePlan>('GET', '/api/account/erasure')).body;
    expect(plan.cases).toMatchObject([{ id, kind: 'open', until: null }]);
    const { status, body } = await client.ask<{ error: { code: string; message: string } }>(
      'POST',
      '/api/account/erasure',
      {
        password: PASSWORD,
      },
    );
    expect([status, body.error.code]).toEqual([409, 'erasure-open']);
    expect(body.error.message).toContain((await client.view(id)).number);
    expect((await client.ask('POST', '/api/account/erasure', { password: 'wrong' })).status).toBe(401);
  });

  test('takes everything that need not be kept, the account and its sessions; the name is free again', async () => {
    const client = await person();
    const account = `owner${names}`;
    const id = await filled(client);
    await client.send(id, 'WITHDRAW');
    expect((await client.ask<ErasurePlan>('GET', '/api/account/erasure')).body.cases[0]?.kind).toBe('now');
    const { owner } = (await running.context.cases.read(id)).document.state;
    const answer = await client.ask<ErasurePlan>('POST', '/api/account/erasure', { password: PASSWORD });
    expect([answer.status, answer.body.cases[0]?.kind]).toEqual([200, 'erased']);
    expect((await client.ask('GET', '/api/cases')).status).toBe(401);
    expect((await new Client(running.url).ask('POST', '/api/session', { account, password: PASSWORD })).status).toBe(
      401,
    );
    await running.context.jobs.idle();
    const { document } = await running.context.cases.read(id);
    expect(JSON.stringify(document)).not.toContain('金丝雀');
    const shell = (await running.context.store.readDocument('account', owner))?.data;
    expect(JSON.stringify(shell)).not.toContain('金丝雀');
    const again = await new Client(running.url).ask('POST', '/api/accounts', {
      account,
      password: PASSWORD,
      name: '别人',
    });
    expect(again.status).toBe(200);
    // Nothing of theirs is kept: the shell goes too.
    await running.context.jobs.advance(2 * DAY);
    await vi.waitFor(async () => expect(await running.context.store.readDocument('account', owner)).toBeNull(), 10_000);
  });

  test('what a law wants kept stays sealed until its date, and then goes by itself', async () => {
    const client = await person();
    const id = await filled(client);
    await client.send(id, 'WITHDRAW');
    const { owner } = (await running.context.cases.read(id)).document.state;
    // As a process keeps it that has come to its goal: the button is there and refuses, the deadline runs.
    const kept = await keptByLaw(id);
    const plan = (await client.ask<ErasurePlan>('GET', '/api/account/erasure')).body;
    expect(plan.cases).toMatchObject([{ kind: 'kept', until: kept }]);
    expect((await client.ask('POST', '/api/account/erasure', { password: PASSWORD })).status).toBe(200);
    await running.context.jobs.advance(10 * DAY);
    expect((await running.context.cases.read(id)).document.state.forms.agent?.name).toBe('金丝雀');
    expect(await running.context.store.readDocument('account', owner)).not.toBeNull();
    await running.context.jobs.advance(kept - running.context.clock.now());
    await running.context.jobs.idle();
    expect(JSON.stringify((await running.context.cases.read(id)).document)).not.toContain('金丝雀');
    await running.context.jobs.advance(2 * DAY);
    await vi.waitFor(async () => expect(await running.context.store.readDocument('account', owner)).toBeNull(), 10_000);
  });

  /** Puts the retention of a case into the state in which evidence is kept. @returns until when */
  async function keptByLaw(id: string): Promise<number> {
    const { store, clock } = running.context;
    const due = clock.now() + 1830 * DAY;
    const { definition } = await running.context.cases.read(id);
    const { key } = definition.chart.states['retention.evidence']!.after[0]!;
    await store.updateCase(id, (now) => {
      const { state } = now;
      const snapshot = state.snapshot as unknown as JsonObject;
      const timer = { due, generation: state.revision, kind: 'after', state: 'retention.evidence' } as const;
      const active = state.active.map((one) => (one === 'retention.unwanted' ? 'retention.evidence' : one));
      return {
        ...now,
        state: {
          ...state,
          active,
          snapshot: { ...snapshot, value: { ...(snapshot.value as JsonObject), retention: 'evidence' } },
          entered: { ...state.entered, 'retention.evidence': clock.now() },
          timers: { [timerId('retention.evidence', 'after', key)]: timer },
        },
      };
    });
    // Written past the door by which cases change: what is due is noted as after a restart.
    running.context.jobs.note((await running.context.cases.read(id)).document);
    return due;
  }
});
