import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { Connectors } from '../../../../server/connectors/index.ts';
import type { Running } from '../../../../server/server.ts';
import { freePort, Program } from '../../../campaigns/crash/program.ts';
import { atCheck } from '../../../support/filling.ts';
import { ask, testPostgres } from '../../../support/postgres.ts';
import { Client, eventually, ROOT, testServer } from '../../../support/server.ts';
import { certflow } from '../../cli/support.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const postgres = await testPostgres();
const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const nodes: { end(): Promise<unknown> }[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all(nodes.splice(0).map((node) => node.end()));
});
afterAll(() => postgres?.stop());

/** An outside world that does not answer: what the case asks for stays to be asked. */
const unreachable: Connectors = {
  perform: () => Promise.reject(new Error('nobody answers')),
  poll: () => Promise.reject(new Error('nobody answers')),
  send: async () => undefined,
};

async function node(database: string, sandbox = false): Promise<Running> {
  const running = await testServer({ database, key, sandbox });
  nodes.push({ end: () => running.close() });
  return running;
}

/** A node in a process of its own. */
async function program(database: string): Promise<Program> {
  const env = { STORE: 'postgres', DATABASE_URL: database, CERTFLOW_KEY: key, CERTFLOW_SANDBOX: 'off' };
  const dataDir = await mkdtemp(join(tmpdir(), 'certflow-node-'));
  const made = new Program(join(ROOT, 'server/main.ts'), await freePort(), { ...env, DATA_DIR: dataDir }, [
    '--import',
    'tsx',
  ]);
  nodes.push({ end: () => made.end('SIGKILL') });
  return made;
}

describe.skipIf(postgres === null)('a hall on PostgreSQL', () => {
  test('a case walks; after a clean stop another node goes on with it, with its files; its people stand nowhere in the clear', async () => {
    const database = await postgres!.fresh();
    const first = await testServer({ database, key }, { connectors: unreachable });
    nodes.push({ end: () => first.close() });
    const { id, client } = await atCheck(first);
    const before = await client.view(id);
    const { document } = await first.context.cases.read(id);
    const [file] = await first.context.vault.of(id);
    const bytes = await first.context.vault.read(file!);
    const { mobile, idNumber } = document.state.forms.agent as { mobile: string; idNumber: string };
    const rows = await ask<{ row: string }>(
      database,
      `SELECT c::text AS row FROM cases c UNION ALL SELECT d::text FROM documents d UNION ALL SELECT j::text FROM journal j`,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ row }) => row.includes(mobile) || row.includes(idNumber))).toEqual([]);
    await nodes.pop()!.end();

    const second = await node(database, true);
    const again = await new Client(second.url).logIn('applicant');
    expect((await again.view(id)).number).toBe(before.number);
    const { cases, vault } = second.context;
    expect((await cases.read(id)).document.journal.slice(0, document.journal.length)).toEqual(document.journal);
    expect(await vault.read(file!)).toEqual(bytes);
    // What the first node had still to ask, this one asks: the sandbox answers, and the case goes on.
    await eventually(async () => {
      // When the waiting times after the first node's tries are over.
      await second.context.jobs.advance(60_000);
      const now = (await cases.read(id)).document;
      return now.state.revision > document.state.revision && now.outbox.length === 0;
    }, 'the answer to what the first node had left to ask');
    expect((await cases.read(id)).document.state.facts).toHaveProperty('agentVerified');
  });

  test('a node is killed while it is asked; the other one serves on, and everything that was answered is there', async () => {
    const database = await postgres!.fresh();
    const first = await program(database);
    await first.start();
    const second = await node(database);

    const answered: string[] = [];
    const people = ['applicant', 'applicant2'].map(async (account) => {
      const client = await new Client(first.url).logIn(account);
      for (;;) {
        const { status, body } = await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' });
        if (status === 200) answered.push(body.id);
        else throw new Error(`start: ${status} ${JSON.stringify(body)}`);
        if (answered.length === 12) await first.end('SIGKILL');
      }
    });
    const ends = await Promise.allSettled(people);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(answered.length).toBeGreaterThanOrEqual(12);

    await second.context.nodes.current();
    await eventually(async () => second.context.cases.rebuilding() === null, 'the index');
    for (const id of answered) {
      expect((await second.context.cases.read(id)).document.state.revision).toBe(1);
      expect((await second.context.cases.lists.get(id))?.id).toBe(id);
    }
    const numbers = await ask<{ count: number; numbers: number }>(
      database,
      'SELECT count(*)::integer AS count, count(DISTINCT number)::integer AS numbers FROM cases',
    );
    expect(numbers[0]!.count).toBeGreaterThanOrEqual(answered.length);
    expect(numbers[0]!.numbers).toBe(numbers[0]!.count);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  test('the command line works on the database, says who holds it, and what to do instead of a backup', async () => {
    const database = await postgres!.fresh();
    const running = await testServer({ database, key });
    const other = await mkdtemp(join(tmpdir(), 'certflow-other-'));
    vi.stubEnv('STORE', 'postgres');
    vi.stubEnv('DATABASE_URL', database);
    vi.stubEnv('CERTFLOW_KEY', key);
    vi.stubEnv('DATA_DIR', running.context.config.dataDir);
    const client = await new Client(running.url).logIn('applicant');
    await client.ask('POST', '/api/cases', { project: 'szmg' });
    expect(await certflow('cases')).toMatchObject({ code: 0, out: expect.stringContaining('1 笔') });
    // From another machine: the database says who has it.
    vi.stubEnv('DATA_DIR', other);
    expect(await certflow('cases')).toMatchObject({ code: 1, err: expect.stringContaining(`:${process.pid} 使用`) });
    expect(await certflow('backup', join(other, 'b'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('pg_dump'),
    });
    expect(await certflow('restore', join(other, 'b'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('pg_restore'),
    });
    await running.close();
    expect(await certflow('cases')).toMatchObject({ code: 0, out: expect.stringContaining('1 笔') });
    expect(await certflow('audit', 'verify')).toMatchObject({ code: 0 });
    expect(await certflow('keys', 'rotate')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/已重新加密：\d+ 笔业务，[1-9]/),
    });
  });
});
