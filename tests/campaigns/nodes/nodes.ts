import { appendFile } from 'node:fs/promises';
import { openPostgres } from '../../../server/store/postgres/open.ts';
import { Client } from '../../support/server.ts';
import { Person, pause } from '../crash/client.ts';
import { type CrashReport, comparedWith } from '../crash/crash.ts';
import { type Chance, chance } from '../world/chance.ts';
import { type Hall, openHall } from './hall.ts';

export interface NodesReport extends CrashReport {
  /** Nodes killed, stopped and frozen; those of the frozen that were struck off; ends of the database. */
  readonly killed: number;
  readonly stopped: number;
  readonly frozen: number;
  readonly struckOff: number;
  readonly databases: number;
  readonly seconds: number;
}

/** What the ends of a run are, of a hundred. */
const WEIGHTS = { kill: 62, freeze: 18, database: 15, stop: 5 } as const;
const NODES = 3;
/** Exit code of a node that was given up by the others, or that does not know what the database holds. */
const GIVEN_UP = 74;

/**
 * Three real nodes on a real PostgreSQL under load by people whose every request goes to any of them. Nodes are killed,
 * stopped, frozen for up to a minute and woken, the database is ended as by a power cut; all so many times. At the end the
 * database is held against what every person was told and what the provider did, and the nodes against each other.
 */
export async function nodesCampaign(
  seed: number,
  kills: number,
  longest = 60,
  tell: (line: string) => void = () => undefined,
): Promise<NodesReport> {
  const began = Date.now();
  const how = chance(seed);
  const hall = await openHall(NODES, () => how.below(120));
  const counts = { killed: 0, stopped: 0, frozen: 0, struckOff: 0, databases: 0 };
  let isOver = false;
  try {
    await hall.raise();
    const people = peopleOf(hall, seed);
    for (const person of people) await person.logIn();
    const work = Promise.all(
      people.map((person) =>
        person.work(
          () => isOver,
          () => pause(30),
        ),
      ),
    );
    work.catch(() => undefined);
    for (let n = 0; n < kills; n += 1) {
      await Promise.race([pause(300 + how.below(1_500)), work]);
      await end(hall, how, counts, longest);
      if ((n + 1) % 20 === 0) tell(`${n + 1} of ${kills}: ${people.reduce((sum, { steps }) => sum + steps, 0)} steps`);
      // Now and then another one goes before the first is back.
      if (!how.percent(15)) await Promise.race([hall.raise(), work.then(() => undefined)]);
    }
    await hall.raise();
    isOver = true;
    await work;
    const wrongs = await disagreements(hall, people);
    // What is under way at the provider comes to its end.
    await pause(8_000);
    const ended = Date.now();
    await Promise.all(hall.nodes.map((node) => node.end('SIGKILL')));
    const { store } = await openPostgres({
      url: hall.database,
      onFatal: (message) => wrongs.push(message),
      standBy: true,
    });
    const found = await comparedWith(store, people, hall.provider, ended);
    const seconds = Math.round((Date.now() - began) / 1000);
    return { seed, kills, ...counts, seconds, ...found, wrongs: [...wrongs, ...found.wrongs] };
  } finally {
    isOver = true;
    await hall.close();
  }
}

/** Runs one seed and writes what became of it behind the others. */
export async function noted(report: NodesReport, path: string): Promise<void> {
  await appendFile(path, `${JSON.stringify(report)}\n`);
}

function peopleOf({ nodes }: Hall, seed: number): readonly Person[] {
  const accounts = ['applicant', 'applicant2', 'applicant', 'applicant2', 'applicant', 'applicant2'];
  return accounts.map((account, n) => {
    const where = chance(seed * 1_000 + n);
    return new Person(() => where.pick(nodes).url, account, chance(seed * 100 + n), 60);
  });
}

async function end(
  { nodes, postgres }: Hall,
  how: Chance,
  counts: { killed: number; stopped: number; frozen: number; struckOff: number; databases: number },
  longest: number,
): Promise<void> {
  const alive = nodes.filter((node) => !node.isOver);
  const node = how.pick(alive.length > 0 ? alive : nodes);
  switch (how.weighed(WEIGHTS)) {
    case 'kill':
      counts.killed += 1;
      return node.end('SIGKILL');
    case 'stop':
      counts.stopped += 1;
      return node.end('SIGTERM');
    case 'database':
      counts.databases += 1;
      return postgres.crash?.(200 + how.below(2_000));
    case 'freeze': {
      counts.frozen += 1;
      // Half of them are woken before anybody gives them up.
      const seconds = how.percent(50) ? 2 + how.below(8) : how.percent(80) ? 16 + how.below(6) : longest;
      node.signal('SIGSTOP');
      await pause(Math.min(seconds, longest) * 1000);
      node.signal('SIGCONT');
      // It serves on, or ends; either shows soon.
      for (let tries = 0; tries < 40 && !node.isOver; tries += 1) await pause(50);
      if (node.exitCode === GIVEN_UP) counts.struckOff += 1;
      return;
    }
  }
}

/** What the nodes say of the same cases and lists, where it is not the same. */
async function disagreements({ nodes }: Hall, people: readonly Person[]): Promise<string[]> {
  const wrongs: string[] = [];
  await pause(2_000);
  for (const account of new Set(people.map((person) => person.account))) {
    const client = await new Client(nodes[0]?.url ?? '').logIn(account);
    const ids = people.filter((person) => person.account === account).flatMap((person) => [...person.noted.keys()]);
    for (const path of [...ids.map((id) => `/api/cases/${id}`), '/api/cases']) {
      // Cases go on by themselves: it is asked again before nodes are said to differ.
      for (let tries = 1; ; tries += 1) {
        const told = new Set<string>();
        for (const { url } of nodes) {
          client.url = url;
          const { status, body } = await client.ask('GET', path);
          told.add(`${status} ${JSON.stringify(body)}`);
        }
        if (told.size === 1) break;
        if (tries === 10)
          wrongs.push(`${path}: the nodes say ${[...told].map((one) => one.slice(0, 300)).join(' | ')}`);
        if (tries === 10) break;
        await pause(300);
      }
    }
  }
  return wrongs;
}
