import type { Definition } from '../model/definition.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { begin, type Session, type SimulationOptions, settleCalls } from '../simulate/session.ts';
import { Forecast } from './forecast.ts';
import { carriedOut, type Move, plansOf } from './moves.ts';
import { Novelty } from './novelty.ts';
import { Remembered } from './remembered.ts';
import { type Shape, shapeOf, shapeText } from './shape.ts';
import { targetsOf, touchedBy } from './targets.ts';
import { countsOf } from './terms.ts';

/** A played case that the search came to, and how: `steps` lead from the case before it. */
export interface Found {
  readonly session: Session;
  readonly shape: Shape;
  readonly steps: readonly ScenarioStep[];
  readonly before: Found | null;
}

/** A way to a target. */
export interface Way {
  readonly found: Found;
  /** The refused step behind it, where the target is a refusal. */
  readonly refused: readonly ScenarioStep[];
}

/**
 * A search through the cases that can be played, shortest ways first, on the production interpreter. A case is followed
 * only when it shows something that none before it did ([PTH-2]); it ends when everything is found or nothing is new.
 */
export class Search {
  readonly definition: Definition;
  /** Address of a target -> the first way that was found to it. */
  readonly ways = new Map<string, Way>();
  /** Steps after which a law was broken, or that nobody heard: they are told and not followed. */
  readonly incidents: { readonly incident: string; readonly way: Way }[] = [];
  /** Addresses that no way is known to. */
  readonly missing: Set<string>;
  /** Ways that were told again otherwise, each once. */
  readonly retold = new Set<string>();
  /** Cases whose moves were tried. */
  looked = 0;
  private readonly seen = new Set<string>();
  private readonly novelty: Novelty;
  private readonly queue: Found[] = [];
  private readonly forecast: Forecast;
  private readonly remembered: Remembered;
  /** Cases that showed nothing new. */
  private readonly aside: Found[] = [];
  /** Steps that would have shown nothing new. */
  private readonly skipped: {
    readonly found: Found;
    readonly steps: readonly ScenarioStep[];
    readonly shape: Shape;
  }[] = [];

  constructor(definition: Definition, options: SimulationOptions = {}) {
    this.definition = definition;
    this.missing = new Set(targetsOf(definition).map((target) => target.address));
    const session = settleCalls(begin(definition, options));
    this.remembered = new Remembered(definition);
    this.novelty = new Novelty(definition);
    this.forecast = new Forecast(definition);
    this.visit({ session, shape: shapeOf(session), steps: [], before: null }, session.taken);
  }

  /** How many cases are still to be followed. */
  get waiting(): number {
    return this.queue.length - this.looked;
  }

  /** Follows what is to be followed, at most so many cases more. @returns whether nothing is left to follow or to find */
  run(most: number): boolean {
    const until = this.looked + most;
    while (this.looked < this.queue.length && this.looked < until && this.missing.size > 0) {
      const found = this.queue[this.looked] as Found;
      this.looked += 1;
      this.follow(found);
    }
    return this.missing.size === 0 || this.looked === this.queue.length;
  }

  /** Carries out what can happen next, but for what is known to show nothing new. */
  private follow(found: Found): void {
    const { session, shape } = found;
    for (const plan of plansOf(session, shape, this.remembered)) {
      const expected = this.forecast.of(plan, shape);
      if (expected === null) {
        const moves = plan.moves();
        this.forecast.learn(plan, session, shape, moves);
        for (const move of moves) this.make(found, move);
        continue;
      }
      for (const { steps, shape: next } of expected) {
        if (next === null || this.seen.has(shapeText(next))) continue;
        if (this.novelty.wouldBeNew(next, shape)) this.makeAll(found, steps);
        else this.skipped.push({ found, steps, shape: next });
      }
    }
  }

  private make(found: Found, { steps, session, refused }: Move): void {
    if (refused === null) this.take(found, session, steps);
    else this.reach(refused, { found, refused: steps });
  }

  private reach(address: string, way: Way): void {
    this.missing.delete(address);
    if (!this.ways.has(address)) this.ways.set(address, way);
  }

  private makeAll(found: Found, steps: readonly ScenarioStep[]): void {
    const move = carriedOut(found.session, steps);
    if (move !== null) this.make(found, move);
  }

  /** Notes a case that came about in another way. `follow`: whatever it shows. @returns null when it went wrong */
  take(before: Found, session: Session, steps: readonly ScenarioStep[], follow = false): Found | null {
    const found: Found = { session, shape: shapeOf(session), steps, before };
    const incident = session.incidents[before.session.incidents.length];
    if (incident !== undefined) {
      this.incidents.push({ incident, way: { found, refused: [] } });
      return null;
    }
    this.visit(found, session.taken.slice(before.session.taken.length), follow);
    return found;
  }

  private visit(found: Found, taken: readonly string[], follow = false): void {
    for (const address of touchedBy(this.definition, found.session.state.active, taken))
      this.reach(address, { found, refused: [] });
    const key = shapeText(found.shape);
    if (this.seen.has(key) && !follow) return;
    this.seen.add(key);
    if (this.novelty.isNew(found.shape) || follow) this.queue.push(found);
    else this.aside.push(found);
  }

  /**
   * Counts that a missing branch asks for make a difference everywhere from now on: a way round may lead far away. When
   * there are none, words make one that no step looks at together.
   */
  widen(): void {
    const wanted = countsOf(this.definition, this.missing).filter((name) => !this.novelty.everywhere.has(name));
    if (wanted.length === 0 && this.novelty.all) return;
    if (wanted.length === 0) this.novelty.all = true;
    for (const name of wanted) this.novelty.everywhere.add(name);
    for (const found of this.aside.splice(0)) {
      if (this.novelty.isNew(found.shape)) this.queue.push(found);
      else this.aside.push(found);
    }
    for (const one of this.skipped.splice(0)) {
      if (this.novelty.wouldBeNew(one.shape, one.found.shape)) this.makeAll(one.found, one.steps);
      else this.skipped.push(one);
    }
  }
}

/** The cases on the way, the first first. */
export function chainOf(found: Found): readonly Found[] {
  const chain: Found[] = [];
  for (let here: Found | null = found; here !== null; here = here.before) chain.unshift(here);
  return chain;
}

/** The steps of a scenario that leads there. */
export function stepsTo(way: Way): readonly ScenarioStep[] {
  return [...chainOf(way.found).flatMap((found) => found.steps), ...way.refused];
}
