import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { sampleOf } from '../../../engine/simulate/index.ts';
import type { MovableClock } from '../../../server/clock.ts';
import type { Inbox, Outcome, RequestContext } from '../../../server/connectors/connector.ts';
import { checkInput, checkOutcome, eventProblem } from '../../../server/connectors/contract.ts';
import { type Connectors, TechnicalFailure } from '../../../server/connectors/index.ts';
import { type Books, createBooks } from './books.ts';
import { type Chance, chanceOf } from './chance.ts';

export interface Answers {
  readonly caseId: string;
  readonly call: string;
  readonly generation: number;
  /** `connector.operation:OUTCOME` */
  readonly what: string;
}

/** Something that is on its way to the hall. */
export interface Letter {
  readonly due: number;
  /** The request that it answers; null when nobody asked. */
  readonly answers: Answers | null;
  deliver(inbox: Inbox): Promise<unknown>;
}

interface Asked {
  readonly answer: Outcome;
  /** From then on the other side can say how it ended. */
  readonly known: number;
}

const minute = 60_000;

/**
 * Everything that the hall talks to: it delays, repeats, reorders and loses, refuses for a while and fails for good. How
 * it treats a request follows from the seed and the request alone; what has happened is in its books.
 */
export class Outside implements Connectors {
  readonly books: Books = createBooks();
  readonly #seed: number;
  readonly #clock: Pick<MovableClock, 'now'>;
  readonly #asked = new Map<string, Asked>();
  readonly #tries = new Map<string, number>();
  readonly #contracts = new Map<string, ConnectorDefinition>();
  #letters: Letter[] = [];
  #numbers = 0;
  /** What a provider must never be asked for; each names the case. */
  readonly wrongs: string[] = [];
  /** How often each manner was met. */
  readonly met: { [manner: string]: number } = {};

  constructor(seed: number, clock: Pick<MovableClock, 'now'>) {
    this.#seed = seed;
    this.#clock = clock;
  }

  async perform(
    contract: ConnectorDefinition,
    operation: string,
    input: JsonObject,
    request: RequestContext,
  ): Promise<Outcome | 'pending'> {
    checkInput(contract, operation, input);
    this.#contracts.set(contract.id, contract);
    const where = `${contract.id}.${operation}`;
    const known = this.#asked.get(request.key);
    if (known) return this.#reply(known);
    const tries = (this.#tries.get(request.key) ?? 0) + 1;
    this.#tries.set(request.key, tries);
    const how = chanceOf(this.#seed, request.caseNumber, request.call, request.generation, where, tries);
    const manner = how.weighed({ answers: 58, late: 12, silent: 3, unreachable: 11, lost: 8, twice: 8 });
    this.#count(manner);
    if (manner === 'unreachable') throw new TechnicalFailure(where, 'not reachable');
    const answer = this.#do(contract, operation, input, request, how);
    checkOutcome(contract, operation, answer);
    const now = this.#clock.now();
    const asked: Asked = {
      answer,
      // Who says nothing by himself can still be asked, after a time that is longer than some limits.
      known:
        manner === 'silent'
          ? now + how.below(20 * 24 * 60) * minute
          : manner === 'late'
            ? now + how.below((how.percent(25) ? 20 : 3) * 24 * 60) * minute
            : now,
    };
    this.#asked.set(request.key, asked);
    // The request arrived and was done; only the answer did not come back.
    if (manner === 'lost') throw new TechnicalFailure(where, 'the connection broke');
    if (manner === 'answers') return answer;
    if (manner === 'late') this.#tell(asked.known, where, request, answer);
    if (manner === 'twice') {
      this.#tell(now, where, request, answer);
      this.#tell(now + how.below(60) * minute, where, request, answer);
    }
    return 'pending';
  }

  async poll(
    _contract: ConnectorDefinition,
    _operation: string,
    request: RequestContext,
  ): Promise<Outcome | 'pending'> {
    const known = this.#asked.get(request.key);
    return known ? this.#reply(known) : 'pending';
  }

  async send(_message: unknown, request: RequestContext): Promise<void> {
    const tries = (this.#tries.get(request.key) ?? 0) + 1;
    this.#tries.set(request.key, tries);
    if (
      chanceOf(this.#seed, request.caseNumber, request.call, request.key.split(':').slice(1).join(':'), tries).percent(
        15,
      )
    )
      throw new TechnicalFailure('message', 'not reachable');
  }

  /** The payer pays an order, open or closed, once more or again, the right sum or another. */
  pay(caseId: string, how: Chance): boolean {
    const orders = this.books.orders.filter((order) => order.caseId === caseId);
    if (orders.length === 0) return false;
    const order = how.percent(80) ? orders.at(-1)! : how.pick(orders);
    const kind = order.payments.length > 0 ? 'again' : order.closed ? 'afterClose' : 'first';
    // Who has paid seldom pays again, and a closed order is seldom still on somebody's screen.
    if (kind === 'again' && !how.percent(15)) return false;
    if (kind === 'afterClose' && !how.percent(30)) return false;
    const amount = how.percent(12) ? order.amount + how.pick([-1, 1, 100]) : order.amount;
    const payment = this.books.pay(order, Math.max(amount, 1), `T${++this.#numbers}`);
    this.#count(`paid ${kind}`);
    if (payment.amount !== order.amount) this.#count('paid another sum');
    const now = this.#clock.now();
    const notice = this.#notice(order, payment);
    // A provider repeats a notice until it is heard: what is lost is late.
    const times = how.weighed({ once: 58, twice: 20, late: 22 });
    this.#count(`notice ${times}`);
    const first = now + (times === 'late' ? how.below(72 * 60) : how.below(3)) * minute;
    this.#event('payment', 'notice', caseId, notice, first);
    if (times === 'twice') this.#event('payment', 'notice', caseId, notice, first + how.below(30) * minute);
    return true;
  }

  /** Something that nobody asked for, under the contract of the case; now and then twice. */
  unasked(contract: ConnectorDefinition, event: string, caseId: string, how: Chance): void {
    const schema = contract.events[event]?.data as JsonObject | undefined;
    const id = contract.events[event]?.id;
    const data: { [name: string]: JsonObject[string] } = { ...this.#invent(schema, {}, how) };
    for (const [name, rules] of Object.entries((schema?.properties ?? {}) as { [name: string]: JsonObject }))
      if (Array.isArray(rules.enum) && rules.enum.length > 0) data[name] = how.pick(rules.enum);
    if (id !== undefined) data[id] = `E${++this.#numbers}`;
    if (eventProblem(contract, event, data) !== null) return;
    this.#count(`${contract.id}.${event}`);
    for (let n = how.percent(20) ? 2 : 1; n > 0; n -= 1)
      this.#event(contract.id, event, caseId, data, this.#clock.now() + (n - 1) * minute);
  }

  /** Some letters that are due, in no order. The sender keeps each until it was heard. */
  due(how: Chance, most: number): readonly Letter[] {
    const now = this.#clock.now();
    const due = this.#letters.filter((letter) => letter.due <= now);
    const some: Letter[] = [];
    while (some.length < most && due.length > 0) some.push(...due.splice(how.below(due.length), 1));
    return some;
  }

  /** It was heard. */
  drop(letter: Letter): void {
    this.#letters = this.#letters.filter((one) => one !== letter);
  }

  /** When the next letter is due, or null. */
  next(): number | null {
    return this.#letters.length === 0 ? null : Math.min(...this.#letters.map(({ due }) => due));
  }

  #reply(known: Asked): Outcome | 'pending' {
    return known.known <= this.#clock.now() ? known.answer : 'pending';
  }

  #tell(due: number, where: string, request: RequestContext, answer: Outcome): void {
    const { caseId, call, generation } = request;
    const answers = { caseId, call, generation, what: `${where}:${answer.outcome}` };
    this.#letters.push({ due, answers, deliver: (inbox) => inbox.outcome({ caseId, call, generation }, answer) });
  }

  #event(connector: string, event: string, caseId: string, data: JsonObject, due: number): void {
    this.#letters.push({ due, answers: null, deliver: (inbox) => inbox.event(connector, event, { caseId }, data) });
  }

  #notice(
    order: { readonly number: string },
    payment: { readonly transaction: string; readonly amount: number },
  ): JsonObject {
    const { transaction, amount } = payment;
    return { transaction, orderNumber: order.number, amount };
  }

  /** What is asked for happens, once: outcome, data that fit the contract, and the books. */
  #do(
    contract: ConnectorDefinition,
    operation: string,
    input: JsonObject,
    request: RequestContext,
    how: Chance,
  ): Outcome {
    const { caseId } = request;
    const where = `${contract.id}.${operation}`;
    const outcomes = contract.operations[operation]?.outcomes ?? {};
    const names = Object.keys(outcomes);
    let outcome = names.length > 1 && how.percent(22) ? how.pick(names.slice(1)) : (names[0] ?? 'OK');
    if (where === 'payment.query' || where === 'payment.close') {
      const order = this.books.orders.find(({ number }) => number === input.orderNumber);
      const paid = order?.payments ?? [];
      outcome = paid.length > 0 ? 'PAID' : where === 'payment.query' ? 'UNPAID' : 'CLOSED';
      if (order && outcome === 'CLOSED') order.closed = true;
      // Whoever says PAID delivers the notice as well.
      for (const payment of order ? paid : [])
        this.#event('payment', 'notice', caseId, this.#notice(order!, payment), this.#clock.now());
    }
    const data: { [name: string]: JsonObject[string] } = {
      ...this.#invent(outcomes[outcome]?.data as JsonObject | undefined, input, how),
    };
    if (where === 'payment.createOrder' && outcome === 'CREATED')
      this.books.orders.push({
        ...{ number: String(data.orderNumber), caseId, amount: Number(data.amount), closed: false, payments: [] },
      });
    if (where === 'payment.refund' && outcome === 'OK') {
      const wrong = this.books.refund(caseId, String(input.transaction), Number(input.amount));
      if (wrong !== null) this.wrongs.push(`${request.caseNumber}: ${wrong}`);
    }
    if (where === 'bank.microDeposit' && outcome === 'OK')
      this.books.deposits.push({ caseId, remark: String(input.remark) });
    if (where === 'bank.refund' && outcome === 'OK') this.books.sentBack.push({ caseId, amount: Number(input.amount) });
    if (where === 'ca.produce' && outcome === 'PRODUCED')
      this.books.certificates.push({ caseId, serial: String(data.serial), revoked: false });
    if (where === 'ca.revoke' && outcome === 'REVOKED')
      for (const one of this.books.certificates) if (one.serial === input.serial) one.revoked = true;
    return Object.keys(data).length === 0 ? { outcome } : { outcome, data };
  }

  /** The smallest data that fit, with numbers that nobody else was given; what was asked is repeated. */
  #invent(schema: JsonObject | undefined, input: JsonObject, how: Chance): JsonObject {
    if (schema === undefined) return {};
    const sample = sampleOf(schema) as JsonObject;
    const properties = (schema.properties ?? {}) as { readonly [name: string]: JsonObject };
    const data: { [name: string]: JsonObject[string] } = { ...sample };
    for (const [name, rules] of Object.entries(properties)) {
      if (!(name in sample)) continue;
      if (rules.format === 'date-time')
        data[name] = new Date(this.#clock.now() + how.below(48 * 60) * minute).toISOString();
      else if (rules.type === 'string' && !rules.enum && !rules.format && !rules.pattern)
        data[name] = `${name.slice(0, 3).toUpperCase()}${++this.#numbers}`;
      if (name in input && typeof input[name] !== 'object') data[name] = input[name]!;
    }
    return data;
  }

  #count(what: string): void {
    this.met[what] = (this.met[what] ?? 0) + 1;
  }
}
