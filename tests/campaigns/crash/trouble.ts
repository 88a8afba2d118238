import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { promisify } from 'node:util';
import { Client } from '../../support/server.ts';
import { chance } from '../world/chance.ts';
import { Person, pause } from './client.ts';
import { compared, writeDefinitions } from './crash.ts';
import { buildServer, freePort, Program } from './program.ts';
import { startProvider } from './provider.ts';

const run = promisify(execFile);

/** What a probe and a person were told while something was wrong, and after it. */
export interface Scene {
  readonly scene: string;
  /** Status of /healthz and /readyz and what the latter named. */
  readonly healthz: number;
  readonly readyz: number;
  readonly told: string;
  /** Steps that were refused to a person with 503, and how long it took until the server was ready again, ms. */
  readonly ready: number;
}

export interface TroubleReport {
  readonly scenes: readonly Scene[];
  readonly acknowledged: number;
  readonly timers: number;
  readonly wrongs: readonly string[];
}

/** Mounting a small disk needs a namespace in which one may: this process, once more, in one of its own. @returns its code */
export function inNamespace(): number {
  const again = spawnSync('unshare', ['-rm', execPath, '--import', 'tsx', ...argv.slice(1)], {
    env: { ...env, CERTFLOW_MAY_MOUNT: '1' },
    stdio: 'inherit',
  });
  if (again.error) throw new Error(`unshare (util-linux) is needed: ${again.error.message}`);
  return again.status ?? 1;
}

/**
 * A real server on a real small file system, under load: the disk is full, it can only be read, the process is frozen for
 * `frozenSeconds`, files are damaged. Each time what /healthz, /readyz and people are told is looked at, and at the end
 * everything that anybody was told is compared with the disk.
 */
export async function trouble(frozenSeconds: number, print: (line: string) => void): Promise<TroubleReport> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-trouble-'));
  const disk = join(folder, 'disk');
  await mkdir(disk);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
  const provider = await startProvider(() => 20);
  await writeDefinitions(join(folder, 'definitions'), provider.host);
  const dataDir = join(disk, 'data');
  const program = new Program(await buildServer(), await freePort(), {
    DATA_DIR: dataDir,
    DEFINITIONS_DIR: join(folder, 'definitions'),
    CERTFLOW_SANDBOX: 'off',
    CERTFLOW_HOSTS: provider.host,
    CERTFLOW_PRIVATE_HOSTS: provider.host,
  });
  const scenes: Scene[] = [];
  const wrongs: string[] = [];
  let isOver = false;
  try {
    await program.start();
    const people = ['applicant', 'applicant2'].flatMap((account, n) =>
      [0, 1].map((m) => new Person(program.url, account, chance(10 * n + m))),
    );
    for (const person of people) await person.logIn();
    const work = Promise.all(
      people.map((person) =>
        person.work(
          () => isOver,
          () => pause(100),
        ),
      ),
    );
    work.catch(() => undefined);
    const steps = (): number => people.reduce((sum, person) => sum + person.steps, 0);

    /** Something is wrong for some seconds while people go on; `ends` mends it. */
    const play = async (scene: string, begins: () => Promise<void>, ends: () => Promise<void>): Promise<void> => {
      await Promise.race([pause(3_000), work]);
      await begins();
      await Promise.race([pause(3_000), work]);
      const before = steps();
      await Promise.race([pause(2_000), work]);
      const told = await probe(program.url);
      if (told.healthz !== 200) wrongs.push(`${scene}: /healthz ${told.healthz}`);
      if (told.readyz !== 503) wrongs.push(`${scene}: /readyz ${told.readyz}`);
      if (steps() !== before) wrongs.push(`${scene}: steps were acknowledged`);
      await ends();
      const from = Date.now();
      while ((await probe(program.url)).readyz !== 200) await pause(50);
      scenes.push({ scene, ...told, ready: Date.now() - from });
      const mended = steps();
      await Promise.race([pause(3_000), work]);
      if (steps() === mended) wrongs.push(`${scene}: nothing is done after it was mended`);
      print(JSON.stringify(scenes.at(-1)));
    };

    await play(
      'disk full',
      () => fill(disk),
      () => rm(join(disk, 'filler')),
    );
    const rooms = ['cases', 'documents'].map((room) => join(dataDir, room));
    await play(
      'read-only disk',
      async () => {
        for (const room of rooms) {
          await run('mount', ['--bind', room, room]);
          await run('mount', ['-o', 'remount,bind,ro', room]);
        }
      },
      async () => {
        for (const room of rooms) await run('mount', ['-o', 'remount,bind,rw', room]);
      },
    );

    process.kill(program.pid, 'SIGSTOP');
    await Promise.race([pause(frozenSeconds * 1000), work]);
    process.kill(program.pid, 'SIGCONT');
    const woken = Date.now();
    while ((await probe(program.url)).readyz !== 200) await pause(50);
    scenes.push({ scene: `frozen for ${frozenSeconds} s`, ...(await probe(program.url)), ready: Date.now() - woken });
    print(JSON.stringify(scenes.at(-1)));
    await Promise.race([pause(8_000), work]);

    isOver = true;
    await work;
    await pause(2_000);
    const ended = Date.now();
    await program.end('SIGTERM');
    await damage(dataDir, async (names) => {
      await program.start();
      const answer = await readAll(program.url, people);
      const told = await probe(program.url);
      if (!told.told.includes('"damaged":2')) wrongs.push(`damaged: /readyz says ${told.told}`);
      if (answer.damaged.length !== names)
        wrongs.push(`${names} cases are damaged, ${answer.damaged.length} are told so`);
      if (answer.good === 0) wrongs.push('no other case can be read');
      scenes.push({
        scene: 'a flipped bit, a truncated file',
        ...told,
        told: `${told.told} ${answer.damaged[0]}`,
        ready: 0,
      });
      print(JSON.stringify(scenes.at(-1)));
      await program.end('SIGTERM');
    });
    await program.start();
    for (const person of people) await person.look();
    await program.end('SIGKILL');
    const { acknowledged, timers, wrongs: lost } = await compared(dataDir, people, provider, ended);
    return { scenes, acknowledged, timers, wrongs: [...wrongs, ...lost] };
  } finally {
    isOver = true;
    await program.end('SIGKILL');
    await provider.close();
    await run('umount', ['--recursive', '--lazy', disk]);
    await rm(folder, { recursive: true });
  }
}

async function probe(url: string): Promise<Pick<Scene, 'healthz' | 'readyz' | 'told'>> {
  const [health, ready] = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(url + path)));
  const told = ready ? await ready.text() : '';
  return { healthz: health?.status ?? 0, readyz: ready?.status ?? 0, told };
}

/** Until nothing more goes in. */
async function fill(disk: string): Promise<void> {
  const path = join(disk, 'filler');
  for (const size of [1 << 20, 1 << 12, 1])
    for (;;) {
      try {
        await writeFile(path, Buffer.alloc(size), { flag: 'a' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        break;
      }
    }
}

/** One bit of one case and the end of another, until `meanwhile` is over. @param meanwhile is told how many */
async function damage(dataDir: string, meanwhile: (count: number) => Promise<void>): Promise<void> {
  const found = await readdir(join(dataDir, 'cases'), { recursive: true });
  const [flipped, cut] = found.filter((name) => name.endsWith('.json')).map((name) => join(dataDir, 'cases', name));
  if (flipped === undefined || cut === undefined) throw new Error('there are no two cases');
  for (const path of [flipped, cut]) await copyFile(path, `${path}.good`);
  const bytes = await readFile(flipped);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(flipped, bytes);
  await truncate(cut, 500);
  await meanwhile(2);
  for (const path of [flipped, cut]) {
    await copyFile(`${path}.good`, path);
    await rm(`${path}.good`);
  }
}

/** Opens every case that was noted. @returns what is told of the damaged ones */
async function readAll(
  url: string,
  people: readonly Person[],
): Promise<{ readonly good: number; readonly damaged: readonly string[] }> {
  const damaged: string[] = [];
  let good = 0;
  for (const person of people) {
    const client = new Client(url);
    await client.logIn(person.account);
    for (const id of person.noted.keys()) {
      const { status, body } = await client.ask('GET', `/api/cases/${id}`);
      if (status === 200) good += 1;
      else damaged.push(`${status} ${JSON.stringify(body)}`);
    }
  }
  return { good, damaged };
}
