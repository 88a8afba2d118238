import type { ConnectorDefinition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { sampleOf } from '../../../engine/simulate/index.ts';
import type { MovableClock } from '../../../server/clock.ts';
import type { Outcome, RequestContext } from '../../../server/connectors/connector.ts';
import { checkInput, checkOutcome, checkSame, eventProblem } from '../../../server/connectors/contract.ts';
import { type Connectors, TechnicalFailure } from '../../../server/connectors/index.ts';
import { type Books, createBooks, type Order, type Payment } from './books.ts';
import { type Chance, chanceOf } from './chance.ts';
import { mannersOf, silence } from './manners.ts';
import { Post } from './post.ts';
import type { Tally } from './tally.ts';

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
  readonly post: Post;
  /** What a provider must never be asked for; each names the case. */
  readonly wrongs: string[] = [];
  readonly #seed: number;
  readonly #clock: Pick<MovableClock, 'now'>;
  readonly #tally: Tally;
  readonly #asked = new Map<string, Asked>();
  readonly #tries = new Map<string, number>();
  /** Case, call and generation -> what was answered. */
  readonly #answered = new Map<string, string>();
  #numbers = 0;

  constructor(seed: number, clock: Pick<MovableClock, 'now'>, tally: Tally) {
    this.#seed = seed;
    this.#clock = clock;
    this.#tally = tally;
    this.post = new Post(() => clock.now(), tally);
  }

  async perform(
    contract: ConnectorDefinition,
    operation: string,
    input: JsonObject,
    request: RequestContext,
  ): Promise<Outcome | 'pending'> {
    checkInput(contract, operation, input);
    const where = `${contract.id}.${operation}`;
    const known = this.#asked.get(request.key);
    if (known) {
      this.#tally.count('request again under its key');
      return this.#reply(known, request);
    }
    const tries = (this.#tries.get(request.key) ?? 0) + 1;
    this.#tries.set(request.key, tries);
    const how = chanceOf(this.#seed, request.caseNumber, request.call, request.generation, where, tries);
    const manners = mannersOf(where);
    const manner = how.weighed(manners.weights);
    this.#tally.count(`request ${manner}`);
    if (manner === 'unreachable') throw new TechnicalFailure(where, 'not reachable');
    const answer = this.#do(contract, operation, input, request, how);
    checkOutcome(contract, operation, answer);
    checkSame(contract, operation, input, answer);
    const now = this.#clock.now();
    const wait = manner === 'silent' ? silence(how) : manner === 'late' ? manners.late(how) : 0;
    const asked: Asked = { answer, known: now + wait };
    this.#asked.set(request.key, asked);
    // The request arrived and was done; only the answer did not come back.
    if (manner === 'lost') throw new TechnicalFailure(where, 'the connection broke');
    if (manner === 'answers') return this.#reply(asked, request);
    if (manner === 'late') this.#tell(asked.known, contract, operation, request, answer);
    if (manner === 'twice') {
      this.#tell(now, contract, operation, request, answer);
      this.#tell(now + how.below(60) * minute, contract, operation, request, answer);
    }
    return 'pending';
  }

  async poll(
    _contract: ConnectorDefinition,
    _operation: string,
    request: RequestContext,
  ): Promise<Outcome | 'pending'> {
    const known = this.#asked.get(request.key);
    return known ? this.#reply(known, request) : 'pending';
  }

  async send(_message: unknown, request: RequestContext): Promise<void> {
    const tries = (this.#tries.get(request.key) ?? 0) + 1;
    this.#tries.set(request.key, tries);
    const rest = request.key.split(':').slice(1).join(':');
    if (!chanceOf(this.#seed, request.caseNumber, request.call, rest, tries).percent(15)) return;
    this.#tally.count('message not sent');
    throw new TechnicalFailure('message', 'not reachable');
  }

  /** What was really answered to a request, or null. */
  answerTo(caseId: string, call: string, generation: number): string | null {
    return this.#answered.get(`${caseId}|${call}|${generation}`) ?? null;
  }

  /** The payer pays an order, open or closed, once more or again, the right sum or another. @returns whether he did */
  pay(caseId: string, how: Chance): boolean {
    const orders = this.books.orders.filter((order) => order.caseId === caseId);
    if (orders.length === 0) return false;
    const order = how.percent(85) ? orders.at(-1)! : how.pick(orders);
    const hasPaid = orders.some(({ payments }) => payments.length > 0);
    const kind = hasPaid ? 'again' : order.closed ? 'after the order was closed' : 'an order';
    // Who has paid seldom pays again, and a closed order is seldom still on somebody's screen.
    if (kind === 'again' && !how.percent(12)) return false;
    if (kind === 'after the order was closed' && !how.percent(40)) return false;
    if (hasPaid && order.closed) this.#tally.count('paid after the order was closed');
    const amount = how.percent(10) ? order.amount + how.pick([-1, 1, 100]) : order.amount;
    const payment = this.books.pay(order, Math.max(amount, 1), `T${++this.#numbers}`);
    this.#tally.count(`paid ${kind}`);
    if (payment.amount !== order.amount) this.#tally.count('paid another sum');
    // A provider repeats a notice until it is heard: what is lost is late.
    const times = how.weighed({ once: 56, twice: 20, late: 24 });
    this.#tally.count(`notice ${times}`);
    const first = this.#clock.now() + (times === 'late' ? how.below(72 * 60) : how.below(3)) * minute;
    this.#notice(order, payment, first);
    if (times === 'twice') this.#notice(order, payment, first + how.below(30) * minute);
    return true;
  }

  /** Money comes to the institution's own account: the price, a part of it, too much, or once more. */
  remit(caseId: string, price: number, how: Chance): void {
    const amount = how.weighed({ price: 76, part: 14, more: 10 });
    this.#tally.count(amount === 'price' ? 'remitted' : `remitted ${amount === 'part' ? 'a part' : 'too much'}`);
    const sum = amount === 'price' ? price : amount === 'part' ? 1 + how.below(price) : price + 1 + how.below(5_000);
    this.books.remittances.push({ caseId, transaction: `BANK${++this.#numbers}`, amount: sum });
  }

  /** Something that nobody asked for, under the contract of the case; now and then twice. */
  unasked(contract: ConnectorDefinition, event: string, caseId: string, how: Chance): void {
    const data = this.#happening(contract, event, caseId, how);
    if (data === null || eventProblem(contract, event, data) !== null) return;
    this.#tally.count(`${contract.id}.${event}`);
    const twice = how.percent(20);
    if (twice) this.#tally.count('event twice');
    for (let n = twice ? 2 : 1; n > 0; n -= 1)
      this.#event(contract.id, event, caseId, data, this.#clock.now() + (n - 1) * minute);
  }

  /** Data of an event; null where it cannot have happened. */
  #happening(contract: ConnectorDefinition, event: string, caseId: string, how: Chance): JsonObject | null {
    const schema = contract.events[event]?.data as JsonObject | undefined;
    const id = contract.events[event]?.id;
    const data: { [name: string]: JsonObject[string] } = { ...this.#invent(schema, {}, how) };
    for (const [name, rules] of Object.entries((schema?.properties ?? {}) as { [name: string]: JsonObject }))
      if (Array.isArray(rules.enum) && rules.enum.length > 0) data[name] = how.pick(rules.enum);
    if (contract.id === 'bank' && !this.books.deposits.some((one) => one.caseId === caseId)) return null;
    if (contract.id === 'ca') {
      const certificate = this.books.certificates.findLast((one) => one.caseId === caseId);
      if (!certificate) return null;
      if (event === 'ended') certificate.valid = false;
      return { ...data, serial: certificate.serial };
    }
    if (id !== undefined) data[id] = `E${++this.#numbers}`;
    return data;
  }

  #reply(known: Asked, request: RequestContext): Outcome | 'pending' {
    if (known.known > this.#clock.now()) return 'pending';
    this.#note(request, known.answer);
    return known.answer;
  }

  #note({ caseId, call, generation }: RequestContext, { outcome }: Outcome): void {
    this.#answered.set(`${caseId}|${call}|${generation}`, outcome);
  }

  #tell(due: number, contract: ConnectorDefinition, operation: string, request: RequestContext, answer: Outcome): void {
    const { caseId, call, generation } = request;
    this.#note(request, answer);
    this.post.send({ connector: contract.id, due, says: { caseId, operation, call, generation, ...answer } });
  }

  #event(connector: string, event: string, caseId: string, data: JsonObject, due: number, heard?: () => void): void {
    this.post.send({ connector, due, says: { caseId, event, data }, ...(heard && { heard }) });
  }

  #notice(order: Order, payment: Payment, due: number): void {
    const { transaction, amount } = payment;
    const data = { transaction, orderNumber: order.number, amount };
    this.#event('payment', 'notice', order.caseId, data, due, () => {
      payment.told = true;
    });
  }

  /** What is asked for happens, once: outcome, data that fit the contract, and the books. */
  #do(
    contract: ConnectorDefinition,
    operation: string,
    input: JsonObject,
    request: RequestContext,
    how: Chance,
  ): Outcome {
    const where = `${contract.id}.${operation}`;
    const outcomes = contract.operations[operation]?.outcomes ?? {};
    const names = Object.keys(outcomes);
    const outcome =
      this.#paidOrNot(where, input) ??
      (names.length > 1 && how.percent(16) ? how.pick(names.slice(1)) : (names[0] ?? 'OK'));
    const data = this.#invent(outcomes[outcome]?.data as JsonObject | undefined, input, how);
    this.#write(`${where}:${outcome}`, input, data, request);
    return Object.keys(data).length === 0 ? { outcome } : { outcome, data };
  }

  #paidOrNot(where: string, input: JsonObject): string | null {
    if (where !== 'payment.query' && where !== 'payment.close') return null;
    const order = this.books.orders.find(({ number }) => number === input.orderNumber);
    const paid = order?.payments ?? [];
    // Whoever says PAID delivers the notice as well.
    for (const payment of paid) this.#notice(order!, payment, this.#clock.now());
    if (paid.length > 0) return 'PAID';
    if (where === 'payment.query') return 'UNPAID';
    if (order) order.closed = true;
    return 'CLOSED';
  }

  #write(what: string, input: JsonObject, data: JsonObject, { caseId, caseNumber }: RequestContext): void {
    const { books } = this;
    if (what === 'payment.createOrder:CREATED')
      books.orders.push({
        ...{ number: String(data.orderNumber), caseId, amount: Number(data.amount), closed: false, payments: [] },
      });
    if (what === 'payment.refund:OK') {
      const wrong = books.refund(caseId, String(input.transaction), Number(input.amount));
      if (wrong !== null) this.wrongs.push(`${caseNumber}: ${wrong}`);
    }
    if (what === 'bank.microDeposit:OK') books.deposits.push({ caseId, remark: String(input.remark) });
    if (what === 'bank.refund:OK') books.sentBack.push({ caseId, amount: Number(input.amount) });
    if (what === 'ca.produce:PRODUCED') books.certificates.push({ caseId, serial: String(data.serial), valid: true });
    if (what === 'ca.revoke:REVOKED')
      for (const one of books.certificates) if (one.serial === input.serial) one.valid = false;
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
      else if (rules.format === 'date')
        data[name] = new Date(this.#clock.now() + (365 + how.below(365)) * 24 * 60 * minute).toISOString().slice(0, 10);
      else if (rules.type === 'boolean') data[name] = how.percent(10);
      else if (rules.type === 'string' && !rules.enum && !rules.format && !rules.pattern)
        data[name] = `${name.slice(0, 3).toUpperCase()}${++this.#numbers}`;
      if (name in input && typeof input[name] !== 'object') data[name] = input[name]!;
    }
    return data;
  }
}
