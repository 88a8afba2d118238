import type { CaseState } from '../../../engine/model/case.ts';
import type { Calendar } from '../../../engine/model/command.ts';
import type { Definition } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { sampleOf } from '../../../engine/simulate/index.ts';
import type { Applied } from '../../../server/cases/answers.ts';
import type { Chance } from './chance.ts';
import type { VirtualClock } from './clock.ts';
import { corrections, flags, ownValues, receiptOf, unregistered, type Values } from './fills.ts';
import type { Hall } from './hall.ts';
import type { Outside } from './outside.ts';
import { choose, follow, openAgain, type Press, press } from './people.ts';
import type { Tally } from './tally.ts';

export interface CrowdOptions {
  readonly seed: number;
  readonly how: Chance;
  readonly clock: VirtualClock;
  readonly calendar: Calendar;
  readonly outside: Outside;
  readonly tally: Tally;
  onProblem(text: string): void;
}

const day = 24 * 60 * 60_000;

/** Applicants, payers, staff, and whoever is on the way: everybody who does something with a case. */
export class Crowd {
  readonly #options: CrowdOptions;
  /** Case -> the newest revision that somebody was told. */
  readonly acknowledged = new Map<string, number>();
  /** Case -> the number of its applicant. */
  readonly #persons = new Map<string, number>();
  /** Case -> until when its people have other things to do. */
  readonly #away = new Map<string, number>();
  /** Pressed and not answered: the browser sends it again. */
  #unanswered: Press[] = [];
  #presses = 0;
  /** Links that were opened. */
  #links: string[] = [];

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  async start(hall: Hall, definition: Definition, person: number): Promise<void> {
    const { state } = await hall.cases.start(definition, `applicant/${person}`);
    this.#persons.set(state.id, person);
    this.#acknowledge(state.id, state.revision);
  }

  /** Whoever has something to do in a case does it, perhaps, and mostly goes on with what comes next. */
  async act(hall: Hall, id: string, calm: boolean): Promise<void> {
    for (let n = 0; n < 6; n += 1) if (!(await this.#actOnce(hall, id, calm)) || !this.#options.how.percent(65)) return;
  }

  /** @returns whether something was done */
  async #actOnce(hall: Hall, id: string, calm: boolean): Promise<boolean> {
    const { how, clock, outside, tally } = this.#options;
    if (!calm && (this.#away.get(id) ?? 0) > clock.now()) return false;
    const { document, definition } = await hall.cases.read(id);
    const { state } = document;
    if (!calm && this.#spend(state)) return true;
    const event = choose(definition, state, how, { calm, books: outside.books });
    if (event === null) return false;
    const opens = Object.entries(definition.declared.secrets).find(([, secret]) => secret.opens === event)?.[0];
    if (opens !== undefined) {
      const token = hall.secrets.token(document, opens);
      if (await follow(hall, clock, id, event)) tally.count('link opened');
      if (token !== null && how.percent(30)) this.#links = [...this.#links, token].slice(-10);
      await this.#openOldLink(hall);
      return true;
    }
    await this.#pressOnce(hall, state, event);
    return true;
  }

  /** The payer pays, now and then also what nobody asked for. */
  #spend(state: CaseState): boolean {
    const { how, outside } = this.#options;
    const waits = (part: string) => state.active.some((address) => address.includes(part));
    if (outside.books.orders.some((order) => order.caseId === state.id))
      if (how.percent(waits('.payment.open.live') ? 45 : 3)) return outside.pay(state.id, how);
    const price = Number(state.records.orders?.at(-1)?.data.price ?? 0);
    const isAsked = waits('.payment.remit') && unregistered(state, outside.books) === null;
    const isMore = state.facts.remitted !== undefined && how.percent(3);
    if (price > 0 && ((isAsked && how.percent(45)) || isMore)) {
      outside.remit(state.id, price, how);
      return !isAsked;
    }
    return false;
  }

  async #pressOnce(hall: Hall, state: CaseState, event: string): Promise<void> {
    const { how, outside, tally, seed, onProblem } = this.#options;
    this.#presses += 1;
    const remark = outside.books.deposits.findLast(({ caseId }) => caseId === state.id)?.remark ?? '000000';
    const given: Press = {
      ...{ caseId: state.id, event, request: `${seed}-${this.#presses}` },
      fill: this.#fill(state, event),
      typed: how.percent(85) ? remark : '123456',
    };
    if (how.percent(10)) {
      tally.count('pressed twice');
      const both = await Promise.all([this.#press(hall, given), this.#press(hall.beside ?? hall, given)]);
      if (both.every(({ kind }) => kind === 'applied')) onProblem(`${state.number}: ${event} was done twice`);
    } else await this.#press(hall, given);
    const { document } = await hall.cases.read(state.id);
    const hasFailed = document.state.active.some((address) => /fail|reject|stale|locked/i.test(address));
    // Who hears of a trouble looks into it first; others are on a journey.
    if (how.percent(hasFailed ? 50 : 4))
      this.#away.set(state.id, this.#options.clock.now() + how.below(6 * 24) * (day / 24));
  }

  #fill(state: CaseState, event: string): Values {
    const { how, outside } = this.#options;
    const isCorrecting = state.active.some((address) => /\.(correcting|widened)$/.test(address));
    if (isCorrecting) return corrections(state, how);
    if (event === 'REJECT' || event === 'NEED_DATA') return { rejection: flags(how, state.forms) };
    const remittance = unregistered(state, outside.books);
    if (remittance && /^REMIT_(MATCHED|SURPLUS)$/.test(event)) return { receipt: receiptOf(state, remittance) };
    // Now and then the company of somebody else, which may have only one.
    return ownValues(how, how.percent(2) ? 1 : (this.#persons.get(state.id) ?? 0));
  }

  async #press(hall: Hall, given: Press): Promise<Applied> {
    const { clock, calendar, tally } = this.#options;
    this.#unanswered.push(given);
    const result = await press(hall, clock, calendar, given);
    this.#unanswered = this.#unanswered.filter((one) => one !== given);
    if (result.kind === 'applied') this.#acknowledge(given.caseId, result.document.state.revision);
    tally.count(result.kind === 'refused' ? `refused ${result.blockers[0]?.code}` : `press ${result.kind}`);
    return result;
  }

  /** After a crash the browsers of those who got no answer send once more. */
  async pressAgain(hall: Hall): Promise<void> {
    const again = this.#unanswered;
    this.#unanswered = [];
    for (const one of again) {
      if (!this.#options.how.percent(80)) continue;
      this.#options.tally.count('pressed again after a crash');
      await this.#press(hall, one);
    }
  }

  /** A link that was opened before does nothing any more. */
  async #openOldLink(hall: Hall): Promise<void> {
    const { how, clock, tally, onProblem } = this.#options;
    if (this.#links.length === 0 || !how.percent(20)) return;
    tally.count('link opened again');
    const token = how.pick(this.#links);
    const wasUsed = await hall.cases.read(token.split('.')[0] ?? '').then(
      ({ document }) => Object.keys(document.secrets).every((name) => hall.secrets.token(document, name) !== token),
      () => true,
    );
    if (wasUsed && (await openAgain(hall, clock, token))) onProblem('I6: a link that was used let somebody in');
  }

  async unasked(hall: Hall, id: string): Promise<void> {
    const { how, outside } = this.#options;
    const { definition } = await hall.cases.read(id);
    const heard = Object.values(definition.declared.events).flatMap(({ from }) => from ?? []);
    const free = heard.filter((from) => {
      const [connector = '', event = ''] = from.split('.');
      // Payments are made by payers, and what the server itself tells comes by no letter.
      return (
        from !== 'payment.notice' &&
        !/^(phone|delegation)$/.test(connector) &&
        definition.connectors[connector]?.events[event]
      );
    });
    if (free.length === 0) return;
    const [connector = '', event = ''] = how.pick(free).split('.');
    outside.unasked(definition.connectors[connector]!, event, id, how);
  }

  /** Somebody claims that the case was paid, or that a request ended well. */
  async forge(hall: Hall, id: string): Promise<void> {
    const { how, outside, onProblem } = this.#options;
    const { document, definition } = await hall.cases.read(id);
    const order = outside.books.orders.findLast(({ caseId }) => caseId === id);
    const amount = order?.amount ?? 1;
    const notice: JsonObject = { transaction: `F${how.below(1_000_000)}`, orderNumber: order?.number ?? 'F', amount };
    const waiting = Object.entries(document.state.calls).filter(([, { status }]) => status === 'waiting');
    let forged = { connector: 'payment', says: { caseId: id, event: 'notice', data: notice } as JsonObject };
    if (waiting.length > 0 && how.percent(60)) {
      const [call, { connector, operation, generation }] = how.pick(waiting);
      const [outcome = 'OK', rules] =
        Object.entries(definition.connectors[connector]?.operations[operation]?.outcomes ?? {})[0] ?? [];
      const data = rules?.data === undefined ? {} : (sampleOf(rules.data) as JsonObject);
      forged = { connector, says: { caseId: id, operation, call, generation, outcome, data } };
    }
    const problem = await outside.post.forge(hall.door, forged, how);
    if (problem !== null) onProblem(problem);
  }

  #acknowledge(id: string, revision: number): void {
    this.acknowledged.set(id, Math.max(revision, this.acknowledged.get(id) ?? 0));
  }
}
