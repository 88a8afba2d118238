import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOfProject, readReleaseFiles } from '../../../server/releases/files.ts';
import { casePath } from '../../../server/store/file/names.ts';
import { Client, DEFINITIONS, newDataDir, testServer } from '../../support/server.ts';

/** Files of a data folder change while no server runs: others go on, and it is told. */
test('a damaged case and a shortened document keep nobody from the rest, and /readyz tells of them', async () => {
  const dataDir = await newDataDir();
  const files = filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg');
  const first = await testServer({ dataDir }, { files });
  const before = await new Client(first.url).logIn('applicant');
  const ids: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    ids.push((await before.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body.id);
  }
  await first.close();
  const [bad = '', good = ''] = ids;
  const path = casePath(dataDir, bad);
  const bytes = await readFile(path);
  const flipped = Buffer.from(bytes);
  flipped[200] = (flipped[200] ?? 0) ^ 4;
  await writeFile(path, flipped);
  const sessions = join(dataDir, 'documents/session');
  const [session = ''] = await readdir(sessions);
  await truncate(join(sessions, session), 20);

  const second = await testServer({ dataDir }, { files });
  const client = await new Client(second.url).logIn('applicant');
  expect((await client.view(good)).id).toBe(good);
  const refused = await client.ask('GET', `/api/cases/${bad}`);
  expect(refused).toMatchObject({ status: 500, body: { error: { code: 'data-damaged' } } });
  const list = await client.ask<{ rows: { id: string }[] }>('GET', '/api/cases');
  expect(list.body.rows.map(({ id }) => id)).toEqual([good]);
  expect((await client.ask('GET', '/healthz')).body).toEqual({ ok: true });
  expect((await client.ask('GET', '/readyz')).body).toEqual({ ok: true, damaged: 2 });
  await second.close();

  // Restored from the backup, it is there again.
  await writeFile(path, bytes);
  const third = await testServer({ dataDir }, { files });
  expect((await (await new Client(third.url).logIn('applicant')).view(bad)).id).toBe(bad);
  await third.close();
}, 120_000);
