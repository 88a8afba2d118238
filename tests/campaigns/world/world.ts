import type { Definition } from '../../../engine/model/definition.ts';
import { publishedCalendar } from '../../../server/calendar.ts';
import { type Chance, chance } from './chance.ts';
import { createVirtualClock, type VirtualClock } from './clock.ts';
import { Crowd } from './crowd.ts';
import { onEqualNodes } from './equal-nodes.ts';
import { type Broken, type Hall, openHall } from './hall.ts';
import { moneyProblem } from './invariants/money.ts';
import { Outside } from './outside.ts';
import { type Ground, onOneDisk, type Place } from './place.ts';
import { Tally } from './tally.ts';
import { Watch } from './watch.ts';

export interface WorldOptions {
  readonly seed: number;
  /** How many applicants come. */
  readonly cases: number;
  readonly definitions: readonly Definition[];
  readonly broken?: Broken;
  /** So many equal nodes on an empty PostgreSQL; else one process on a data folder. */
  readonly nodes?: { readonly url: string; readonly count: number };
}

export interface WorldReport {
  readonly seed: number;
  readonly cases: number;
  readonly ended: number;
  readonly steps: number;
  /** How often what happened, for whoever wants to know what a seed has met. */
  readonly met: { readonly [what: string]: number };
  /** What must never be; empty in a good build. */
  readonly violations: readonly string[];
  /** The last steps of the case of the first violation. */
  readonly history?: readonly string[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-03-02T01:00:00Z');
/** A case whose people do nothing for so long ends, or waits for somebody. */
const patience = 400 * day;
/** Rounds in which people finish what they have begun. */
const calmRounds = 150;
/** Applicants who are at it at the same time; the others come later. */
const together = 10;

/**
 * One seed: applicants come, people press buttons, the outside world answers as it likes, the process is killed and the
 * power cut between any two writes. Every step is looked at. Then nobody is killed any more, everything comes to rest,
 * and the books of all sides are compared.
 */
export async function playWorld(options: WorldOptions): Promise<WorldReport> {
  return new World(options).play();
}

class World {
  readonly #options: WorldOptions;
  readonly #how: Chance;
  readonly #clock: VirtualClock = createVirtualClock(start);
  readonly #tally = new Tally();
  readonly #outside: Outside;
  readonly #calendar = publishedCalendar();
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #violations: string[] = [];
  readonly #watch: Watch;
  readonly #crowd: Crowd;
  readonly #numbers = new Map<string, string>();
  readonly #running = new Set<string>();
  #place!: Place;
  #steps = 0;
  #started = 0;
  #calm = false;
  /** What somebody still does in it is not gone on with. */
  #isOver = false;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.#how = chance(options.seed);
    this.#outside = new Outside(options.seed, this.#clock, this.#tally);
    this.#definitions = new Map(options.definitions.map((definition) => [definition.hash, definition]));
    const onProblem = (text: string): void => void this.#violations.push(text);
    const shared = { outside: this.#outside, calendar: this.#calendar, tally: this.#tally, onProblem };
    this.#watch = new Watch({ ...shared, definitions: this.#definitions, now: () => this.#clock.now() });
    this.#crowd = new Crowd({ ...shared, seed: options.seed, how: this.#how, clock: this.#clock });
  }

  async play(): Promise<WorldReport> {
    await this.#open();
    try {
      return await this.#playAll();
    } finally {
      // Of a round in which a node died, or something was wrong, the other deeds go on: a wait of days on nodes that are
      // stopped now would never come to its end.
      this.#isOver = true;
      await this.#place.close();
    }
  }

  async #playAll(): Promise<WorldReport> {
    const { cases } = this.#options;
    for (let round = 0; round < cases * 120 && this.#violations.length === 0; round += 1) {
      // The last ones finish while everything comes to rest.
      if (this.#started === cases && this.#running.size <= Math.min(3, cases / 8)) break;
      await this.#round(this.#how.percent(3));
    }
    if (this.#violations.length === 0) await this.#rest();
    return {
      ...{ seed: this.#options.seed, cases: this.#started, ended: this.#started - this.#running.size },
      ...{ steps: this.#steps, met: this.#tally.counts, violations: this.#violations },
      ...(this.#violations[0] !== undefined && { history: this.#watch.historyOf(this.#violations[0]) }),
    };
  }

  async #open(): Promise<void> {
    const onError = (text: string, about: object) => void this.#violations.push(`${text}: ${JSON.stringify(about)}`);
    const make = (ground: Ground) => this.#make(ground, onError);
    const { nodes } = this.#options;
    const given = { clock: this.#clock, connectors: this.#outside, make, onError };
    this.#place = await (nodes ? onEqualNodes(nodes.url, nodes.count, given) : onOneDisk(given));
  }

  #make(ground: Ground, onError: (text: string, about: object) => void): Promise<Hall> {
    return openHall({
      ...{ ground, onError, definitions: this.#definitions, broken: this.#options.broken ?? {} },
      watched: (engine) => this.#watch.engine(engine),
      onCommit: (document) => {
        const { id, number, over } = document.state;
        if (this.#watch.committed(document)) this.#steps += 1;
        this.#numbers.set(id, number);
        if (over) this.#running.delete(id);
        else this.#running.add(id);
      },
    });
  }

  /** Some things at the same time; `doomed`: in the middle of them the process or the power goes. */
  async #round(doomed: boolean): Promise<void> {
    if (doomed) this.#place.doom(this.#how);
    const deeds = Array.from({ length: 1 + this.#how.below(3) }, () => this.#deed());
    const died = await Promise.race([this.#place.died().then(() => true), Promise.all(deeds).then(() => false)]);
    if (died) await this.#comeBack();
    else if (doomed) this.#place.spare();
    this.#violations.push(...this.#outside.wrongs.splice(0));
  }

  async #comeBack(): Promise<void> {
    this.#tally.count(await this.#place.comeBack(this.#how));
    const hall = this.#place.hall(this.#how);
    for (const [id, revision] of this.#crowd.acknowledged) {
      const found = await hall.cases.read(id).catch(() => null);
      if ((found?.document.state.revision ?? 0) < revision)
        this.#violations.push(`${this.#numbers.get(id)}: revision ${revision} was acknowledged and is lost`);
    }
    await this.#crowd.pressAgain(hall);
  }

  async #deed(): Promise<void> {
    const mayStart = this.#started < this.#options.cases && this.#running.size < together;
    const deed = this.#how.weighed({
      start: mayStart ? 12 : 0,
      person: 64,
      letter: 26,
      unasked: 3,
      forged: this.#calm ? 0 : 3,
      time: 11,
    });
    const hall = this.#place.hall(this.#how);
    if (this.#options.nodes) await hall.current();
    if (deed === 'start') return this.#start(hall);
    if (deed === 'letter') return this.#deliver(1 + this.#how.below(4));
    if (deed === 'time') return this.#wait();
    const open = [...this.#running];
    if (open.length === 0) return;
    const id = this.#how.pick(open);
    if (deed === 'person') return this.#crowd.act(hall, id, this.#calm);
    if (deed === 'unasked') return this.#crowd.unasked(hall, id);
    return this.#crowd.forge(hall, id);
  }

  async #start(hall: Hall): Promise<void> {
    this.#started += 1;
    const definition = this.#how.pick(this.#options.definitions);
    this.#tally.count(`case of ${definition.project.id}`);
    await this.#crowd.start(hall, definition, this.#started);
  }

  async #deliver(most: number): Promise<void> {
    for (const letter of this.#outside.post.due(this.#how, most)) {
      const problem = await this.#outside.post.deliver(this.#place.hall(this.#how).door, letter);
      if (problem !== null) this.#violations.push(problem);
    }
  }

  async #wait(): Promise<void> {
    const span = this.#how.weighed({ minutes: 72, hours: 20, days: 7, week: 1 });
    const ms = { minutes: minute, hours: hour, days: day / 4, week: day }[span] * (1 + this.#how.below(12));
    const { post } = this.#outside;
    for (const end = this.#clock.now() + ms; this.#clock.now() < end && !this.#isOver; ) {
      const now = this.#clock.now();
      const next = post.next();
      await this.#place.advance(this.#how, (next !== null && next > now && next < end ? next : end) - now);
      // Letters come at night, too, though not always at once.
      if (this.#how.percent(60)) await this.#deliver(3);
    }
  }

  /** Nobody pays and nothing dies any more: people finish, then only time goes on. */
  async #rest(): Promise<void> {
    this.#calm = true;
    for (let round = 0; round < calmRounds && this.#running.size > 0; round += 1) await this.#round(false);
    const { post } = this.#outside;
    for (const end = this.#clock.now() + patience; this.#clock.now() < end; ) {
      await this.#place.advance(this.#how, 20 * day);
      for (let due = post.next(); due !== null && due <= this.#clock.now(); due = post.next()) {
        await this.#deliver(20);
        if (this.#violations.length > 0) return;
      }
    }
    await this.#place.idle();
    const hall = this.#place.hall(this.#how);
    this.#violations.push(...this.#outside.wrongs.splice(0));
    for (const [id, number] of this.#numbers) {
      const { document } = await hall.cases.read(id);
      this.#watch.look(document);
      const problem = moneyProblem(document.state, this.#outside.books);
      if (problem !== null) this.#violations.push(`${number}: at rest: ${problem}`);
    }
  }
}
