import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { load } from '../../../../engine/load.ts';
import type { ConnectorDefinition } from '../../../../engine/model/definition.ts';
import type { JsonObject } from '../../../../engine/model/json.ts';
import type { Outcome, RequestContext } from '../../../../server/connectors/connector.ts';
import { connectorRoutes, createConnectors } from '../../../../server/connectors/index.ts';
import { createCredentials } from '../../../../server/connectors/outside/credentials.ts';
import { createOutside } from '../../../../server/connectors/outside/hosts.ts';
import { createReferences } from '../../../../server/connectors/outside/references.ts';
import type { Refusal } from '../../../../server/connectors/outside/refusals.ts';
import { filesOfProject, readReleaseFiles } from '../../../../server/releases/files.ts';
import { createMemoryStore } from '../../../../server/store/memory.ts';
import { DEFINITIONS } from '../../../support/server.ts';
import { startWorld, until } from '../../sandbox/world.ts';
import type { How, Provider } from './provider.ts';

export type Heard =
  | { readonly kind: 'outcome'; readonly call: string; readonly generation: number; readonly outcome: Outcome }
  | { readonly kind: 'event'; readonly name: string; readonly data: JsonObject };

/** One outside system behind its contract, whoever keeps it, with the strings that a test pulls. */
export interface Port {
  readonly contract: ConnectorDefinition;
  /** What was told of the case, oldest first. */
  readonly heard: Heard[];
  next(operation: string, how: How): Promise<void>;
  /** Nothing that was chosen holds any more. */
  asUsual(): Promise<void>;
  perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'>;
  poll(operation: string, request: RequestContext): Promise<Outcome | 'pending'>;
  /** Ends what is open and tells of it. */
  settle(operation: string, outcome: string, data: JsonObject): Promise<void>;
  /** Tells something unasked of the newest request of an operation. */
  tell(operation: string, event: string, data: JsonObject, times: number): Promise<void>;
  /** How often it was done for the other side. */
  done(operation: string): number;
  close(): Promise<void>;
}

export function requestOf(key: string): RequestContext {
  return {
    ...{ key, caseId: 'case-1', caseNumber: '99926112310424301', project: 'example' },
    ...{ call: `main.work.${key}`, generation: 4 },
  };
}

/** The contract as a release holds it, with its `http:`. */
export async function contractOf(id: string): Promise<ConnectorDefinition> {
  const { definition } = load(filesOfProject(await readReleaseFiles(DEFINITIONS), 'szmg'), 'szmg');
  const found = definition?.connectors[id];
  if (!found) throw new Error(`no contract ${id}`);
  return found;
}

export interface Wire extends Port {
  readonly url: string;
  readonly refused: Omit<Refusal, 'at'>[];
}

/** The file's own `http:` against a provider that speaks its protocol, with the routes that callbacks arrive at. */
export async function wire(provider: Provider, { timeout }: { readonly timeout?: number } = {}): Promise<Wire> {
  const written = await contractOf(provider.id);
  const { http } = written;
  const contract = http && timeout ? { ...written, http: { ...http, timeout } } : written;
  await provider.listen();
  const heard: Heard[] = [];
  const refused: Omit<Refusal, 'at'>[] = [];
  const app = express();
  const server: Server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider.callback = `${url}/connectors/${provider.id}/callback`;
  const connectors = createConnectors({
    sandbox: null,
    http: {
      outside: createOutside({ hosts: [], privateHosts: [new URL(provider.base).host] }),
      credentials: createCredentials(provider.env),
      references: createReferences(createMemoryStore()),
      publicUrl: url,
      baseOf: () => provider.base,
    },
  });
  app.use(
    connectorRoutes({
      sandbox: null,
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
      contractOf: async () => contract,
      clients: {
        receive: async (id, message) => (await connectors.receive?.(id, [contract], message)) ?? null,
        refusals: { record: (one) => refused.push(one) },
      },
      clock: { now: Date.now, advance: () => undefined },
    }),
  );
  const newest = (operation: string) => {
    const deed = provider.done(operation).at(-1);
    if (!deed) throw new Error(`${operation} was never asked`);
    return deed;
  };
  return {
    contract,
    heard,
    refused,
    url,
    next: async (operation, how) => provider.next(operation, how),
    asUsual: async () => provider.asUsual(),
    perform: (operation, input, request) => connectors.perform(contract, operation, input, request),
    poll: (operation, request) => connectors.poll(contract, operation, request),
    async settle(operation, outcome, data) {
      const status = await provider.settle(newest(operation), outcome, data);
      if (status !== 200) throw new Error(`the server answered ${status}`);
    },
    async tell(operation, _event, data, times) {
      const deed = { ...newest(operation), outcome: 'RETURNED', data };
      const message = provider.tell(deed, Date.now());
      for (let n = 0; n < times; n += 1) {
        const status = await provider.send(deed.notify, message);
        if (status !== 200) throw new Error(`the server answered ${status}`);
      }
    },
    done: (operation) => provider.done(operation).length,
    async close() {
      provider.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same contract kept by the development sandbox. */
export async function toy(id: string): Promise<Port> {
  const world = await startWorld();
  const contract = world.contracts[id];
  if (!contract) throw new Error(`no contract ${id}`);
  interface Taken {
    readonly id: number;
    readonly connector: string;
    readonly operation: string;
  }
  let known: readonly Taken[] = [];
  const look = async () => {
    known = (await world.api('GET', '/requests')).body as Taken[];
    return known.filter((one) => one.connector === id);
  };
  const newest = async (operation: string) => {
    const found = (await look()).findLast((one) => one.operation === operation);
    if (!found) throw new Error(`${operation} was never asked`);
    return found;
  };
  return {
    contract,
    heard: world.heard,
    async next(operation, { manner = 'answer', outcome, data = {} }) {
      // The sandbox has no word for an answer that is lost; it is as if nothing had come.
      const how = manner === 'late' ? 'silence' : manner === 'lost' || manner === 'hang' ? 'unavailable' : manner;
      const body = { operation: `${id}.${operation}`, manner: how, data, ...(outcome ? { outcome } : {}) };
      await world.api('POST', '/next', body);
    },
    async asUsual() {
      await world.api('DELETE', '/next');
    },
    async perform(operation, input, request) {
      const result = await world.connectors.perform(contract, operation, input, request).finally(look);
      return result;
    },
    poll: (operation, request) => world.connectors.poll(contract, operation, request),
    async settle(operation, outcome, data) {
      const before = world.heard.length;
      const { id: request } = await newest(operation);
      await world.api('POST', '/answer', { id: request, outcome, data });
      await until('the outcome', () => world.heard.length > before);
    },
    async tell(_operation, event, data, times) {
      const before = world.heard.length;
      await world.api('POST', '/event', { connector: id, event, caseId: 'case-1', data, times });
      await until('the message', () => world.heard.length >= before + times);
    },
    done: (operation) => known.filter((one) => one.connector === id && one.operation === operation).length,
    close: () => world.end(),
  };
}
