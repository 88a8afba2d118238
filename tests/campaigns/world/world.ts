import type { Definition } from '../../../engine/model/definition.ts';
import { publishedCalendar } from '../../../server/calendar.ts';
import type { Applied } from '../../../server/cases/cases.ts';
import { createSimulatedDisk, type SimulatedDisk } from '../../server/store/simulated-disk.ts';
import { type Chance, chance } from './chance.ts';
import { createVirtualClock, type VirtualClock } from './clock.ts';
import { type Broken, type Hall, openHall } from './hall.ts';
import { answerProblem, moneyProblem, waitsForNobody } from './invariants.ts';
import { Outside } from './outside.ts';
import { choose, fillFor, follow, type Press, press } from './people.ts';

export interface WorldOptions {
  readonly seed: number;
  /** How many applicants come. */
  readonly cases: number;
  readonly definitions: readonly Definition[];
  readonly broken?: Broken;
}

export interface WorldReport {
  readonly seed: number;
  readonly cases: number;
  readonly ended: number;
  readonly steps: number;
  readonly kills: number;
  readonly cuts: number;
  /** How often the world did what, for whoever wants to know what a seed has met. */
  readonly met: { readonly [what: string]: number };
  /** What must never be; empty in a good build. */
  readonly violations: readonly string[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-03-02T01:00:00Z');
/** A case whose people do nothing for so long ends, or waits for somebody. */
const patience = 400 * day;

/**
 * One seed: applicants come, people press buttons, the outside world answers as it likes, the process is killed and the
 * power cut between any two operations of the disk. Then nobody is killed any more, everything comes to rest, and the
 * books of all sides are compared.
 */
export async function playWorld(options: WorldOptions): Promise<WorldReport> {
  return new World(options).play();
}

class World {
  readonly #options: WorldOptions;
  readonly #how: Chance;
  readonly #clock: VirtualClock = createVirtualClock(start);
  readonly #outside: Outside;
  readonly #calendar = publishedCalendar();
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #violations: string[] = [];
  /** Case -> the newest revision that somebody was told. */
  readonly #acknowledged = new Map<string, number>();
  readonly #numbers = new Map<string, string>();
  readonly #revisions = new Map<string, number>();
  readonly #open = new Set<string>();
  /** Pressed and not answered: the browser sends it again. */
  #unanswered: Press[] = [];
  #disk: SimulatedDisk = createSimulatedDisk();
  #hall!: Hall;
  #steps = 0;
  #kills = 0;
  #cuts = 0;
  #presses = 0;
  #started = 0;
  #calm = false;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#how = chance(options.seed);
    this.#outside = new Outside(options.seed, this.#clock);
    this.#definitions = new Map(options.definitions.map((definition) => [definition.hash, definition]));
  }

  async play(): Promise<WorldReport> {
    await this.#boot();
    const { cases } = this.#options;
    for (let round = 0; round < cases * 60 && this.#violations.length === 0; round += 1) {
      if (this.#started === cases && this.#open.size === 0) break;
      await this.#round(this.#how.percent(4));
    }
    if (this.#violations.length === 0) await this.#rest();
    return {
      ...{ seed: this.#options.seed, cases: this.#started, ended: this.#started - this.#open.size },
      ...{ steps: this.#steps, kills: this.#kills, cuts: this.#cuts, met: this.#outside.met },
      violations: this.#violations,
    };
  }

  async #boot(): Promise<void> {
    this.#clock.forget();
    this.#hall = await openHall({
      ...{ disk: this.#disk, clock: this.#clock, connectors: this.#outside, definitions: this.#definitions },
      broken: this.#options.broken ?? {},
      onCommit: ({ state }) => {
        if (this.#revisions.get(state.id) !== state.revision) this.#steps += 1;
        this.#revisions.set(state.id, state.revision);
        this.#numbers.set(state.id, state.number);
        if (state.over) this.#open.delete(state.id);
        else this.#open.add(state.id);
      },
      onError: (text, about) => this.#violations.push(`${text}: ${JSON.stringify(about)}`),
    });
  }

  /** Some things at the same time; `doomed`: in the middle of them the process or the power goes. */
  async #round(doomed: boolean): Promise<void> {
    if (doomed) this.#disk.cutAt(1 + this.#how.below(60));
    const together = 1 + this.#how.below(3);
    const work = Promise.all(Array.from({ length: together }, () => this.#deed()));
    const died = await Promise.race([this.#disk.cut.then(() => true), work.then(() => false)]);
    if (died) await this.#comeBack();
    else if (doomed) this.#disk.cutAt(Number.POSITIVE_INFINITY);
    this.#lookForWrongs();
  }

  async #comeBack(): Promise<void> {
    const power = this.#how.percent(50);
    if (power) this.#cuts += 1;
    else this.#kills += 1;
    this.#disk = power ? this.#disk.afterCut(() => this.#how.below(1 << 30) / (1 << 30)) : this.#disk.afterKill();
    await this.#boot();
    for (const [id, revision] of this.#acknowledged) {
      const found = await this.#hall.cases.read(id).catch(() => null);
      if ((found?.document.state.revision ?? 0) < revision)
        this.#violations.push(`${this.#numbers.get(id)}: revision ${revision} was acknowledged and is lost`);
    }
    const again = this.#unanswered;
    this.#unanswered = [];
    for (const one of again) if (this.#how.percent(80)) await this.#press(one);
  }

  async #deed(): Promise<void> {
    const isFull = this.#started >= this.#options.cases;
    const deed = this.#how.weighed({
      start: isFull ? 0 : 6,
      person: 75,
      letter: 20,
      pay: this.#calm ? 0 : 9,
      unasked: this.#calm ? 1 : 3,
      time: 7,
    });
    if (deed === 'start') return this.#start();
    if (deed === 'letter') return this.#deliver(1 + this.#how.below(4));
    if (deed === 'time') return this.#wait();
    const open = [...this.#open];
    if (open.length === 0) return;
    const id = this.#how.pick(open);
    if (deed === 'person') return this.#person(id);
    if (deed === 'pay') return void this.#outside.pay(id, this.#how);
    return this.#unasked(id);
  }

  async #start(): Promise<void> {
    this.#started += 1;
    const definition = this.#how.pick(this.#options.definitions);
    const { state } = await this.#hall.cases.start(definition, `applicant/${this.#started}`);
    this.#acknowledge(state.id, state.revision);
  }

  async #person(id: string): Promise<void> {
    const { document, definition } = await this.#hall.cases.read(id);
    const event = choose(definition, document.state, this.#how, this.#calm);
    if (event === null) return;
    const opens = Object.values(definition.declared.secrets).some((secret) => secret.opens === event);
    if (opens) {
      if (await follow(this.#hall, this.#clock, id, event)) this.#outside.met.link = (this.#outside.met.link ?? 0) + 1;
      return;
    }
    this.#presses += 1;
    const remark = this.#outside.books.deposits.findLast(({ caseId }) => caseId === id)?.remark ?? '000000';
    const given: Press = {
      ...{ caseId: id, event, request: `${this.#options.seed}-${this.#presses}` },
      // Now and then the company of another case, which may have only one.
      fill: fillFor(this.#how, this.#how.percent(5) ? 1 : 1 + [...this.#numbers.keys()].indexOf(id)),
      typed: this.#how.percent(85) ? remark : '123456',
    };
    // A double click.
    if (this.#how.percent(10)) {
      const both = await Promise.all([this.#press(given), this.#press(given)]);
      if (both.every((one) => one?.kind === 'applied'))
        this.#violations.push(`${document.state.number}: ${event} was done twice`);
    } else await this.#press(given);
  }

  async #press(given: Press): Promise<Applied | null> {
    this.#unanswered.push(given);
    const result = await press(this.#hall, this.#clock, this.#calendar, given);
    this.#unanswered = this.#unanswered.filter((one) => one !== given);
    if (result.kind === 'applied') this.#acknowledge(given.caseId, result.document.state.revision);
    return result;
  }

  async #deliver(most: number): Promise<void> {
    for (const letter of this.#outside.due(this.#how, most)) {
      const before = letter.answers && (await this.#hall.cases.read(letter.answers.caseId)).document;
      await letter.deliver(this.#hall.inbox);
      this.#outside.drop(letter);
      if (letter.answers && before) {
        const { document } = await this.#hall.cases.read(letter.answers.caseId);
        const problem = answerProblem(letter.answers, before, document);
        if (problem !== null) this.#violations.push(`${document.state.number}: ${problem}`);
      }
    }
  }

  async #unasked(id: string): Promise<void> {
    const { document, definition } = await this.#hall.cases.read(id);
    const said = Object.values(definition.declared.events).flatMap(({ from }) => from ?? []);
    const free = said.filter((one) => one !== 'payment.notice' && one.includes('.'));
    if (free.length === 0) return;
    const [connector = '', event = ''] = this.#how.pick(free).split('.');
    const contract = definition.connectors[connector];
    if (contract?.events[event]) this.#outside.unasked(contract, event, document.state.id, this.#how);
  }

  async #wait(): Promise<void> {
    const span = this.#how.weighed({ minutes: 80, hours: 13, days: 6, weeks: 1 });
    const ms = { minutes: minute, hours: hour, days: day, weeks: 7 * day }[span] * (1 + this.#how.below(12));
    await this.#hall.jobs.advance(ms);
  }

  #acknowledge(id: string, revision: number): void {
    this.#acknowledged.set(id, Math.max(revision, this.#acknowledged.get(id) ?? 0));
  }

  #lookForWrongs(): void {
    this.#violations.push(...this.#outside.wrongs.splice(0));
  }

  /** Nobody pays and nothing dies any more: people finish, then only time goes on. */
  async #rest(): Promise<void> {
    this.#calm = true;
    for (let round = 0; round < this.#options.cases * 10 && this.#open.size > 0; round += 1) await this.#round(false);
    for (const end = this.#clock.now() + patience; this.#clock.now() < end; ) {
      await this.#hall.jobs.advance(20 * day);
      for (let due = this.#outside.next(); due !== null && due <= this.#clock.now(); due = this.#outside.next())
        await this.#deliver(20);
    }
    await this.#hall.jobs.idle();
    this.#lookForWrongs();
    for (const [id, number] of this.#numbers) {
      const { document, definition } = await this.#hall.cases.read(id);
      const problems = [
        moneyProblem(document.state, this.#outside.books),
        waitsForNobody(definition, document, this.#clock.now(), this.#calendar),
      ];
      for (const problem of problems) if (problem !== null) this.#violations.push(`${number}: ${problem}`);
    }
  }
}
