import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CaseState, JournalEntry } from '../../../engine/model/case.ts';
import { openFileStore } from '../../../server/store/file/file-store.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';
import { drillFiles } from '../disk/drill.ts';
import { chance } from '../world/chance.ts';
import { Person, pause } from './client.ts';
import { buildServer, freePort, Program } from './program.ts';
import { type KeyedProvider, startProvider } from './provider.ts';

export interface CrashReport {
  readonly seed: number;
  readonly kills: number;
  /** Steps that clients were told. */
  readonly acknowledged: number;
  readonly cases: number;
  /** Things done at the provider, and requests that it knew already. */
  readonly effects: number;
  readonly repeated: number;
  /** Deadlines that came. */
  readonly timers: number;
  readonly wrongs: readonly string[];
}

/** Deadlines of the drill's states. */
const WRITE_SECONDS = 15;
const REST_SECONDS = 2;
const DEADLINES: { readonly [state: string]: number } = {
  'main.write': WRITE_SECONDS * 1000,
  'main.rest': REST_SECONDS * 1000,
};
/** A server that was up for so long has done what was due before. */
const TIMER_LATENESS_MS = 5_000;

/** The drill with deadlines of seconds and a provider that is asked over HTTP. */
export async function writeDefinitions(folder: string, host: string): Promise<void> {
  for (const [path, text] of Object.entries(drillFiles)) {
    const own = text.replace('1 hour', `${WRITE_SECONDS} seconds`).replace('2 hours', `${REST_SECONDS} seconds`);
    const http = `http:
  base: http://${host}
  timeout: 2 seconds
  operations:
    take:
      send:
        method: POST
        path: /take
        body: { key: request.key, text: input.text }
        answer: { type: object, required: [state], properties: { state: { type: string } } }
        results: [{ if: "answer.state == 'TAKEN'", outcome: TAKEN }]
`;
    const asked = own.replace('[5 seconds, 1 minute]', `[${Array(20).fill('1 second').join(', ')}]`);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path.includes('/connectors/') ? asked + http : own);
  }
}

/**
 * A real server process under load by several clients, killed at random moments, so many times. At the end the folder
 * is read and held against what every client was told and what the provider did.
 */
export async function crash(seed: number, kills: number): Promise<CrashReport> {
  const how = chance(seed);
  const folder = await mkdtemp(join(tmpdir(), 'certflow-crash-'));
  const provider = await startProvider(() => how.below(120));
  await writeDefinitions(join(folder, 'definitions'), provider.host);
  const dataDir = join(folder, 'data');
  const program = new Program(await buildServer(), await freePort(), {
    DATA_DIR: dataDir,
    DEFINITIONS_DIR: join(folder, 'definitions'),
    CERTFLOW_SANDBOX: 'off',
    CERTFLOW_HOSTS: provider.host,
    CERTFLOW_PRIVATE_HOSTS: provider.host,
  });
  let isOver = false;
  let up = program.start();
  try {
    await up;
    const accounts = ['applicant', 'applicant2', 'applicant', 'applicant2', 'applicant', 'applicant2'];
    const people = accounts.map((account, n) => new Person(program.url, account, chance(seed * 100 + n)));
    for (const person of people) await person.logIn();
    const work = Promise.all(
      people.map((person) =>
        person.work(
          () => isOver,
          // A start that was killed brings nobody up: they look again.
          () => up.catch(() => undefined).then(() => pause(20)),
        ),
      ),
    );
    work.catch(() => undefined);
    for (let n = 0; n < kills; n += 1) {
      await Promise.race([pause(300 + how.below(1_500)), work]);
      await program.end(how.percent(92) ? 'SIGKILL' : 'SIGTERM');
      up = program.start();
      up.catch(() => undefined);
      // Now and then in the middle of the start, too.
      if (how.percent(10)) {
        await pause(how.below(700));
        await program.end('SIGKILL');
        await up.catch(() => undefined);
        up = program.start();
      }
      await up;
    }
    isOver = true;
    await work;
    for (const person of people) await person.look();
    // What is under way at the provider comes to its end.
    await pause(6_000);
    const ended = Date.now();
    await program.end('SIGKILL');
    return { seed, kills, ...(await compared(dataDir, people, provider, ended)) };
  } finally {
    isOver = true;
    await program.end('SIGKILL');
    await provider.close();
    await rm(folder, { recursive: true });
  }
}

/** What is on the disk against what everybody was told. @param ended when the server, long up, was ended */
export async function compared(
  dataDir: string,
  people: readonly Person[],
  provider: KeyedProvider,
  ended: number,
): Promise<Omit<CrashReport, 'seed' | 'kills'>> {
  const fatal: string[] = [];
  const store = await openFileStore({ folder: dataDir, onFatal: (message) => fatal.push(message) });
  const found = await comparedWith(store, people, provider, ended);
  return { ...found, wrongs: [...fatal, ...found.wrongs] };
}

/** The same of any store, which is closed. */
export async function comparedWith(
  store: Store,
  people: readonly Person[],
  provider: KeyedProvider,
  ended: number,
): Promise<Omit<CrashReport, 'seed' | 'kills'>> {
  const wrongs = people.flatMap((person) => [...person.wrongs]);
  const known = new Map<string, CaseDocument>();
  for await (const id of store.listCases()) {
    const document = await store.readCase(id);
    if (document) known.set(id, document);
  }
  await store.close();
  let timers = 0;
  let taken = 0;
  let waiting = 0;
  for (const { state, journal, outbox } of known.values()) {
    wrongs.push(...timerProblems(state, journal, ended));
    if (journal.length !== state.revision)
      wrongs.push(`case ${state.id}: ${journal.length} of ${state.revision} entries`);
    timers += journal.filter(({ what }) => what.startsWith('timer:')).length;
    taken += state.counters.taken?.count ?? 0;
    waiting += outbox.length;
  }
  let acknowledged = 0;
  for (const person of people) {
    acknowledged += person.steps;
    for (const [id, noted] of person.noted) {
      const document = known.get(id);
      if (document === undefined) {
        wrongs.push(`case ${id} is lost`);
        continue;
      }
      if (document.state.revision < noted.revision) wrongs.push(`case ${id}: ${noted.revision} was told`);
      for (const request of noted.done.slice(-400)) {
        const times = document.consumed.filter((one) => one.endsWith(`:${request}`)).length;
        if (times !== 1) wrongs.push(`case ${id}: request ${request} is there ${times} times`);
      }
    }
  }
  // An effect is known by the answer that the case took; the last ones may still be on their way.
  if (provider.done.size < taken || provider.done.size > taken + waiting)
    wrongs.push(`${provider.done.size} effects were done, ${taken} are known and ${waiting} are under way`);
  const texts = [...provider.done.values()];
  if (new Set(texts).size !== texts.length) wrongs.push('an effect was done twice under another key');
  const { size: cases } = known;
  return { acknowledged, cases, effects: provider.done.size, repeated: provider.repeated(), timers, wrongs };
}

/** Deadlines that came early, or that are over and did not come. */
function timerProblems(state: CaseState, journal: readonly JournalEntry[], ended: number): string[] {
  const problems: string[] = [];
  const entered = new Map<string, number>();
  for (const entry of journal) {
    for (const left of entry.left) {
      const since = entered.get(left);
      const waited = entry.at - (since ?? 0);
      if (entry.part === 'timer' && waited < (DEADLINES[left] ?? 0))
        problems.push(`case ${state.id}: the deadline of ${left} came after ${waited} ms`);
    }
    for (const address of entry.entered) entered.set(address, entry.at);
  }
  for (const [id, { due }] of Object.entries(state.timers))
    if (due < ended - TIMER_LATENESS_MS) problems.push(`case ${state.id}: the deadline ${id} is over and did not come`);
  return problems;
}
