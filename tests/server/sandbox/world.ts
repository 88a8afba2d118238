import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { Router } from 'express';
import { parse } from 'yaml';
import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import type { Outcome, RequestContext } from '../../../server/connectors/connector.ts';
import { type Connectors, connectorRoutes, createConnectors } from '../../../server/connectors/index.ts';
import { createSandbox, type Sandbox } from '../../../server/sandbox/index.ts';

/** A server as small as can be around the real sandbox process: it notes down what it is told. */
export interface World {
  readonly base: string;
  readonly sandbox: Sandbox;
  readonly connectors: Connectors;
  readonly contracts: { readonly [id: string]: ConnectorDefinition };
  /** What callbacks brought, oldest first. */
  readonly heard: Heard[];
  readonly clock: { ahead: number };
  /** False = the server answers callbacks as if it were starting. */
  up: boolean;
  /** Ends the sandbox's process and starts another on the same folder. */
  restart(): Promise<void>;
  context(key: string, more?: Partial<RequestContext>): RequestContext;
  api(method: string, path: string, body?: JsonObject): Promise<{ status: number; body: never }>;
  end(): Promise<void>;
}

export type Heard =
  | { readonly kind: 'outcome'; readonly call: string; readonly generation: number; readonly outcome: Outcome }
  | { readonly kind: 'event'; readonly name: string; readonly data: JsonObject };

export async function startWorld(): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'certflow-sandbox-'));
  const contracts = await readContracts();
  let sandbox = createSandbox({ dataDir, contracts: () => Object.values(contracts) });
  const heard: Heard[] = [];
  const clock = { ahead: 0 };
  const app = express();
  const world = { up: true };
  app.use('/connectors', (_req, res, next) => (world.up ? next() : res.status(503).end()));
  app.use(
    connectorRoutes({
      // Stands for whichever sandbox runs now.
      sandbox: {
        get secret() {
          return sandbox.secret;
        },
        proxy: Router().use((req, res, next) => sandbox.proxy(req, res, next)),
      },
      inbox: {
        async outcome({ call, generation }, outcome) {
          heard.push({ kind: 'outcome', call, generation, outcome });
          return null;
        },
        async event(connector, event, { caseId }, data) {
          heard.push({ kind: 'event', name: `${connector}.${event}`, data });
          return caseId === 'case-1';
        },
      },
      contractOf: async (_caseId, id) => contracts[id] ?? null,
      clock: {
        now: () => Date.now() + clock.ahead,
        advance: (ms) => {
          clock.ahead += ms;
        },
      },
    }),
  );
  const server: Server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await sandbox.start(base);
  const more = {
    base,
    get sandbox() {
      return sandbox;
    },
    get connectors() {
      return createConnectors({ sandbox });
    },
    contracts,
    heard,
    clock,
    context: (key: string, more: Partial<RequestContext> = {}): RequestContext => ({
      key,
      caseId: 'case-1',
      caseNumber: '99926112310424301',
      project: 'example',
      call: 'main.work',
      generation: 1,
      ...more,
    }),
    async api(method: string, path: string, body?: JsonObject) {
      const answer = await fetch(`${base}/sandbox/api${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
      });
      return { status: answer.status, body: (await answer.json().catch(() => null)) as never };
    },
    async restart() {
      await sandbox.stop();
      sandbox = createSandbox({ dataDir, contracts: () => Object.values(contracts) });
      await sandbox.start(base);
    },
    async end() {
      await sandbox.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  // Getters stay getters.
  return Object.defineProperties(world, Object.getOwnPropertyDescriptors(more)) as typeof world & typeof more;
}

async function readContracts(): Promise<{ [id: string]: ConnectorDefinition }> {
  const folder = 'workflows/connectors';
  const contracts: { [id: string]: ConnectorDefinition } = {};
  for (const file of await readdir(folder)) {
    const read = parse(await readFile(join(folder, file), 'utf8'));
    contracts[read.connector] = { events: {}, operations: {}, ...read, id: read.connector };
  }
  return contracts;
}

/** Waits until something holds; fails with what was expected when it does not within five seconds. */
export async function until<T>(what: string, look: () => T | undefined | false | null): Promise<T> {
  const end = Date.now() + 5_000;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
