import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Actor, Command } from '../../../engine/model/command.ts';
import type { Files } from '../../../engine/model/definition.ts';
import { begin, completeCommand, type Fill } from '../../../engine/simulate/index.ts';
import { upgradeFiles } from '../../../engine/upgrade.ts';
import { importFiles } from '../../../server/admin/commands.ts';
import { migrate } from '../../../server/cli/migrate.ts';
import type { Connectors } from '../../../server/connectors/index.ts';
import { filesOfProject } from '../../../server/releases/files.ts';
import type { Running } from '../../../server/server.ts';
import { formerFiles } from '../../engine/former-files.ts';
import { Client, newDataDir, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 60_000 });

const reader: Actor = { id: 'reader-one', roles: ['reader'] };
const librarian: Actor = { id: 'librarian-one', roles: ['librarian'] };
/** A world that never answers by itself: the tests do. */
const silent: Connectors = {
  perform: async () => 'pending',
  poll: async () => 'pending',
  send: async () => undefined,
};
const old: Files = filesOfProject(formerFiles(1), 'east');
const newest: Files = { ...old, ...upgradeFiles(old).files };
const loanFile = 'workflows/book-loan.workflow.yaml';

let running: Running | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

async function serve(dataDir: string, files: Files): Promise<Running> {
  await running?.close();
  running = await testServer({ dataDir }, { files, connectors: silent });
  return running;
}

async function begun(now: Running): Promise<string> {
  const [definition] = now.context.inForce();
  return (await now.context.cases.start(definition!, reader.id)).state.id;
}

/** What is sent has to be accepted. @returns where the case stands then */
async function tell(now: Running, id: string, command: Command): Promise<readonly string[]> {
  const applied = await now.context.cases.apply(id, () => ({ command }));
  if (applied.kind !== 'applied') throw new Error(JSON.stringify(applied));
  return applied.document.state.active;
}

async function press(now: Running, id: string, event: string, actor: Actor, fill: Fill = {}) {
  const { document, definition } = await now.context.cases.read(id);
  const session = { ...begin(definition), state: document.state, now: now.context.clock.now() };
  return tell(now, id, completeCommand(session, event, actor, fill));
}

/** From the draft to the librarian. */
async function toReview(now: Running, id: string): Promise<void> {
  await press(now, id, 'NEXT', reader);
  await press(now, id, 'NEXT', reader, { reader: { mobile: '13800138000', mail: 'reader@example.cn' } });
  await tell(now, id, { kind: 'outside', event: 'OPENED', data: { scan: 's-1' } });
  const at = await tell(now, id, { kind: 'outcome', call: 'main.work.identity.ask', generation: 1, outcome: 'MATCH' });
  expect(at[0]).toBe('main.work.review.first');
}

/** From the librarian to the end. */
async function toTheEnd(now: Running, id: string): Promise<void> {
  await press(now, id, 'AGREE', librarian);
  await press(now, id, 'STAMPED', librarian);
  const places = { kind: 'outcome', call: 'main.work.fetch.hold', generation: 1, outcome: 'RESERVED' } as const;
  await tell(now, id, { ...places, data: { place: 'A-1' } });
  await press(now, id, 'CODE', reader, { code: { code: 'right' } });
  await press(now, id, 'GIVE_BACK', reader);
  expect((await now.context.cases.read(id)).document.state.over).toBe(true);
}

async function publish(now: Running, files: Files): Promise<string> {
  await importFiles(now.context.releases, files, 'x');
  const { current } = await now.context.releases.publish('east', { note: '新版', by: 'x' });
  await now.context.released();
  return current!;
}

/** The newest files with the first page under another name: what a plan has to say. */
const renamed: Files = {
  ...newest,
  [loanFile]: newest[loanFile]!.replace(' rules: { task', ' terms: { task').replace('BACK: rules', 'BACK: terms'),
};

test('a case that was begun in language 1 goes on to its end under a server whose files and new releases are in the newest', async () => {
  const dataDir = await newDataDir();
  let now = await serve(dataDir, old);
  const id = await begun(now);
  const hash = now.context.inForce()[0]?.hash;
  await toReview(now, id);

  now = await serve(dataDir, newest);
  expect(now.seeding).toMatchObject({ changed: ['east'], broken: [] });
  const current = await publish(now, newest);
  expect(current).not.toBe(hash);
  expect(now.context.inForce().map((one) => one.hash)).toEqual([current]);

  now = await serve(dataDir, newest);
  expect((await now.context.cases.read(id)).document.state.release).toBe(hash);
  await toTheEnd(now, id);
  const { document } = await now.context.cases.read(id);
  expect(document.state.release).toBe(hash);
  // One that begins now is of the newest.
  expect((await now.context.cases.read(await begun(now))).document.state.release).toBe(current);
});

describe('migration of running cases', () => {
  test('a publication moves none of a hundred open cases; a migration moves each by itself, and they end there', async () => {
    const now = await serve(await newDataDir(), old);
    const ids = await Promise.all(Array.from({ length: 100 }, () => begun(now)));
    await toReview(now, ids[0]!);
    const current = await publish(now, newest);
    const releases = async () =>
      new Set([...(await now.context.cases.lists.many(ids)).values()].map(({ release }) => release));
    expect((await releases()).has(current)).toBe(false);

    const admin = await new Client(now.url).logIn('admin');
    const path = '/api/studio/projects/east/migrate';
    const checked = await admin.ask<{ cases: { outcome: string }[] }>('POST', path, { plan: {}, check: true });
    expect(checked.body.cases.map(({ outcome }) => outcome)).toEqual(Array(100).fill('moved'));
    expect((await releases()).has(current)).toBe(false);

    const done = await admin.ask<{ cases: { outcome: string }[] }>('POST', path, { plan: {} });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect(done.body.cases.map(({ outcome }) => outcome)).toEqual(Array(100).fill('moved'));
    expect([...(await releases())]).toEqual([current]);
    const { document } = await now.context.cases.read(ids[0]!);
    const by = (await now.context.accounts.person(document.journal.at(-1)?.by ?? ''))?.roles;
    expect(document.journal.at(-1)).toMatchObject({ what: `migrate:${current}`, part: 'migration' });
    expect(by).toContain('admin');
    await toTheEnd(now, ids[0]!);
  });

  test('operations may, others may not, and a plan that is none is told', async () => {
    const now = await serve(await newDataDir(), old);
    const path = '/api/studio/projects/east/migrate';
    expect((await new Client(now.url).ask('POST', path, { plan: {} })).status).toBeGreaterThanOrEqual(401);
    const applicant = await new Client(now.url).logIn('applicant');
    expect([403, 404]).toContain((await applicant.ask('POST', path, { plan: {} })).status);
    for (const other of ['tester', 'librarian'])
      expect((await (await new Client(now.url).logIn(other)).ask('POST', path, { plan: {} })).status).toBe(403);
    const operations = await new Client(now.url).logIn('operations');
    expect((await operations.ask('POST', path, { plan: {}, check: true })).status).toBe(200);
    expect((await operations.ask('POST', '/api/studio/projects/east/publish', { note: 'x', base: 0 })).status).toBe(
      403,
    );
    const admin = await new Client(now.url).logIn('admin');
    for (const plan of [[], 'x', { state: {} }, { states: { a: 1 } }, { timers: [] }])
      expect((await admin.ask('POST', path, { plan })).status).toBe(400);
    expect((await admin.ask('POST', '/api/studio/projects/west/migrate', { plan: {} })).status).toBe(404);
  });

  test('what cannot go stays and says why; the command line takes a plan, and a bad release is left by the next one', async () => {
    const dataDir = await newDataDir();
    const now = await serve(dataDir, old);
    const id = await begun(now);
    const before = (await now.context.cases.read(id)).document;
    const current = await publish(now, renamed);
    const folder = mkdtempSync(join(tmpdir(), 'certflow-plan-'));
    const plan = join(folder, 'plan.json');
    writeFileSync(plan, JSON.stringify({ states: { 'main.work.ask.rules': 'main.work.ask.terms' } }));
    const said: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
    vi.stubEnv('DATA_DIR', dataDir);
    try {
      expect(await migrate(['east'])).toBe(1);
      expect(said.join('\n')).toContain('main.work.ask.rules');
      expect((await now.context.cases.read(id)).document).toEqual(before);
      expect(await migrate(['east', '--plan', plan, '--check'])).toBe(0);
      expect((await now.context.cases.read(id)).document).toEqual(before);
      expect(await migrate(['east', '--plan', plan, '--case', before.state.number])).toBe(0);
      const moved = (await now.context.cases.read(id)).document.state;
      expect([moved.release, moved.active[0]]).toEqual([current, 'main.work.ask.terms']);

      await publish(now, newest);
      writeFileSync(plan, JSON.stringify({ states: { 'main.work.ask.terms': 'main.work.ask.rules' } }));
      expect(await migrate(['east', '--plan', plan])).toBe(0);
      await toReview(now, id);
      await toTheEnd(now, id);
    } finally {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });
});
