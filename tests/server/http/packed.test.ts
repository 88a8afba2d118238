import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed } from '../../../server/http/packed.ts';

let folder: string;
let close: () => void;
let base: string;
const script = 'export const words = "一二三四五";\n'.repeat(2000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certflow-packed-'));
  await writeFile(join(folder, 'page-Ab12.js'), script);
  await writeFile(join(folder, 'secret.txt'), 'not a page');
  const app = express();
  app.use('/assets', packed(folder), (_request, response) => void response.status(404).end());
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/assets`;
  close = () => server.close();
});
afterAll(async () => {
  close();
  await rm(folder, { recursive: true, force: true });
});

describe('built files', () => {
  it('are sent gzipped, for ever, and say on what it depends', async () => {
    const answer = await fetch(`${base}/page-Ab12.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect(await answer.text()).toBe(script);
  });

  it('are left to the next handler for others: no gzip wanted, not there, not ours', async () => {
    const plain = await fetch(`${base}/page-Ab12.js`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.status).toBe(404);
    for (const path of ['/none.js', '/secret.txt', '/..%2fpage-Ab12.js', '/%2e%2e/x.js', '/'])
      expect((await fetch(base + path, { headers: { 'accept-encoding': 'gzip' } })).status, path).toBe(404);
  });
});
