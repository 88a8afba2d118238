import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chance } from '../world/chance.ts';
import { Person, pause } from './client.ts';
import { writeDefinitions } from './crash.ts';
import { buildServer, freePort, Program } from './program.ts';
import { startProvider } from './provider.ts';

export interface SoakReport {
  readonly minutes: number;
  readonly acknowledged: number;
  readonly cases: number;
  /** Megabytes of the heap after a collection in the first and in the last quarter of the time, medians. */
  readonly heap: { readonly first: number; readonly last: number };
  /** Megabytes resident, the same. */
  readonly memory: { readonly first: number; readonly last: number };
  readonly descriptors: { readonly first: number; readonly last: number };
  readonly wrongs: readonly string[];
}

interface Sample {
  readonly heap: number;
  readonly memory: number;
  readonly descriptors: number;
}

/**
 * Megabytes by which what is left after a collection may grow: the store keeps the newest documents, 16 Mi characters of
 * two bytes, and that room fills for the first half of an hour. Every case takes its place in the index, in kilobytes.
 * What is resident says less: V8 keeps pages that it once had, and lets garbage lie as long as it may have more, the
 * longer the busier the machine is. It may have `MOST_HEAP` here, and ends when that is not enough.
 */
const KEPT = 32;
const KEPT_OF_A_CASE = 2;
const MOST_HEAP = 256;
const PATIENCE_MS = 60_000;
/** A case comes to an end in life, too: one that grew for ever would be what grows, not the server. */
const STEPS_OF_A_CASE = 40;
const MOST_DESCRIPTORS = 10;

/** A server that works on under load, with what it holds of the machine looked at again and again. The first minute is its warming up. */
export async function soak(ms: number, print: (line: string) => void): Promise<SoakReport> {
  const how = chance(1);
  const folder = await mkdtemp(join(tmpdir(), 'certflow-soak-'));
  const provider = await startProvider(() => how.below(30));
  await writeDefinitions(join(folder, 'definitions'), provider.host);
  const memoryFile = join(folder, 'memory.json');
  const program = new Program(
    await buildServer(),
    await freePort(),
    {
      DATA_DIR: join(folder, 'data'),
      DEFINITIONS_DIR: join(folder, 'definitions'),
      CERTFLOW_SANDBOX: 'off',
      CERTFLOW_HOSTS: provider.host,
      CERTFLOW_PRIVATE_HOSTS: provider.host,
      CERTFLOW_MEMORY_FILE: memoryFile,
    },
    [`--max-old-space-size=${MOST_HEAP}`, '--expose-gc', '--require', join(import.meta.dirname, 'collect.cjs')],
  );
  let isOver = false;
  try {
    await program.start();
    const people = Array.from({ length: 6 }, (_, n) => {
      return new Person(program.url, n % 2 === 0 ? 'applicant' : 'applicant2', chance(n), STEPS_OF_A_CASE);
    });
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
    const samples: Sample[] = [];
    const begun = Date.now();
    const warm = Math.min(60_000, ms / 4);
    while (Date.now() < begun + ms) {
      await Promise.race([pause(Math.min(10_000, ms / 40)), work]);
      if (Date.now() < begun + warm) continue;
      samples.push(
        await look(program.pid, memoryFile).catch((error: Error) => {
          throw new Error(`${error.message}\n${program.log()}`);
        }),
      );
      if (samples.length % 6 === 0)
        print(JSON.stringify({ seconds: Math.round((Date.now() - begun) / 1000), ...samples.at(-1) }));
    }
    isOver = true;
    await work;
    await program.end('SIGTERM');
    return judged(ms, samples, people);
  } finally {
    isOver = true;
    await program.end('SIGKILL');
    await provider.close();
    await rm(folder, { recursive: true });
  }
}

function judged(ms: number, samples: readonly Sample[], people: readonly Person[]): SoakReport {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const of = (name: keyof Sample) => ({
    first: median(samples.slice(0, quarter).map((sample) => sample[name])),
    last: median(samples.slice(-quarter).map((sample) => sample[name])),
  });
  const [heap, memory, descriptors] = [of('heap'), of('memory'), of('descriptors')];
  const wrongs = people.flatMap((person) => [...person.wrongs]);
  const cases = people.reduce((sum, { noted }) => sum + noted.size, 0);
  const most = KEPT + (cases * KEPT_OF_A_CASE) / 1024;
  if (heap.last > heap.first + most) wrongs.push(`the heap grew from ${heap.first} to ${heap.last} MB`);
  if (descriptors.last > descriptors.first + MOST_DESCRIPTORS)
    wrongs.push(`descriptors grew from ${descriptors.first} to ${descriptors.last}`);
  const acknowledged = people.reduce((sum, { steps }) => sum + steps, 0);
  return { minutes: ms / 60_000, acknowledged, cases, heap, memory, descriptors, wrongs };
}

async function look(pid: number, memoryFile: string): Promise<Sample> {
  await rm(memoryFile, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (const until = Date.now() + PATIENCE_MS; !existsSync(memoryFile); await pause(20))
    if (Date.now() > until) throw new Error('the server says nothing any more');
  const { heap } = JSON.parse(readFileSync(memoryFile, 'utf8')) as { heap: number };
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return {
    heap: Math.round(heap / 1024 / 1024),
    memory: Math.round(Number(kilobytes) / 1024),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
