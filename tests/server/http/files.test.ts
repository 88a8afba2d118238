import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FileReference } from '../../../engine/contract/routes.ts';
import type { Json } from '../../../engine/model/json.ts';
import type { Running } from '../../../server/server.ts';
import { fillTask } from '../../support/filling.ts';
import { holding, keptBy } from '../../support/hall-store.ts';
import { type Client, JPEG, testServer } from '../../support/server.ts';
import { corpus } from '../../support/uploads/corpus.ts';
import { caseAt, freshNumber } from '../../support/walk.ts';

// A busy machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let running: Running;
beforeAll(async () => {
  // No outside world: calls stay unanswered, which is all that these tests need.
  running = await testServer();
});
afterAll(() => running.close());

const at = (presses: number) => caseAt(running, presses);

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
    const { client, id } = await at(2);
    const release = (await client.view(id)).release;
    const { properties } = (await running.context.releases.definition(release)).forms.organization!;
    slot = Object.entries(properties).find(([, rules]) => rules['x-file'] !== undefined)![0];
  });

  test('come back as they are kept, sandboxed, and are encrypted on the disk', async () => {
    const { client, id } = await at(2);
    const { status, body } = await upload(client, id, '营业执照 "1".jpg', JPEG, slot);
    expect(status).toBe(200);
    expect(body.file).toMatchObject({ type: 'image/jpeg' });
    expect(body.file?.name).not.toContain('"');
    const answer = await client.raw('GET', `/api/cases/${id}/files/${body.file?.id}`);
    const shown = Buffer.from(await answer.arrayBuffer());
    expect([shown.length, createHash('sha256').update(shown).digest('hex')]).toEqual([
      body.file?.size,
      body.file?.sha256,
    ]);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'self'; sandbox");
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''/);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const stored = await running.context.vault.find(id, body.file!.id);
    const kept = await keptBy(running.context.config.dataDir);
    expect(holding(kept, stored!.sealed!).length).toBeGreaterThan(0);
    expect(holding(kept, shown.subarray(20, 60))).toEqual([]);
  });

  test('U-06 whatever somebody sends is refused by its reason or kept without what was hidden in it', async () => {
    const { client, id } = await at(2);
    const sent = await corpus();
    expect(sent.length).toBeGreaterThan(15);
    for (const { title, name, bytes, refused, gone } of sent) {
      const { status, body } = await upload(client, id, name, bytes, slot);
      if (refused !== null) {
        expect([status >= 400 && status < 500, body.error?.code], title).toEqual([true, refused]);
        continue;
      }
      expect(status, `${title}: ${body.error?.message}`).toBe(200);
      expect(body.file?.name, title).toBe(`a.${name.split('.').at(-1)}`);
      const answer = await client.raw('GET', `/api/cases/${id}/files/${body.file?.id}`);
      const shown = Buffer.from(await answer.arrayBuffer());
      for (const part of gone ?? []) expect(shown.includes(part as string), title).toBe(false);
    }
  });

  test.each([
    ['too large', 'a.jpg', Buffer.concat([JPEG, Buffer.alloc(1_700_000)]), 422, 'file-size', '1.5 MB'],
    ['empty', 'a.jpg', Buffer.alloc(0), 422, 'file-size', '空'],
    ['another extension', 'a.exe', JPEG, 422, 'file-type', 'jpg'],
    ['another content', 'a.jpg', Buffer.from('not a picture at all'), 422, 'file-content', 'jpg'],
    ['no extension', 'jpg', JPEG, 422, 'file-type', 'jpg'],
  ])('%s is refused with the limit in the sentence', async (_name, name, bytes, status, code, words) => {
    const { client, id } = await at(2);
    const answer = await upload(client, id, name, bytes, slot);
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(answer.body.error?.message).toContain(words);
  });

  test('a field that is no slot, a form of another step, a body without parts', async () => {
    const { client, id } = await at(2);
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
    const mine = await at(2);
    const theirs = await at(2);
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
      size: own.size,
      sha256: own.sha256,
    });
  });
});
