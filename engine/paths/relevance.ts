import { transitions, transitionsOfState } from '../check/walk.ts';
import type { Definition } from '../model/definition.ts';
import { chainOf, within } from '../run/configuration.ts';
import { namesAskedIn, namesOfTransition } from './terms.ts';

/** Which parts of a case some step looks at together; which pairs of them are worth following. [PTH-2] */
export class Relevance {
  private readonly definition: Definition;
  /** Region -> names that its conditions look at. */
  private readonly read = new Map<string, Set<string>>();
  /** Pairs of names that one state's conditions look at. */
  private readonly together = new Set<string>();
  private readonly heard = new Map<string, Heard>();
  private readonly leaves = new Map<string, boolean>();

  constructor(definition: Definition) {
    this.definition = definition;
    for (const state of Object.values(definition.chart.states))
      this.note(state.address, namesAskedIn(definition, state));
    for (const { state, transition } of transitions(definition.chart))
      this.note(state.address, namesOfTransition(definition, transition));
  }

  private note(address: string, names: readonly string[]): void {
    const region = regionOf(address);
    const read = this.read.get(region) ?? new Set();
    this.read.set(region, read);
    for (const one of names) {
      read.add(one);
      for (const two of names) if (one !== two) this.together.add(`${one}|${two}`);
    }
  }

  /** Two states: of one region, one (or its region) looks whether the other is active, or both hear the same event. */
  ofLeaves(one: string, two: string): boolean {
    const key = `${one} ${two}`;
    let relevant = this.leaves.get(key);
    if (relevant === undefined) {
      const [left, right] = [this.heardAt(one), this.heardAt(two)];
      relevant =
        regionOf(one) === regionOf(two) ||
        left.regions.has(regionOf(two)) ||
        right.regions.has(regionOf(one)) ||
        this.looksAt(regionOf(one), two) ||
        this.looksAt(regionOf(two), one) ||
        [...left.events].some((event) => right.events.has(event));
      this.leaves.set(key, relevant);
    }
    return relevant;
  }

  /** The region of the state looks at it, or it is a call or a parked state of the region. */
  ofLeaf(leaf: string, name: string): boolean {
    const region = regionOf(leaf);
    const address = /^(asked|left|lost|parked) (.*)$/.exec(name)?.[2];
    if (address !== undefined) return regionOf(address) === region;
    return name.startsWith('open ') || this.read.get(region)?.has(name) === true;
  }

  ofNames(one: string, two: string): boolean {
    return this.together.has(`${one}|${two}`);
  }

  /** A case may go on from anywhere in the region to where it is looked at. */
  private looksAt(region: string, leaf: string): boolean {
    return [...(this.read.get(region) ?? [])].some((name) => name.startsWith('at ') && within(leaf, name.slice(3)));
  }

  private heardAt(leaf: string): Heard {
    let heard = this.heard.get(leaf);
    if (heard === undefined) {
      const states = chainOf(leaf).flatMap((address) =>
        address === '' ? [] : [this.definition.chart.states[address]].filter((state) => state !== undefined),
      );
      const names = states.flatMap((state) =>
        transitionsOfState(state).flatMap(({ transition }) => namesOfTransition(this.definition, transition)),
      );
      heard = {
        events: new Set(states.flatMap(({ on, follow }) => [...Object.keys(on), ...Object.keys(follow)])),
        regions: new Set(names.flatMap((name) => (name.startsWith('at ') ? [regionOf(name.slice(3))] : []))),
      };
      this.heard.set(leaf, heard);
    }
    return heard;
  }
}

/** What an active state and what is around it listen to. */
interface Heard {
  readonly events: ReadonlySet<string>;
  /** Regions that their conditions look at. */
  readonly regions: ReadonlySet<string>;
}

function regionOf(address: string): string {
  return address.split('.')[0] as string;
}
