import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { issueLine } from '../../server/releases/issue-line.ts';
import { BrokenDefinition } from '../../server/releases/releases.ts';
import { DEFINITIONS, newDataDir, ROOT, testServer } from '../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certflow-broken-'));
  for (const room of ['workflows', 'forms']) await cp(join(DEFINITIONS, room), join(folder, room), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same start without a process of its own, which takes seconds: what would be printed, null when it starts. */
async function refusal(): Promise<string | null> {
  try {
    await (await testServer({ definitionsDir: folder })).close();
    return null;
  } catch (error) {
    if (!(error instanceof BrokenDefinition)) throw error;
    return error.issues.map(issueLine).join('\n');
  }
}

/** Starts the program on the copy and waits for its end; one that goes on running is ended and has no code. */
async function start(): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: '',
      PORT: '0',
      DATA_DIR: await newDataDir(),
      DEFINITIONS_DIR: folder,
      CERTFLOW_SANDBOX: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => {
        output += part.toString();
        if (/http:\/\//.test(output)) child.kill('SIGKILL');
      });
    child.on('exit', (code) => resolve({ code, output }));
  });
}

const flow = 'workflows/certificate-new.workflow.yaml';

/** A mistake of an author: the first place where `good` stands becomes `bad`. */
const mistakes: readonly {
  readonly name: string;
  readonly file: string;
  readonly good: string | RegExp;
  readonly bad: string;
  /** What is said at the place, the mending included. */
  readonly told: RegExp;
}[] = [
  {
    name: 'a YAML text that is none',
    file: 'workflows/projects/szmg.project.yaml',
    good: 'settings:\n',
    bad: 'settings: [\n',
    told: /szmg\.project\.yaml:\d+:\d+/,
  },
  { name: 'an unknown state', file: flow, good: 'to: withdrawn', bad: 'to: withdrwan', told: /withdrwan.*withdrawn/ },
  { name: 'a misspelt fact in a condition', file: flow, good: '!facts.paid', bad: '!facts.payed', told: /payed.*paid/ },
  {
    name: 'a misspelt field of a form in a condition',
    file: flow,
    good: 'certificate.fee !=',
    bad: 'certificate.fees !=',
    told: /fees.*fee/,
  },
  {
    name: 'a keyword that forms do not have',
    file: 'forms/agent.form.json',
    good: '"minLength"',
    bad: '"minLenght"',
    told: /minLenght.*minLength/,
  },
];

describe('a definition that is wrong stops the first start', () => {
  test.each(mistakes)('$name', async ({ file, good, bad, told }) => {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const at = typeof good === 'string' ? text.indexOf(good) : text.search(good);
    expect(at, `${file} has ${good}`).toBeGreaterThan(0);
    const before = text.slice(0, at).split('\n');
    try {
      await writeFile(path, text.slice(0, at) + text.slice(at).replace(good, bad));
      const output = (await refusal()) ?? 'it started';
      const line = output.split('\n').find((one) => one.trim().startsWith(`${file}:`)) ?? output;
      expect(line).toMatch(told);
      const [, row] = /:(\d+):\d+/.exec(line) ?? [];
      // At the very line; what a bracket left open breaks shows on the next ones.
      expect(Number(row) - before.length).toBeGreaterThanOrEqual(0);
      expect(Number(row) - before.length).toBeLessThanOrEqual(bad.includes('\n') ? 3 : 0);
    } finally {
      await writeFile(path, text);
    }
  });

  test('the program says so and ends', async () => {
    const path = join(folder, flow);
    const text = await readFile(path, 'utf8');
    try {
      await writeFile(path, text.replace('to: withdrawn', 'to: withdrwan'));
      const { code, output } = await start();
      expect(code).toBe(1);
      expect(output).toMatch(/workflows\/certificate-new\.workflow\.yaml:\d+:\d+ .*withdrwan.*withdrawn/);
      expect(output).not.toContain('    at ');
    } finally {
      await writeFile(path, text);
    }
  });
});
