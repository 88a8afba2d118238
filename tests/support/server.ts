import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CaseView, OfferView, TaskView } from '../../engine/contract/view.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';
import { DEMO_PASSWORD } from '../../server/accounts/demo.ts';
import type { Config } from '../../server/config.ts';
import { DEFAULT_SUITE } from '../../server/crypto/suites.ts';
import { createLog } from '../../server/log.ts';
import { type Running, type ServerOptions, startServer } from '../../server/server.ts';
import { databaseOf } from './hall-store.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
/** Folder whose workflows and forms the tests play. */
export const DEFINITIONS = process.env.DEFINITIONS_DIR ?? ROOT;

export function testConfig(dataDir: string, over: Partial<Config> = {}): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    database: null,
    objects: null,
    definitionsDir: DEFINITIONS,
    uiDir: join(ROOT, 'dist/ui'),
    development: true,
    sandbox: false,
    key: null,
    cipher: DEFAULT_SUITE,
    origins: [],
    proxies: 0,
    logLevel: process.env.TEST_LOG ?? 'silent',
    secondFactor: 'optional',
    oidc: null,
    metricsToken: null,
    telemetry: null,
    outside: { hosts: [], privateHosts: [], publicUrl: '', env: {} },
    ...over,
  };
}

export async function newDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'certflow-server-'));
}

/** A server on a free port with a data folder of its own, and what this run keeps cases in. */
export async function testServer(over: Partial<Config> = {}, more: Partial<ServerOptions> = {}): Promise<Running> {
  const dataDir = over.dataDir ?? (await newDataDir());
  const database = more.store ? null : await databaseOf(dataDir);
  const config = testConfig(dataDir, { database, ...over });
  return startServer({
    config,
    log: createLog(config.logLevel),
    onFatal(message) {
      throw new Error(message);
    },
    // Tests that move the clock reckon with the contract's own waiting times.
    jitter: (ms) => ms,
    ...more,
  });
}

export interface Answer<T = Json> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** A browser as far as cookies and origin go. */
export class Client {
  /** Of the node that is asked next; a balancer takes any. */
  url: string;
  /** What the page asks its answers to be in; null = it does not say. */
  language: string | null = null;
  /** How long it waits for an answer, ms; null = as long as it takes. */
  patience: number | null = null;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      origin: this.url,
      ...(cookie ? { cookie } : {}),
      ...(this.language ? { 'accept-language': this.language } : {}),
      ...(init.headers as Record<string, string>),
    };
    const signal = this.patience === null ? {} : { signal: AbortSignal.timeout(this.patience) };
    const response = await fetch(this.url + path, { method, redirect: 'manual', ...signal, ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  async ask<T = Json>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const init: RequestInit =
      body === undefined
        ? method === 'DELETE'
          ? { headers: { 'content-type': 'application/json' }, body: '{}' }
          : {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await this.raw(method, path, init);
    const text = await response.text();
    let parsed: unknown = text;
    try {
      parsed = JSON.parse(text);
    } catch {
      // Not every answer is JSON.
    }
    return { status: response.status, body: parsed as T, headers: response.headers };
  }

  async logIn(account: string, password = DEMO_PASSWORD): Promise<this> {
    const { status, body } = await this.ask('POST', '/api/session', { account, password });
    if (status !== 200) throw new Error(`login of ${account}: ${status} ${JSON.stringify(body)}`);
    return this;
  }

  async view(id: string): Promise<CaseView> {
    const { status, body } = await this.ask<CaseView>('GET', `/api/cases/${id}`);
    if (status !== 200) throw new Error(`case ${id}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Sends an event with the newest revision. */
  async send(
    id: string,
    event: string,
    given: { forms?: { [form: string]: JsonObject }; data?: JsonObject; request?: string } = {},
  ): Promise<Answer<CaseView & { error?: { code: string; message: string; blockers?: unknown; fields?: unknown } }>> {
    const { revision } = await this.view(id);
    return this.ask('POST', `/api/cases/${id}/events`, { request: crypto.randomUUID(), ...given, event, revision });
  }

  async upload(id: string, form: string, field: string, name: string, bytes: Uint8Array): Promise<Answer> {
    const data = new FormData();
    data.set('form', form);
    data.set('field', field);
    data.set('file', new Blob([Buffer.from(bytes)]), name);
    const response = await this.raw('POST', `/api/cases/${id}/files`, { body: data });
    return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
  }
}

/** An open line of events, read as it comes. */
export class Lines {
  /** What has come since it was cleared. */
  text = '';
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor(response: Response) {
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Reads on until this stands in `text`. */
  async until(what: string): Promise<void> {
    while (!this.text.includes(what)) {
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`ended after: ${this.text}`);
      this.text += value;
    }
  }

  /** @returns whether the line ends with what comes next */
  async ends(): Promise<boolean> {
    return (await this.#reader.read()).done;
  }
}

export const mineOf = (view: CaseView): TaskView | undefined => view.tasks.find(({ mine }) => mine);
export const offersOf = (view: CaseView): readonly OfferView[] => view.tasks.flatMap(({ offers }) => offers);

/** The smallest JPEG that has a size: a grey pixel. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'base64',
);

/** Waits until `check` answers something, or throws what it last saw. */
export async function eventually<T>(check: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  // Long, because the machine may be busy; what comes is seen at once.
  const end = Date.now() + 40_000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
