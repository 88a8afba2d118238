import { randomUUID } from 'node:crypto';
import { objectOf, type Scope, type Type, typeOfSchema } from '../../../engine/expressions/index.ts';
import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import { type HttpBinding, type HttpRequest, requestSchema } from '../../../engine/model/http.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import type { Connector, Outcome, Received, RequestContext, Taken } from '../connector.ts';
import { ContractViolation, TechnicalFailure } from '../failure.ts';
import { type Credentials, MissingCredential } from '../outside/credentials.ts';
import { HostRefused, type Outside } from '../outside/hosts.ts';
import type { References } from '../outside/references.ts';
import { sorted } from '../sorted.ts';
import { receive } from './callback.ts';
import { filled, holds, MappingFailed, pathOf } from './mapping.ts';
import { parametersOf, put, wordOf } from './parameters.ts';
import { signature } from './signed.ts';
import { Tokens } from './token.ts';

export interface HttpTools {
  readonly outside: Outside;
  readonly credentials: Credentials;
  readonly references: References;
  /** Where the other side reaches us, without a slash at the end; empty when nobody can. */
  readonly publicUrl: string;
  /** Another base for a connector, of the environment: the provider's test system. */
  baseOf(connector: string): string | undefined;
}

interface Heard {
  readonly status: number;
  readonly headers: JsonObject;
  readonly body: string;
}

type Bound = ConnectorDefinition & { readonly http: HttpBinding };

/** Real time: the other side's clock is not moved by our sandbox. */
const now = (): number => Date.now();

/**
 * Keeps a contract over HTTP as its file says: no program for a provider whose protocol the language can express.
 * A request that may have arrived is asked for before it is sent again, where `ask` says how.
 */
export class HttpConnector implements Connector {
  readonly id: string;
  readonly #contract: Bound;
  readonly #tools: HttpTools;
  readonly #tokens: Tokens | null;

  constructor(contract: Bound, tools: HttpTools) {
    this.id = contract.id;
    const { oauth } = contract.http.authorization ?? {};
    this.#tokens = oauth ? new Tokens(oauth, tools) : null;
    this.#contract = contract;
    this.#tools = tools;
  }

  get base(): string {
    return (this.#tools.baseOf(this.id) ?? this.#contract.http.base).replace(/\/$/, '');
  }

  async perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'> {
    const { send, ask } = this.#exchange(operation);
    if (request.again && ask) {
      const found = await this.#once(operation, ask, input, request);
      if (found !== 'absent') return found;
    }
    return this.#known(operation, await this.#once(operation, send, input, request));
  }

  async poll(operation: string, request: RequestContext): Promise<Outcome | 'pending'> {
    const { ask } = this.#exchange(operation);
    if (!ask) return 'pending';
    // The input is gone when a result is asked for; `ask` speaks of `request`.
    const found = await this.#once(operation, ask, {}, request);
    return found === 'absent' ? 'pending' : found;
  }

  receive(message: Received): Promise<Taken> {
    return receive(this.#contract, message, this.#tools);
  }

  #exchange(operation: string) {
    const exchange = this.#contract.http.operations[operation];
    if (!exchange) throw new ContractViolation(`${this.id}.${operation}`, 'the file does not say how it is sent');
    return exchange;
  }

  #known(operation: string, result: Outcome | 'pending' | 'absent'): Outcome | 'pending' {
    if (result === 'absent') throw new TechnicalFailure(`${this.id}.${operation}`, 'the request did not arrive');
    return result;
  }

  async #once(
    operation: string,
    how: HttpRequest,
    input: JsonObject,
    request: RequestContext,
  ): Promise<Outcome | 'pending' | 'absent'> {
    const where = `${this.id}.${operation}`;
    try {
      const scope = await this.#scope(operation, input, request);
      const answer = await this.#send(how, scope);
      return this.#meaning(where, how, scope, answer);
    } catch (error) {
      if (error instanceof HostRefused || error instanceof MissingCredential || error instanceof MappingFailed)
        throw new ContractViolation(where, error.message);
      if (error instanceof ContractViolation || error instanceof TechnicalFailure) throw error;
      throw new TechnicalFailure(where, error instanceof Error ? error.message : 'no answer');
    }
  }

  async #scope(operation: string, input: JsonObject, request: RequestContext): Promise<Scope> {
    const { references, publicUrl } = this.#tools;
    const reference = await references.remember(this.id, operation, request);
    const { key, caseNumber, project } = request;
    const at = now();
    const callback = `${publicUrl}/connectors/${this.id}/callback`;
    const about = { reference, key, caseNumber, project, callback, at: new Date(at).toISOString() };
    const schema = this.#contract.operations[operation]?.input;
    const types = objectFields({ input: typeOfSchema(schema), request: typeOfSchema(requestSchema) });
    return { values: { input, request: about, now: at }, types };
  }

  /** A token that is refused is fetched anew, once: it may have been taken back. */
  async #send(how: HttpRequest, scope: Scope): Promise<Heard> {
    const token = await this.#tokens?.get(this.base, this.#contract.http.timeout);
    const heard = await this.#sendOnce(how, scope, token);
    if (heard.status !== 401 || token === undefined || !this.#tokens) return heard;
    this.#tokens.forget(token);
    return this.#sendOnce(how, scope, await this.#tokens.get(this.base, this.#contract.http.timeout));
  }

  async #sendOnce(how: HttpRequest, scope: Scope, token: string | undefined): Promise<Heard> {
    const { authorization = {}, timeout } = this.#contract.http;
    const { credentials, outside } = this.#tools;
    const form = how.as === 'form';
    const query = filled(how.query, scope);
    const content = how.body === undefined ? undefined : filled(how.body, scope);
    const written = Object.entries(filled(how.headers as JsonObject | undefined, scope));
    const headers: { [name: string]: string } = {
      accept: 'application/json',
      ...(content === undefined
        ? {}
        : { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
      ...Object.fromEntries(written.map(([name, value]) => [name, headerOf(name, value)])),
    };
    const message = { headers, parameters: content ?? query };
    const time = String(authorization.time?.unit === 'seconds' ? Math.floor(now() / 1000) : now());
    const id = randomUUID();
    put(authorization.time, time, message);
    put(authorization.id, id, message);
    const signing = authorization.hmac ?? authorization.rsa;
    const ordered = sorted(parametersOf(message.parameters), signing?.field === undefined ? [] : [signing.field]);
    const bodyOf = () => (content === undefined ? undefined : form ? formOf(content) : JSON.stringify(content));
    const urlOf = () => {
      const url = new URL(this.base + pathOf(how.path, scope));
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, wordOf(value));
      return url;
    };
    const { pathname, search } = urlOf();
    const places = { method: how.method, path: pathname + search, time, id, body: bodyOf() ?? '', sorted: ordered };
    const signed = signature(authorization, places, credentials);
    if (signed !== null) put(signing, signed, message);
    if (authorization.bearer) headers.authorization = `Bearer ${credentials.get(authorization.bearer)}`;
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    if (authorization.header) headers[authorization.header.name] = credentials.get(authorization.header.secret);
    if (authorization.basic) {
      const { user, password } = authorization.basic;
      const pair = `${credentials.get(user)}:${credentials.get(password)}`;
      headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
    }
    const body = bodyOf();
    const asked = { method: how.method, headers, timeout, ...(body === undefined ? {} : { body }) };
    const answer = await outside.ask(urlOf().href, asked);
    return { status: answer.status, headers: { ...answer.headers }, body: answer.body.toString('utf8') };
  }

  #meaning(where: string, how: HttpRequest, asked: Scope, answer: Heard): Outcome | 'pending' | 'absent' {
    const scope: Scope = {
      values: { ...asked.values, status: answer.status, headers: answer.headers, answer: parsed(answer.body) },
      types: { ...asked.types, ...objectFields({ answer: typeOfSchema(how.answer) }) },
    };
    for (const result of how.results) {
      const isStatus = result.status
        ? result.status.includes(answer.status)
        : answer.status >= 200 && answer.status < 300;
      if (!isStatus || !holds(result.if, scope)) continue;
      if (result.pending) return 'pending';
      if (result.absent) return 'absent';
      if (result.outcome !== undefined) return { outcome: result.outcome, data: filled(result.data, scope) };
    }
    throw new TechnicalFailure(where, `HTTP ${answer.status} means nothing that the file says`);
  }
}

function objectFields(fields: { readonly [name: string]: Type }) {
  const type = objectOf(fields);
  return type.kind === 'object' ? type.fields : {};
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** @throws MappingFailed for what would begin another header */
function headerOf(name: string, value: Json): string {
  const word = wordOf(value);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(word)) throw new MappingFailed(name, 'is not a header');
  return word;
}

function formOf(content: JsonObject): string {
  return new URLSearchParams(
    Object.fromEntries(Object.entries(content).map(([name, value]) => [name, wordOf(value)])),
  ).toString();
}
