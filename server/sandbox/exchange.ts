import type { ConnectorDefinition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import type { RequestContext } from '../connectors/connector.ts';
import { sign } from '../connectors/signature.ts';
import type { Payments } from './payments.ts';
import { fitTo } from './sample.ts';
import { simulatorOf } from './simulators/index.ts';
import type { Ask } from './simulators/simulator.ts';
import type { Callback, Choice, Manner, Order, Request, World } from './state.ts';

/** A portal of others, as the sandbox plays it. */
export interface SandboxPortal {
  readonly id: string;
  readonly title: string;
  readonly projects: readonly string[];
  /** Hex. */
  readonly key: string;
}

export interface Surroundings {
  /** Where the server is called back, and where a person opens pages. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly contracts: { readonly [id: string]: ConnectorDefinition };
  readonly portals?: readonly SandboxPortal[];
}

export type Reply =
  | { readonly kind: 'outcome'; readonly outcome: string; readonly data: JsonObject }
  | { readonly kind: 'pending' }
  | { readonly kind: 'unavailable' };

/** Waiting times between tries of a callback, real ms; the last one repeats. */
const patience = [300, 1_000, 3_000, 10_000, 30_000];

/** Between the server and the outside world: takes requests, answers them in the chosen manner, calls back until it is heard. */
export class Exchange {
  readonly world: World;
  /** The payment platforms; null where the payment contract is played like any other. */
  payments: Payments | null = null;
  private around: Surroundings;
  /** The server's clock minus the real one, ms. */
  private offset = 0;
  private line: Promise<unknown> = Promise.resolve();
  private delivering = false;

  constructor(world: World, around: Surroundings) {
    this.world = world;
    this.around = around;
  }

  /** The server moved (another port), or its definitions changed. */
  settle(around: Surroundings): void {
    this.around = around;
  }

  get publicUrl(): string {
    return this.around.publicUrl;
  }

  /** Whether the sandbox keeps this contract itself; what the platforms tell is told by what payers do in the wallet. */
  isPlayed(connector: string): boolean {
    return this.payments === null || connector !== 'payment';
  }

  /** Orders as the wallet shows them: those of the payment platforms, and of a payment contract that is played. */
  get orders(): readonly Order[] {
    return [...this.world.state.orders, ...(this.payments?.orders() ?? [])];
  }

  get portals(): readonly SandboxPortal[] {
    return this.around.portals ?? [];
  }

  get contracts(): Surroundings['contracts'] {
    return this.around.contracts;
  }

  now(): number {
    return Date.now() + this.offset;
  }

  /** A request of the server. The same key is the same request: it is answered alike and has its effect once. */
  perform(connector: string, operation: string, input: JsonObject | null, context: RequestContext): Promise<Reply> {
    return this.alone(async () => {
      const known = this.world.state.requests.find((one) => one.context.key === context.key);
      if (known !== undefined) return reply(known);
      if (input === null) return { kind: 'pending' };
      const choice = await this.take(`${connector}.${operation}`);
      const manner = choice?.manner ?? 'answer';
      if (manner === 'unavailable') return { kind: 'unavailable' };
      const request: Request = {
        id: await this.world.number(),
        at: this.now(),
        connector,
        operation,
        input,
        context,
        status: 'open',
        manner,
        answerAt: manner === 'late' ? Date.now() + (choice?.seconds ?? 5) * 1000 : null,
        outcome: choice?.outcome ?? null,
        data: choice?.data ?? {},
      };
      await this.world.change((state) => ({ ...state, requests: [...state.requests, request] }));
      if (manner === 'late' || manner === 'silence') return { kind: 'pending' };
      const answered = await this.answer(request);
      if (manner === 'answer') return reply(answered);
      await this.callBack(answered, 0);
      await this.callBack(answered, 1_000);
      return { kind: 'pending' };
    });
  }

  /** Answers an open request now, by callback. @returns false when it is not open any more */
  resolve(id: number, outcome: string | null, data: JsonObject = {}): Promise<boolean> {
    return this.alone(async () => {
      const request = this.world.state.requests.find((one) => one.id === id && one.status === 'open');
      if (request === undefined) return false;
      if (!this.isPlayed(request.connector)) return this.settlePayment(request, outcome ?? 'OK');
      const chosen = { ...request, data: { ...request.data, ...data }, ...(outcome === null ? {} : { outcome }) };
      await this.callBack(await this.answer(chosen), 0);
      return true;
    });
  }

  private async settlePayment(request: Request, outcome: string): Promise<boolean> {
    const done = await this.payments?.settle(request.context.key, outcome);
    await this.world.change((state) => ({
      ...state,
      requests: state.requests.map((one) => (one.id === request.id ? { ...one, status: 'answered', outcome } : one)),
    }));
    return done ?? false;
  }

  /** Sends data unasked. @param times how often the same message is sent, a second apart */
  async tell(connector: string, event: string, caseId: string, data: JsonObject, times = 1): Promise<JsonObject> {
    const contract = this.contracts[connector]?.events[event];
    const named = contract ? { [contract.id]: `EV${await this.world.number()}`, ...data } : data;
    const fitted = fitTo(contract?.data, named);
    for (let time = 0; time < times; time++)
      await this.enqueue(connector, { caseId, event, data: fitted }, time * 1_000);
    return fitted;
  }

  async choose(operation: string, choice: Choice | null): Promise<void> {
    await this.world.change((state) => {
      const { [operation]: _, ...others } = state.choices;
      return { ...state, choices: choice === null ? others : { ...others, [operation]: choice } };
    });
  }

  /** Puts the server's clock forward. @returns its time now, epoch ms */
  async advance(ms: number): Promise<number> {
    const answer = await this.post('/connectors/clock', { advance: ms });
    if (!answer.ok) throw new Error(`the server did not move its clock: HTTP ${answer.status}`);
    return this.learn(await answer.json());
  }

  async synchronise(): Promise<void> {
    const path = '/connectors/clock';
    const answer = await fetch(this.around.publicUrl + path, {
      headers: sign(this.around.secret, path, '', Date.now()),
    });
    if (answer.ok) this.learn(await answer.json());
  }

  /** To be called every so often: late answers that are due, callbacks that were not heard. */
  async tick(): Promise<void> {
    for (const request of this.world.state.requests)
      if (request.status === 'open' && request.answerAt !== null && request.answerAt <= Date.now())
        await this.resolve(request.id, null);
    await Promise.all([this.deliver(), this.payments?.tick()]);
  }

  private learn(body: unknown): number {
    const now = typeof body === 'object' && body !== null && 'now' in body ? Number(body.now) : Number.NaN;
    if (Number.isFinite(now)) this.offset = now - Date.now();
    return this.now();
  }

  /** What was chosen for the next request of this operation; null = nothing. */
  async take(operation: string): Promise<Choice | null> {
    const choice = this.world.state.choices[operation];
    if (choice === undefined) return null;
    if (choice.left !== null) {
      const left = choice.left - 1;
      await this.choose(operation, left > 0 ? { ...choice, left } : null);
    }
    return choice;
  }

  /** Settles a request: outcome, effect in the outside world, data that fit the contract. */
  private async answer(request: Request): Promise<Request> {
    const { connector, operation, input, context } = request;
    const contract = this.contracts[connector] ?? null;
    const ask: Ask = {
      world: this.world,
      operation,
      input,
      context,
      now: this.now(),
      publicUrl: this.around.publicUrl,
      contract,
      tell: (from, event, data) => this.tell(from, event, context.caseId, data),
    };
    const simulator = simulatorOf(connector, operation);
    const outcomes = contract?.operations[operation]?.outcomes ?? {};
    const outcome = request.outcome ?? simulator.decide?.(ask) ?? Object.keys(outcomes)[0] ?? 'OK';
    const told = (await simulator.effect?.(ask, outcome)) ?? {};
    const data = fitTo(outcomes[outcome]?.data, { ...told, ...request.data });
    const answered: Request = { ...request, status: 'answered', outcome, data, answerAt: null };
    await this.world.change((state) => ({
      ...state,
      requests: state.requests.map((one) => (one.id === request.id ? answered : one)),
    }));
    return answered;
  }

  private async callBack(request: Request, delay: number): Promise<void> {
    const { caseId, call, generation } = request.context;
    const { operation, outcome, data } = request;
    await this.enqueue(request.connector, { caseId, operation, call, generation, outcome, data }, delay);
  }

  private async enqueue(connector: string, body: JsonObject, delay: number): Promise<void> {
    const callback: Callback = {
      id: await this.world.number(),
      connector,
      body,
      tries: 0,
      due: Date.now() + delay,
      refused: null,
    };
    await this.world.change((state) => ({ ...state, callbacks: [...state.callbacks, callback] }));
    if (delay === 0) void this.deliver();
  }

  /** One after the other, oldest first; what the server refuses is kept to be read, not repeated. */
  private async deliver(): Promise<void> {
    if (this.delivering) return;
    this.delivering = true;
    try {
      let next = this.due();
      while (next !== undefined) {
        await this.deliverOne(next);
        next = this.due();
      }
    } finally {
      this.delivering = false;
    }
  }

  private due(): Callback | undefined {
    return this.world.state.callbacks.find((one) => one.refused === null && one.due <= Date.now());
  }

  private async deliverOne(callback: Callback): Promise<void> {
    let refused: string | null = null;
    let heard = false;
    try {
      const answer = await this.post(`/connectors/${encodeURIComponent(callback.connector)}/callback`, callback.body);
      heard = answer.ok;
      if (!heard && answer.status >= 400 && answer.status < 500) refused = `${answer.status} ${await answer.text()}`;
    } catch {
      // Not reachable: again later.
    }
    const tries = callback.tries + 1;
    const due = Date.now() + (patience[Math.min(tries - 1, patience.length - 1)] ?? 30_000);
    await this.world.change((state) => ({
      ...state,
      callbacks: heard
        ? state.callbacks.filter((one) => one.id !== callback.id)
        : state.callbacks.map((one) => (one.id === callback.id ? { ...one, tries, due, refused } : one)),
    }));
  }

  private post(path: string, body: JsonObject): Promise<Response> {
    const text = JSON.stringify(body);
    return fetch(this.around.publicUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sign(this.around.secret, path, text, Date.now()) },
      body: text,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** One at a time: two requests with one key must not both have their effect. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.line.then(work, work);
    this.line = mine.catch(() => undefined);
    return mine;
  }
}

function reply(request: Request): Reply {
  if (request.status === 'open' || request.outcome === null) return { kind: 'pending' };
  return { kind: 'outcome', outcome: request.outcome, data: request.data };
}

export const manners: readonly Manner[] = ['answer', 'late', 'silence', 'duplicate', 'unavailable'];
