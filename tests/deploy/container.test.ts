import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newDataDir, ROOT } from '../support/server.ts';

vi.setConfig({ testTimeout: 240_000 });

const text = readFileSync(join(ROOT, 'deploy/Containerfile'), 'utf8');

/** Instructions with what follows them; continued lines are one. */
const instructions = text
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, rest }];
  });
const all = (name: string): readonly string[] =>
  instructions.filter((one) => one.name === name).map(({ rest }) => rest);
const jsonOf = (rest: string): readonly string[] => JSON.parse(rest.slice(rest.indexOf('['))) as string[];

const environment = Object.fromEntries(
  all('ENV').flatMap((rest) => rest.split(' ').map((one) => one.split('=') as [string, string])),
);

describe('the container file', () => {
  test('is one that builders understand', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  test('is of two stages, of a version of Node that the package asks for, and ends as somebody who is not root', () => {
    const bases = all('FROM');
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/node:20\.(19|[2-9]\d)\.\d+-bookworm-slim( AS build)?$/);
    expect(all('USER')).toEqual(['node']);
    const order = instructions.map(({ name }) => name);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
    expect(environment).toMatchObject({ NODE_ENV: 'production', DATA_DIR: '/data' });
    // No secret is in an image.
    expect(Object.keys(environment).filter((name) => /KEY|SECRET|TOKEN|PASSWORD/.test(name))).toEqual([]);
    expect(all('ARG')).toEqual([]);
  });

  test('everything that is copied is there, and nothing that the server loads is left out', () => {
    const copied = all('COPY').filter((rest) => !rest.startsWith('--from='));
    expect(copied.length).toBeGreaterThan(6);
    for (const rest of copied)
      for (const source of rest.split(' ').slice(0, -1)) expect(existsSync(join(ROOT, source)), source).toBe(true);
    const kept = all('COPY')
      .filter((rest) => rest.startsWith('--from='))
      .flatMap((rest) => rest.split(' ').slice(1, -1));
    for (const room of ['engine', 'server', 'forms', 'workflows', 'node_modules', 'dist', 'scripts', 'package.json'])
      expect(kept).toContain(`/app/${room}`);
    const ignored = readFileSync(join(ROOT, 'deploy/Containerfile.dockerignore'), 'utf8').split('\n');
    for (const rest of copied) for (const source of rest.split(' ').slice(0, -1)) expect(ignored).not.toContain(source);
  });

  test('starts what `npm start` starts', () => {
    const entry = jsonOf(all('ENTRYPOINT')[0] ?? '');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
    // In place of the shell that npm starts, which would keep the signals of a supervisor for itself.
    expect(scripts.start).toMatch(/^exec node /);
    const [, node, ...before] = scripts.start.split(' ').slice(0, -1);
    expect(entry.slice(0, 1 + before.length)).toEqual([node, ...before]);
    const start = readFileSync(join(ROOT, 'scripts/start.mjs'), 'utf8');
    expect(start).toContain(`import('../${entry.at(-1)}')`);
    expect(readFileSync(join(ROOT, 'deploy/certflow.service'), 'utf8')).toContain(
      `ExecStart=/usr/bin/${entry.join(' ')}`,
    );
  });
});

describe('its commands, as they are run in it', () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const one of started.splice(0)) one.kill('SIGKILL');
  });

  function run(command: readonly string[], env: { readonly [name: string]: string }): ChildProcess {
    const [program = '', ...rest] = command;
    const child = spawn(program === 'node' ? process.execPath : program, rest, {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env },
      stdio: 'ignore',
    });
    started.push(child);
    return child;
  }
  const endOf = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => (child.exitCode !== null ? resolve(child.exitCode) : child.once('exit', resolve)));

  test('the server comes up with what is in the image, is healthy, and ends well when it is asked to', async () => {
    const env = { ...environment, HOST: '127.0.0.1', PORT: await freePort(), DATA_DIR: await newDataDir() };
    const health = jsonOf(all('HEALTHCHECK')[0] ?? '');
    expect(await endOf(run(health, env))).toBe(1);
    const server = run(jsonOf(all('ENTRYPOINT')[0] ?? ''), env);
    await expect.poll(() => endOf(run(health, env)), { timeout: 180_000, interval: 1_000 }).toBe(0);
    server.kill('SIGTERM');
    expect(await endOf(server)).toBe(0);
    expect(await endOf(run(health, env))).toBe(1);
  });
});

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' && address !== null ? address.port : 0)));
    });
  });
}
