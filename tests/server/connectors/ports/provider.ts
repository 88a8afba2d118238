import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../../engine/model/json.ts';

/** A request as it came over the wire. */
export interface Got {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly body?: JsonObject;
}

/** How the provider takes the next request of an operation. */
export interface How {
  /** `lost`: it is done, and the answer does not arrive. `hang`: the same, and the line stays open. */
  readonly manner?: 'answer' | 'late' | 'unavailable' | 'lost' | 'hang';
  readonly outcome?: string;
  readonly data?: JsonObject;
}

/** What a provider was asked to do under one number of ours. */
export interface Deed {
  readonly operation: string;
  readonly number: string;
  readonly asked: JsonObject;
  /** Where it tells of it. */
  readonly notify: string;
  /** Null while it is open. */
  outcome: string | null;
  data: JsonObject;
}

export interface Notice {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** What a request means in the provider's protocol. */
export interface Read {
  readonly operation: string;
  readonly number: string;
  /** A question about an earlier request. */
  readonly question?: true;
  readonly asked?: JsonObject;
  readonly notify?: string;
}

/**
 * A provider on a port of this machine: it speaks a protocol of its own (`authorize`, `read`, `say`, `tell`), verifies
 * what it is sent, does one thing once for one number, and behaves as a test says. Nothing of ours signs or verifies here.
 */
export abstract class Provider {
  abstract readonly id: string;
  /** Secrets of the server's environment that fit. */
  abstract readonly env: { readonly [name: string]: string };
  readonly got: Got[] = [];
  readonly deeds: Deed[] = [];
  /** Requests that were not signed as they should. */
  strangers = 0;
  base = '';
  /** Where it tells of things, when nobody said: the server under test. */
  callback = '';
  readonly #next = new Map<string, How[]>();
  #server: Server | null = null;

  abstract authorize(got: Got): boolean;
  abstract read(got: Got): Read | null;
  abstract say(deed: Deed): Said;
  /** Signed as the provider signs. @param at epoch ms */
  abstract tell(deed: Deed, at: number): Notice;
  /** A request before all others: a token. */
  before(_got: Got): Said | null {
    return null;
  }

  next(operation: string, how: How): void {
    this.#next.set(operation, [...(this.#next.get(operation) ?? []), how]);
  }

  asUsual(): void {
    this.#next.clear();
  }

  /** What was done under its numbers. */
  done(operation: string): readonly Deed[] {
    return this.deeds.filter((deed) => deed.operation === operation);
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        const got = { method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers, body };
        const said = this.#answer(got);
        if (said === 'hang') return;
        response.writeHead(said.status, { 'content-type': 'application/json' });
        response.end(said.body === undefined ? '' : JSON.stringify(said.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Ends an open deed and tells of it. @returns the status that the server answered with */
  async settle(deed: Deed, outcome: string, data: JsonObject): Promise<number> {
    Object.assign(deed, { outcome, data });
    return this.send(deed.notify, this.tell(deed, Date.now()));
  }

  async send(url: string, { headers, body }: Notice): Promise<number> {
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  }

  #answer(got: Got): Said | 'hang' {
    const said = this.before(got);
    if (said) return said;
    if (!this.authorize(got)) {
      this.strangers += 1;
      return { status: 401, body: { reason: 'the signature is not right' } };
    }
    this.got.push(got);
    const read = this.read(got);
    if (!read) return { status: 400, body: { reason: 'no such interface' } };
    const known = this.deeds.find(({ operation, number }) => operation === read.operation && number === read.number);
    if (read.question) return known ? this.say(known) : { status: 404, body: {} };
    if (known) return this.say(known);
    const [how = {}, ...others] = this.#next.get(read.operation) ?? [];
    this.#next.set(read.operation, others);
    const { manner = 'answer', outcome = '', data = {} } = how;
    if (manner === 'unavailable') return { status: 503, body: {} };
    const deed: Deed = {
      ...{ operation: read.operation, number: read.number, asked: read.asked ?? {} },
      notify: read.notify ?? this.callback,
      outcome: manner === 'late' ? null : outcome,
      data: manner === 'late' ? {} : data,
    };
    this.deeds.push(deed);
    if (manner === 'hang') return 'hang';
    return manner === 'lost' ? { status: 502, body: {} } : this.say(deed);
  }
}

export function jsonOf(text: string): JsonObject {
  return text === '' ? {} : (JSON.parse(text) as JsonObject);
}

/** Tells the same to everybody who reads a form: sorted, without the signature. */
export function sortedForm(form: { readonly [name: string]: string }): string {
  const names = Object.keys(form)
    .filter((name) => name !== 'sign' && form[name] !== '')
    .sort();
  return names.map((name) => `${name}=${form[name]}`).join('&');
}
