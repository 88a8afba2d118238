import { concrete } from '../explore/concrete.ts';
import type { Course } from '../explore/courses.ts';
import { type Exploration, exploreIn } from '../explore/explore.ts';
import { groupsOf } from '../explore/groups.ts';
import type { Situation } from '../explore/space.ts';
import { Space } from '../explore/space.ts';
import type { Definition } from '../model/definition.ts';
import type { ScenarioStep, SimulationOptions } from '../simulate/index.ts';

/** What the proof's search says of some states and branches. */
export interface Searched {
  /** Address -> steps of a scenario that touch it. */
  readonly walks: ReadonlyMap<string, readonly ScenarioStep[]>;
  /** No case can come to these: there are more ways in the search than there really are, and none touches them. */
  readonly impossible: ReadonlySet<string>;
}

/** Beyond so many states the ways that were found have to do. */
const limit = 150_000;

/** The first step that touches something, from a state of the search. */
interface Touch {
  readonly from: number;
  readonly to: number;
  readonly course: Course;
}

/**
 * Ways to a few states and branches by the search of `prove`: first with counters left open, which is quick and says what
 * no case can come to, then with all of them followed. What it finds is made into steps that play. [DIF-3]
 */
export function searchFor(
  definition: Definition,
  addresses: ReadonlySet<string>,
  options: SimulationOptions = {},
): Searched {
  const groups = groupsOf(new Space(definition));
  const regions = groups.closureOf([...addresses].map((address) => groups.regionOf(address)));
  const walks = new Map<string, readonly ScenarioStep[]>();
  const open = new Looking(new Space(definition, { regions, follow: new Set() }), addresses);
  const { found, touches } = open.run();
  const known = new Set([...addresses].filter((address) => open.knows(address)));
  const impossible = new Set(found.whole ? [...known].filter((address) => !touches.has(address)) : []);
  const play = (looking: Looking, sure: boolean) => {
    for (const [address, touch] of looking.touches) {
      if (walks.has(address) || (sure && looking.isGiven(touch))) continue;
      const steps = looking.played(definition, touch, options);
      if (steps !== null) walks.set(address, steps);
    }
  };
  play(open, true);
  const left = [...touches.keys()].filter((address) => !walks.has(address));
  if (left.length > 0) {
    const exact = new Looking(new Space(definition, { regions }), new Set(left));
    exact.run();
    play(exact, false);
  }
  return { walks, impossible };
}

/** One search that notes the first step to each address. */
class Looking {
  readonly touches = new Map<string, Touch>();
  private readonly space: Space;
  private readonly wanted: ReadonlySet<string>;
  private readonly seen = new Set<Course>();
  private found: Exploration | null = null;

  constructor(space: Space, wanted: ReadonlySet<string>) {
    this.space = space;
    this.wanted = wanted;
  }

  /** It is a state or branch that the search sees; a reminder is none. */
  knows(address: string): boolean {
    const { nodes } = this.space;
    return nodes.of.has(address) || nodes.edges.some((edge) => edge.address === address);
  }

  run() {
    const sought = [...this.wanted].filter((address) => this.knows(address)).length;
    const found = exploreIn(this.space, {
      lean: true,
      limit,
      see: (course, from, to) => {
        if (this.seen.has(course)) return undefined;
        this.seen.add(course);
        this.note(course, from, to);
        return this.touches.size === sought;
      },
    });
    this.found = found;
    return { found: { whole: found.whole || this.touches.size === sought }, touches: this.touches };
  }

  private note(course: Course, from: number, to: number): void {
    const { all } = this.space.nodes;
    const touch = (address: string | undefined) => {
      if (address !== undefined && this.wanted.has(address) && !this.touches.has(address))
        this.touches.set(address, { from, to, course });
    };
    for (const edge of course.taken) {
      touch(edge.address);
      // A state may be left in the step that enters it.
      touch(all[edge.source]?.address);
      for (const around of this.space.configurations.around(edge.source)) touch(all[around]?.address);
    }
    for (const index of course.into?.nodes ?? []) touch(all[index]?.address);
  }

  /** The way hangs on a value that the world gave. */
  isGiven(touch: Touch): boolean {
    return [...this.wayTo(touch.from), touch.course].some(({ choices }) => choices.some((choice) => choice.given));
  }

  /** Steps of a scenario, when the way plays. */
  played(
    definition: Definition,
    { from, to, course }: Touch,
    options: SimulationOptions,
  ): readonly ScenarioStep[] | null {
    const before = this.wayTo(from).map((step) => ({ ...step, into: this.at(step.to) }));
    const way = from < 0 || to < 0 ? before : [...before, { ...course, from, to, into: this.at(to) }];
    const last = from >= 0 && to < 0 ? course : null;
    const begun = this.begunOf(before[0]?.from ?? from, course);
    const { steps, made } = concrete(definition, this.space, { begun, way, last }, options);
    if (made < way.length + (last === null ? 0 : 1)) return null;
    return course.refused ? refusing(steps) : steps;
  }

  private wayTo(state: number) {
    return state < 0 ? [] : (this.found?.wayTo(state) ?? []);
  }

  private begunOf(first: number, course: Course): Course {
    return first < 0 ? course : (this.found?.begun.get(first) ?? course);
  }

  private at(state: number): Situation {
    return this.found?.situations[state] as Situation;
  }
}

/** The last step is told as a refusal. */
function refusing(steps: readonly ScenarioStep[]): readonly ScenarioStep[] {
  const { do: event, ...rest } = steps.at(-1) ?? {};
  return event === undefined ? steps : [...steps.slice(0, -1), { ...rest, refused: event }];
}
