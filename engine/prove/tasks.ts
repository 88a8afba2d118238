import type { Groups } from '../explore/groups.ts';
import type { Space } from '../explore/space.ts';
import { type LawCheck, regionsOfLaw } from './checks.ts';

/** Regions that are searched together, and what is asked there. */
export interface Task {
  readonly regions: ReadonlySet<string>;
  readonly laws: readonly LawCheck[];
  /** Events that have to be heard, and all who may hear them are here. */
  readonly heard: ReadonlySet<string>;
  readonly goals: readonly string[];
}

/**
 * Every closure of regions that no other one holds. What is asked of fewer regions is asked in the smallest that has
 * them: there the search is shortest.
 * @param naive all regions together
 */
export function tasksOf(space: Space, groups: Groups, laws: readonly LawCheck[], naive: boolean): readonly Task[] {
  const { declared } = space.searched;
  const lawRegions = laws.map((law) => groups.closureOf(regionsOfLaw(law, space, groups)));
  const heard = heardAlways(space, groups);
  const wanted: ReadonlySet<string>[] = naive ? [new Set(groups.regions)] : [...groups.closures.values()];
  wanted.push(...lawRegions, ...heard.map((each) => each.regions));
  const sets = largestOf(wanted).sort((one, two) => sizeOf(space, groups, one) - sizeOf(space, groups, two));
  const first = (regions: ReadonlySet<string>) => sets.find((set) => holds(set, regions));
  return sets.map((regions) => ({
    regions,
    laws: laws.filter((_, index) => first(lawRegions[index] as ReadonlySet<string>) === regions),
    heard: new Set(heard.filter((each) => first(each.regions) === regions).map((each) => each.event)),
    goals: declared.goals.filter((goal) => first(groups.closureOf([groups.regionOf(goal)])) === regions),
  }));
}

function heardAlways(space: Space, groups: Groups) {
  return Object.entries(space.searched.declared.events).flatMap(([event, known]) => {
    if (known.heard !== 'always') return [];
    const regions = space.nodes.all.filter((node) => node.on.has(event)).map((node) => groups.regionOf(node.address));
    return [{ event, regions: groups.closureOf(regions) }];
  });
}

/** Only those that no other holds, each once. */
function largestOf(wanted: readonly ReadonlySet<string>[]): ReadonlySet<string>[] {
  return wanted.filter(
    (set, index) =>
      !wanted.some((other, at) => at !== index && holds(other, set) && (other.size > set.size || at < index)),
  );
}

/** States in them: a guess at how long the search takes. */
function sizeOf(space: Space, groups: Groups, regions: ReadonlySet<string>): number {
  return space.nodes.all.filter((node) => regions.has(groups.regionOf(node.address))).length;
}

function holds(outer: ReadonlySet<string>, inner: ReadonlySet<string>): boolean {
  return [...inner].every((each) => outer.has(each));
}
