import type { Course } from '../../explore/courses.ts';
import type { Edge } from '../../explore/nodes.ts';
import type { Situation, Space } from '../../explore/space.ts';
import type { LawCheck } from '../checks.ts';
import { type Constraint, feasible, variable } from './arithmetic.ts';
import { type Formula, yes } from './formula.ts';
import { Model } from './model.ts';
import { Numbers, SignBook } from './signs.ts';
import { Stepping, type Together } from './stepping.ts';
import { isLinear, othersIn, truthIn } from './truth.ts';

/** The graph of a search: step by step where it began (-1: a first state), where it led, and its course. */
export interface Steps {
  readonly from: number[];
  readonly to: number[];
  readonly course: Course[];
}

/** More different numbers than there are of anything. */
const mostPlaces = 1 << 17;

/**
 * Laws about sums of amounts that hold in every state of a search. For each state the signs are followed that the laws'
 * linear forms may have there, until nothing changes. What is not known is taken to be possible. [PRV-10]
 */
export function heldBySums(
  space: Space,
  laws: readonly LawCheck[],
  situations: readonly Situation[],
  steps: Steps,
): ReadonlySet<string> {
  const model = new Model(space, laws);
  const about = laws.filter((law) => isLinear(model.broken.get(law.id) ?? yes));
  if (about.length === 0 || !model.sound) return new Set();
  const flow = new Flow(model, situations, steps);
  flow.run();
  if (flow.isFull) return new Set();
  return new Set(about.filter((law) => flow.holds(law)).map(({ id }) => id));
}

interface About {
  readonly id: number;
  /** A call about an amount is open afterwards: what it asks for hangs on where the case is. */
  readonly opens: boolean;
}

class Flow {
  private readonly model: Model;
  private readonly space: Space;
  private readonly situations: readonly Situation[];
  private readonly steps: Steps;
  /** By state: which signs the forms may have there; -1: no case comes there. */
  private readonly signs: Int32Array;
  private readonly stepping: Stepping;
  private readonly book = new SignBook();
  private readonly numbers = new Numbers();
  private readonly rests: number[] = [];
  private readonly placed: number[] = [];
  private readonly slotted: number[] = [];
  private readonly whens: readonly { readonly edge: Edge; readonly formula: Formula }[];
  private readonly settled = new Map<number, number>();
  private readonly moved = new Map<number, Map<number, number>>();
  private readonly about = new Map<Course, About | null>();
  private readonly slots: readonly number[];
  private readonly places: readonly number[];

  constructor(model: Model, situations: readonly Situation[], steps: Steps) {
    this.model = model;
    this.space = model.space;
    this.stepping = new Stepping(model);
    this.situations = situations;
    this.steps = steps;
    this.signs = new Int32Array(situations.length).fill(-1);
    this.whens = this.space.nodes.all.flatMap(({ always }) =>
      always.flatMap((edge) => {
        const formula = model.guardOf(edge, false, null);
        return isLinear(formula) ? [{ edge, formula }] : [];
      }),
    );
    this.slots = model.slotsAsked();
    this.places = model.placesAsked();
  }

  /** There was more than numbers can tell apart: nothing can be said. */
  get isFull(): boolean {
    return this.numbers.count >= mostPlaces || this.book.count >= mostPlaces;
  }

  run(): void {
    const { from, to } = this.steps;
    const after: number[][] = this.situations.map(() => []);
    const queue: number[] = [];
    const inQueue = new Uint8Array(this.situations.length);
    const reach = (state: number, signs: number) => {
      if (signs < 0 || state < 0) return;
      const before = this.signs[state] as number;
      const now = before < 0 ? signs : this.book.joined(before, signs);
      if (now === before) return;
      this.signs[state] = now;
      if (inQueue[state] === 0) queue.push(state);
      inQueue[state] = 1;
    };
    for (let step = 0; step < from.length; step++) {
      if ((from[step] as number) >= 0) this.follow(after, step);
      else reach(to[step] as number, this.first(to[step] as number));
    }
    // The newest first would go deep into what is not joined yet.
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] as number;
      inQueue[state] = 0;
      for (const step of after[state] as number[])
        reach(to[step] as number, this.through(state, to[step] as number, this.steps.course[step] as Course));
    }
  }

  /** A step that does nothing to amounts is followed once for each state that it leads to, and not back to where it began. */
  private follow(after: number[][], step: number): void {
    const [from, to] = [this.steps.from[step] as number, this.steps.to[step] as number];
    const steps = after[from] as number[];
    const before = steps.at(-1);
    const isQuiet = (each: number) =>
      this.aboutOf(this.steps.course[each] as Course, this.situations[from] as Situation) === null;
    const again = to === from || (before !== undefined && this.steps.to[before] === to && isQuiet(before));
    if (!again || !isQuiet(step)) steps.push(step);
  }

  holds(law: LawCheck): boolean {
    const broken = this.model.broken.get(law.id) as Formula;
    const places = law.at === null ? null : law.at.flatMap((address) => this.space.nodes.of.get(address)?.index ?? []);
    if (law.offers !== null) return false;
    const judged = new Map<string, boolean>();
    return this.situations.every((situation, state) => {
      const signs = this.signs[state] as number;
      const { active } = situation.configuration;
      if (signs < 0 || (places !== null && !places.some((place) => active[place] === 1))) return true;
      const truths = othersIn(broken).map((condition) => truthIn(this.space, situation, condition, null));
      const key = `${truths.join()} ${signs}`;
      let sure = judged.get(key);
      if (sure === undefined) {
        const sets = this.stepping.assumed(
          [this.model.forms.constraintsOf(this.book.signs(signs))],
          broken,
          situation,
          null,
        );
        sure = !sets.some(feasible);
        judged.set(key, sure);
      }
      return sure;
    });
  }

  /** Nothing has been recorded. */
  private first(state: number): number {
    const { configuration } = this.situations[state] as Situation;
    const recorded = configuration.nodes.some((index) => this.model.recordsOnEntry(index));
    if (recorded) return this.settle(this.book.of(this.model.forms.open()), state);
    const sums = this.model.variables().filter((name) => name.startsWith('sum '));
    const nothing = sums.map((name): Constraint => ({ form: variable(name), relation: '=' }));
    const signs = this.book.of(this.model.forms.signsOf([[...this.model.forms.bounds, ...nothing]]));
    return signs < 0 ? -1 : this.settle(signs, state);
  }

  private through(from: number, to: number, course: Course): number {
    if (to < 0) return -1;
    const signs = this.signs[from] as number;
    const about = this.aboutOf(course, this.situations[from] as Situation);
    if (about === null) return this.settle(signs, to);
    // What is open afterwards hangs on where the case is.
    const opens = about.opens ? this.placeOf(to) : 0;
    const key = (about.id * mostPlaces + this.slotsOf(from)) * mostPlaces + opens;
    let known = this.moved.get(key);
    if (known === undefined) {
      known = new Map();
      this.moved.set(key, known);
    }
    let next = known.get(signs);
    if (next === undefined) {
      const [before, after] = [this.situations[from] as Situation, this.situations[to] as Situation];
      next = this.book.of(
        this.model.forms.signsOf(this.stepping.stepped(this.book.signs(signs), before, after, course)),
      );
      known.set(signs, next);
    }
    return next < 0 ? -1 : this.settle(next, to);
  }

  /** What tells a course from others that do the same to the amounts; null for those that do nothing. */
  private aboutOf(course: Course, before: Situation): About | null {
    let about = this.about.get(course);
    if (about === undefined) {
      about = this.workedAbout(course, before.configuration.active);
      this.about.set(course, about);
    }
    return about;
  }

  private workedAbout(course: Course, from: Uint8Array): About | null {
    if (!this.model.isAbout(course, from)) return null;
    const { move, taken, voided, into, writes } = course;
    const written = this.slots.filter((slot) => writes.some((each, at) => at % 2 === 0 && each === slot));
    const opens = this.model.opens.map(({ node }) => `${from[node]}${into?.active[node]}`);
    const said = course.choices.map(({ about, option }) => (about.includes('event.') ? `${about}=${option}` : ''));
    const key = [
      move.type,
      ...said,
      taken.map(({ id }) => id).join(),
      voided.length,
      written.join(),
      opens.join(),
    ].join(' ');
    return { id: this.numbers.of(key), opens: this.model.opens.some(({ node }) => into?.active[node] === 1) };
  }

  /** In a state in which the case rests no `when` holds. */
  private settle(signs: number, state: number): number {
    const rest = this.restOf(state);
    if (rest < 0) return signs;
    const key = rest * mostPlaces + signs;
    let settled = this.settled.get(key);
    if (settled === undefined) {
      const situation = this.situations[state] as Situation;
      const { active } = situation.configuration;
      let sets: readonly Together[] = [this.model.forms.constraintsOf(this.book.signs(signs))];
      for (const { edge, formula } of this.whens)
        if (active[edge.source] === 1) sets = this.stepping.assumed(sets, formula, situation, null);
      settled = this.book.of(this.model.forms.signsOf(sets));
      this.settled.set(key, settled);
    }
    return settled;
  }

  /** States in which the same `when` are asked, and come out alike; -1: none about amounts is asked. */
  private restOf(state: number): number {
    let rest = this.rests[state];
    if (rest === undefined) {
      const { active } = (this.situations[state] as Situation).configuration;
      const asked = this.whens.flatMap(({ edge }) => (active[edge.source] === 1 ? [edge.id] : []));
      rest = asked.length === 0 ? -1 : this.numbers.of(`rest ${asked.join()} ${this.knownIn(state)}`);
      this.rests[state] = rest;
    }
    return rest;
  }

  private placeOf(state: number): number {
    let place = this.placed[state];
    if (place === undefined) {
      place = this.numbers.of(`place ${this.knownIn(state)}`);
      this.placed[state] = place;
    }
    return place;
  }

  private slotsOf(state: number): number {
    let slots = this.slotted[state];
    if (slots === undefined) {
      slots = this.numbers.of(`slots ${this.slotsIn(state)}`);
      this.slotted[state] = slots;
    }
    return slots;
  }

  private knownIn(state: number): string {
    const { active } = (this.situations[state] as Situation).configuration;
    // Which states are active is asked for by conditions, too.
    const places = this.places.map((place) => active[place]);
    return `${this.slotsIn(state)} ${places.join('')}`;
  }

  private slotsIn(state: number): string {
    const { configuration, values } = this.situations[state] as Situation;
    return this.slots.map((slot) => (this.space.forgets(configuration, slot) ? '-' : values[slot])).join();
  }
}
