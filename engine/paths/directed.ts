import { parentOf } from '../compose/addresses.ts';
import type { Definition } from '../model/definition.ts';
import { distance } from '../simulate/path.ts';
import type { ScenarioStep } from '../simulate/scenario.ts';
import { begin, type Session, type SimulationOptions, settleCalls } from '../simulate/session.ts';
import { plansOf } from './moves.ts';
import { Remembered } from './remembered.ts';
import { shapeOf, shapeText } from './shape.ts';
import { type Target, targetsOf, touchedBy } from './targets.ts';

/** Address of a state or branch -> steps of a scenario that touch it. */
export type Walks = ReadonlyMap<string, readonly ScenarioStep[]>;

/** A played case and the steps to it. */
interface Here {
  readonly session: Session;
  readonly steps: readonly ScenarioStep[];
  readonly depth: number;
}

/** Cases in a row whose moves are tried for one state without anything wanted being found. */
const mostLooked = 80;

/** The same where a state beside it was not found. */
const fewLooked = 4;

/**
 * Ways to a few states and branches: for one after the other everything that can happen next is tried in the case that
 * is nearest to it by the chart. What was tried for one stays known for the others. Quicker than a search through
 * everything, and neither complete nor always the shortest. [PTH-7]
 */
export function walksTo(definition: Definition, wanted: ReadonlySet<string>, options: SimulationOptions = {}): Walks {
  const walker = new Walker(definition, wanted, options);
  for (const [state, targets] of byState(definition, wanted)) walker.lookFor(state, targets);
  return walker.walks;
}

class Walker {
  readonly walks = new Map<string, readonly ScenarioStep[]>();
  private readonly definition: Definition;
  private readonly wanted: ReadonlySet<string>;
  private readonly remembered: Remembered;
  private readonly seen = new Set<string>();
  /** States that some case came to. */
  private readonly touched = new Set<string>();
  /** States around those that none came to. */
  private readonly lost = new Set<string>();
  /** Cases whose moves were not tried yet. */
  private readonly open = new Set<Here>();

  constructor(definition: Definition, wanted: ReadonlySet<string>, options: SimulationOptions) {
    this.definition = definition;
    this.wanted = wanted;
    this.remembered = new Remembered(definition);
    const session = settleCalls(begin(definition, options));
    this.come({ session, steps: [], depth: 0 }, session.taken);
  }

  lookFor(state: string, targets: readonly Target[]): void {
    const distances = new Map<string, number>();
    const isFound = () => targets.every(({ address }) => this.walks.has(address));
    const around = parentOf(state) ?? '';
    const most = this.lost.has(around) ? fewLooked : mostLooked;
    for (let looked = 0; !isFound() && looked < most; looked++) {
      const here = this.nearest(state, distances);
      if (here === null) return;
      const before = this.walks.size;
      this.tryAll(here);
      if (this.walks.size > before) looked = 0;
    }
    if (!this.touched.has(state)) this.lost.add(around);
  }

  private nearest(state: string, distances: Map<string, number>): Here | null {
    let best: { readonly here: Here; readonly estimate: number } | null = null;
    for (const here of this.open) {
      const estimate = here.depth + 2 * distance(here.session, state, distances);
      if (best === null || estimate < best.estimate) best = { here, estimate };
    }
    return best?.here ?? null;
  }

  private tryAll(here: Here): void {
    this.open.delete(here);
    const { session, depth } = here;
    for (const plan of plansOf(session, shapeOf(session), this.remembered)) {
      for (const move of plan.moves()) {
        if (move.session.incidents.length > session.incidents.length) continue;
        const steps = [...here.steps, ...move.steps];
        if (move.refused !== null) this.note(move.refused, steps);
        else {
          const taken = move.session.taken.slice(session.taken.length);
          this.come({ session: move.session, steps, depth: depth + 1 }, taken);
        }
      }
    }
  }

  private come(here: Here, taken: readonly string[]): void {
    const { session, steps } = here;
    for (const address of touchedBy(this.definition, session.state.active, taken)) {
      this.touched.add(address);
      this.note(address, steps);
    }
    const key = shapeText(shapeOf(session));
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.open.add(here);
  }

  private note(address: string, steps: readonly ScenarioStep[]): void {
    if (this.wanted.has(address) && !this.walks.has(address)) this.walks.set(address, steps);
  }
}

/** State -> what is wanted there, in the order of the chart. */
function byState(definition: Definition, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly Target[]> {
  const states = new Map<string, Target[]>();
  for (const target of targetsOf(definition)) {
    if (!wanted.has(target.address)) continue;
    const targets = states.get(target.state) ?? [];
    targets.push(target);
    states.set(target.state, targets);
  }
  return states;
}
