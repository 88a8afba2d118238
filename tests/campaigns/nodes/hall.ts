import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestPostgres, testPostgres } from '../../support/postgres.ts';
import { pause } from '../crash/client.ts';
import { writeDefinitions } from '../crash/crash.ts';
import { buildServer, freePort, Program } from '../crash/program.ts';
import { type KeyedProvider, startProvider } from '../crash/provider.ts';

/** Several server processes on one PostgreSQL, and a provider that honours keys and outlives them all. */
export interface Hall {
  readonly postgres: TestPostgres;
  readonly database: string;
  readonly nodes: readonly Program[];
  readonly provider: KeyedProvider;
  /** Starts those that have ended, as a supervisor does, and waits for them. */
  raise(): Promise<void>;
  close(): Promise<void>;
}

/** How long a node may take to come up on a busy machine, ms. */
const PATIENCE = 120_000;

/** @param slow how long the provider takes to answer, ms */
export async function openHall(count: number, slow: () => number): Promise<Hall> {
  const postgres = await testPostgres({ durable: true });
  if (postgres === null) throw new Error('there is no PostgreSQL');
  const folder = await mkdtemp(join(tmpdir(), 'certflow-nodes-'));
  const provider = await startProvider(slow);
  await writeDefinitions(join(folder, 'definitions'), provider.host);
  const database = await postgres.fresh();
  const path = await buildServer();
  const made = Array.from({ length: count }, async (_, n) => {
    const env = {
      ...{ STORE: 'postgres', DATABASE_URL: database, DATA_DIR: join(folder, `node${n}`) },
      CERTFLOW_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      DEFINITIONS_DIR: join(folder, 'definitions'),
      ...{ CERTFLOW_SANDBOX: 'off', CERTFLOW_HOSTS: provider.host, CERTFLOW_PRIVATE_HOSTS: provider.host },
    };
    return new Program(path, await freePort(), env);
  });
  const nodes = await Promise.all(made);
  const raise = async (): Promise<void> => {
    await Promise.all(nodes.filter(({ isOver }) => isOver).map(begin));
  };
  return {
    ...{ postgres, database, nodes, provider, raise },
    async close() {
      for (const node of nodes) node.signal('SIGCONT');
      await Promise.all(nodes.map((node) => node.end('SIGKILL')));
      await provider.close();
      await postgres.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** A start that finds no database, or dies with it, is begun again. */
async function begin(node: Program): Promise<void> {
  for (const end = Date.now() + PATIENCE; ; await pause(300)) {
    try {
      return await node.start();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
