import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createReaderProcess,
  type ReaderOptions,
  type ReaderProcess,
} from '../../../../server/connectors/ocr/reader-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const program = fileURLToPath(new URL('../../../fixtures/reader/misbehaving.ts', import.meta.url));
let reader: ReaderProcess;
afterEach(() => reader.stop());

const begin = (options: ReaderOptions = {}) => {
  reader = createReaderProcess({ program, ...options });
};
const ask = (picture: string) => reader.ask({ kind: 'fields', picture, image: new Uint8Array(8) });
const pid = async () => ((await ask('reads')) as { pid: number }).pid;
const alive = (id: number) => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};

describe('the process that reads pictures', () => {
  it('is one for many pictures, one after the other, and ends with the server', async () => {
    begin();
    const [one, two, three] = await Promise.all([pid(), pid(), pid()]);
    expect([two, three]).toEqual([one, one]);
    expect(one).not.toBe(process.pid);
    reader.stop();
    await expect.poll(() => alive(one)).toBe(false);
    await expect(ask('reads')).rejects.toMatchObject({ reason: 'stopped' });
  });

  it('starts with the first picture, not with the server', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certflow-reader-'));
    const started = join(folder, 'started');
    const lazy = join(folder, 'reader.mjs');
    await writeFile(
      lazy,
      `import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(started)}, '');
      process.on('message', ({ id }) => process.send({ id, result: 'read' }));\n`,
    );
    begin({ program: lazy });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(existsSync(started)).toBe(false);
    expect(await ask('reads')).toBe('read');
    expect(existsSync(started)).toBe(true);
  });

  it.each([
    ['a picture that kills it', 'dies', 'ended', {}],
    ['a picture for which its own memory is too small', 'fills its heap', 'ended', { mostMemory: 4_000 }],
    ['a picture that takes too long', 'hangs', 'late', { limit: 3_000 }],
    ...(process.platform === 'linux'
      ? [['a picture that eats memory', 'eats', 'memory', { mostMemory: 400 }] as const]
      : []),
  ] as const)('%s hurts nobody: the next one is read by a new process', async (_title, picture, reason, options) => {
    begin({ limit: 30_000, ...options });
    const first = await pid();
    const [broken, next] = await Promise.allSettled([ask(picture), pid()]);
    expect(broken).toMatchObject({ status: 'rejected', reason: { reason } });
    expect(next.status).toBe('fulfilled');
    expect(next).not.toMatchObject({ value: first });
    await expect.poll(() => alive(first)).toBe(false);
  });

  it('says what it cannot read, and goes on', async () => {
    begin();
    const first = await pid();
    await expect(ask('refuses')).rejects.toMatchObject({ reason: 'unreadable' });
    expect(await pid()).toBe(first);
  });

  it('takes so many and no more; who waited too long is told', async () => {
    begin({ mostWaiting: 1, patience: 0, limit: 2_500 });
    const hangs = ask('hangs');
    const waits = ask('reads');
    await expect(ask('reads')).rejects.toMatchObject({ reason: 'busy' });
    await expect(hangs).rejects.toMatchObject({ reason: 'late' });
    await expect(waits).rejects.toMatchObject({ reason: 'late' });
  });

  it('gives its memory back when nobody asks', async () => {
    begin({ idle: 50 });
    const first = await pid();
    await expect.poll(() => alive(first)).toBe(false);
    expect(await pid()).not.toBe(first);
  });

  it("knows nothing of the server's environment", async () => {
    vi.stubEnv('CERTFLOW_KEY', 'secret');
    begin();
    const { names } = (await ask('environment')) as { names: string[] };
    expect(names).not.toContain('CERTFLOW_KEY');
    expect(names).toContain('PATH');
    vi.unstubAllEnvs();
  });
});
