import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FileReference } from '../../../engine/contract/routes.ts';
import type { CaseView } from '../../../engine/contract/view.ts';
import { createClock, type MovableClock } from '../../../server/clock.ts';
import type { Running } from '../../../server/server.ts';
import { press } from '../../support/filling.ts';
import { filesKept } from '../../support/hall-store.ts';
import { Client, JPEG, offersOf, testServer } from '../../support/server.ts';
import { caseAt, freshNumber } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const start = Date.parse('2026-11-23T01:00:00Z');

let running: Running | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

async function serve(): Promise<Running> {
  const clock: MovableClock = createClock(0, () => start);
  running = await testServer({}, { clock });
  return running;
}

/** A case in which a picture was uploaded and the forms were sent: its fields hold a person. */
async function filled(server: Running): Promise<{ client: Client; id: string; file: FileReference }> {
  const { client, id } = await caseAt(server, 2);
  const { body } = await client.upload(id, 'organization', 'licence', '张三的执照.jpg', JPEG);
  const { file } = body as unknown as { file: FileReference };
  // Uploaded again: nothing refers to the first one any more, and it goes all the same.
  const again = await client.upload(id, 'organization', 'licence', '张三的执照.jpg', JPEG);
  const licence = (again.body as unknown as { file: FileReference }).file;
  await press(server, client, id, 'NEXT', {
    over: { organization: { number: freshNumber(), licence: { ...licence } } },
  });
  return { client, id, file };
}

const bytesOf = (server: Running, id: string) => filesKept(server.context.config.dataDir, id);

async function expectGone(server: Running, client: Client, id: string, file: FileReference): Promise<CaseView> {
  expect(await bytesOf(server, id)).toBe(0);
  const answer = await client.raw('GET', `/api/cases/${id}/files/${file.id}`);
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
    410,
    'file-erased',
  ]);
  const { document } = await server.context.cases.read(id);
  expect(document.outbox).toEqual([]);
  expect(document.journal.at(-1)?.erased).toEqual(['files', 'values']);
  const stored = JSON.stringify(document);
  for (const value of ['张三的执照', '示例姓名', '示例法人姓名', '示例收件人', 'test@example.com', '13800'])
    expect(stored).not.toContain(value);
  const view = await client.view(id);
  expect(Object.keys(view.erased ?? {})).toEqual(['files', 'values']);
  expect(view.timeline[0]?.details).toContain('删除全部文件、删除个人信息');
  return view;
}

describe('files and personal data', () => {
  test('of a case that came to nothing are deleted after the time that the project sets, no other case loses any', async () => {
    const server = await serve();
    const { jobs, cases } = server.context;
    const one = await filled(server);
    const other = await filled(server);
    await one.client.send(one.id, 'WITHDRAW');
    await jobs.advance(30 * DAY - 1);
    expect(await bytesOf(server, one.id)).toBeGreaterThan(1);
    expect((await cases.read(one.id)).document.state.forms.agent?.mobile).toBeTruthy();

    await jobs.advance(1);
    const view = await expectGone(server, one.client, one.id, one.file);
    expect(view).toMatchObject({ over: true, status: { label: '已撤销' } });
    // The same bytes in another case are another file.
    expect(await bytesOf(server, other.id)).toBeGreaterThan(1);
    expect((await other.client.raw('GET', `/api/cases/${other.id}/files/${other.file.id}`)).status).toBe(200);
  });

  test('U-77 are deleted when the person asks for it, not before the case has ended, and by nobody else', async () => {
    const server = await serve();
    const { client, id, file } = await filled(server);
    expect(offersOf(await client.view(id)).map(({ event }) => event)).not.toContain('ERASE');
    expect((await client.send(id, 'ERASE')).status).toBe(409);
    await client.send(id, 'WITHDRAW');
    expect(offersOf(await client.view(id)).map(({ event }) => event)).toContain('ERASE');
    const operations = await new Client(server.url).logIn('operations');
    await expect(operations.send(id, 'ERASE')).rejects.toThrow('404');
    expect((await client.send(id, 'ERASE')).status).toBe(200);
    await server.context.jobs.idle();
    await expectGone(server, client, id, file);
    expect(offersOf(await client.view(id))).toEqual([]);
  });

  test('a disk that refuses is tried again until everything is gone', async () => {
    const server = await serve();
    const { client, id, file } = await filled(server);
    await client.send(id, 'WITHDRAW');
    const { vault, jobs } = server.context;
    const erase = vi.spyOn(vault, 'erase').mockRejectedValueOnce(new Error('EIO'));
    await client.send(id, 'ERASE');
    await jobs.idle();
    expect(await bytesOf(server, id)).toBeGreaterThan(1);
    expect((await server.context.cases.read(id)).document.outbox.map(({ effect }) => effect.kind)).toContain('erase');
    await jobs.advance(60_000);
    expect(erase).toHaveBeenCalledTimes(2);
    await expectGone(server, client, id, file);
  });
});
