import type { Condition } from '../explore/condition.ts';
import { conditionOf } from '../explore/condition.ts';
import type { Course } from '../explore/courses.ts';
import type { Groups } from '../explore/groups.ts';
import type { Searched } from '../explore/nodes.ts';
import type { Situation, Space } from '../explore/space.ts';

/** A law that the search can look at in the states of some regions. */
export interface LawCheck {
  readonly id: string;
  readonly must: string;
  /** Addresses; null: in every state. */
  readonly at: readonly string[] | null;
  readonly offers: string | null;
}

/** The laws; what they are about that the search leaves out (sums, people) is told apart. */
export function lawsOf(searched: Searched): readonly LawCheck[] {
  return Object.entries(searched.declared.laws).map(([id, law]) => {
    const everywhere = law.offers === undefined && (law.at === undefined || law.at.includes('case'));
    return { id, must: law.must, at: everywhere ? null : (law.at ?? []), offers: law.offers ?? null };
  });
}

/** Regions in which a law can be judged. */
export function regionsOfLaw(law: LawCheck, space: Space, groups: Groups): ReadonlySet<string> {
  const must = conditionOf(law.must, space.known);
  const found = new Set<string>(groups.readsOf(must));
  for (const address of law.at ?? []) found.add(groups.regionOf(address));
  if (law.offers !== null)
    for (const node of space.nodes.all) if (node.on.has(law.offers)) found.add(groups.regionOf(node.address));
  // Where a law is about sums, whoever records what is added up.
  for (const [, record = ''] of law.must.includes('sum(') ? law.must.matchAll(/\brecords\.(\w+)/g) : [])
    for (const region of groups.recordedIn(record)) found.add(region);
  found.delete('');
  return found.size === 0 ? new Set(groups.regions.slice(0, 1)) : found;
}

/** A law ready to be asked in the states of a space. */
export function judgeOf(law: LawCheck, space: Space): (situation: Situation) => boolean | 'unknown' {
  const must: Condition = conditionOf(law.must, space.known);
  const places = law.at === null ? null : law.at.flatMap((address) => space.nodes.of.get(address)?.index ?? []);
  return (situation) => {
    const { active } = situation.configuration;
    if (places !== null && law.offers === null && !places.some((place) => active[place] === 1)) return true;
    if (law.offers !== null && !offers(space, situation, law.offers)) return true;
    return space.truth(situation, must);
  };
}

/** Some active state offers the event, or may do so when it is sent. [RUN-18] */
function offers(space: Space, situation: Situation, event: string): boolean {
  return space
    .states(situation.configuration)
    .some((node) =>
      (node.on.get(event) ?? []).some(
        (edge) => edge.follows === null && !edge.refuses && space.truth(situation, edge.guard) !== false,
      ),
    );
}

/** The case waits for nothing here, and what has to end has ended. [RUN-17] */
export function endingsOf(
  space: Space,
  groups: Groups,
  regions: ReadonlySet<string> | null = null,
): (situation: Situation) => boolean {
  const asked = (address: string) => regions === null || regions.has(groups.regionOf(address));
  const { goals } = space.searched.declared;
  const goalRegions = new Set(goals.map((goal) => groups.regionOf(goal)));
  const known = new Map<number, boolean>();
  return ({ configuration }) => {
    let ended = known.get(configuration.id);
    if (ended === undefined) {
      const waits = space
        .states(configuration)
        .some(({ kind, state }) => kind !== 'final' && state !== null && asked(state.address) && isWaiting(state));
      const final = configuration.leaves.every((leaf) => {
        const node = space.nodes.all[leaf];
        if (node === undefined || !asked(node.address) || !goalRegions.has(groups.regionOf(node.address))) return true;
        return node.kind === 'final';
      });
      ended = !waits && final;
      known.set(configuration.id, ended);
    }
    return ended;
  };
}

function isWaiting(state: { readonly task: unknown; readonly call: unknown; readonly after: readonly unknown[] }) {
  return state.task !== null || state.call !== null || state.after.length > 0;
}

/** What an outcome of a step shows to be wrong by itself: `kind:name`. */
export function wrongWith(
  space: Space,
  groups: Groups,
  course: Course,
  heard: ReadonlySet<string>,
  from: Situation | undefined,
): readonly string[] {
  const { move, taken, refused, possible, endless } = course;
  if (endless) return [`endless:${taken.at(-1)?.address ?? ''}`];
  if (!possible) return [];
  const nothing = taken.length === 0 || refused;
  if (move.kind === 'outside' && nothing && heard.has(move.name)) return [`unheard:${move.name}`];
  if (move.kind === 'outcome' && nothing) return [`unhandled:${move.name}`];
  if ((move.kind !== 'event' && move.kind !== 'outside') || refused) return [];
  const asked = new Set(
    from === undefined
      ? []
      : space
          .states(from.configuration)
          .filter((node) => (node.on.get(move.name) ?? []).some((edge) => edge.follows !== null))
          .map((node) => groups.regionOf(node.address)),
  );
  // A follower that was asked and whose own condition does not hold stays because its author said so.
  const left = standing(space, groups, course).filter((region) => !asked.has(region));
  return left.map((region) => `follower:${move.name}:${region}`);
}

/** Regions that should have moved along with the event's leader and did not. */
function standing(space: Space, groups: Groups, { move, taken }: Course): readonly string[] {
  if (followersOf(space, move.name).length === 0) return [];
  const leading = taken.filter(
    (edge) => edge.follows === null && (space.nodes.all[edge.source]?.on.get(move.name) ?? []).includes(edge),
  );
  if (leading.length === 0) return [];
  const leaders = new Set(leading.map((edge) => groups.regionOf(space.nodes.all[edge.source]?.address ?? '')));
  const moved = new Set(
    taken
      .filter((edge) => edge.follows === move.name)
      .map((edge) => groups.regionOf(space.nodes.all[edge.source]?.address ?? '')),
  );
  const regions = followersOf(space, move.name).map((address) => groups.regionOf(address));
  return [...new Set(regions)].filter((region) => !leaders.has(region) && !moved.has(region));
}

const following = new WeakMap<Space, ReadonlyMap<string, readonly string[]>>();

/** Addresses of the states that move along with an event. */
function followersOf(space: Space, event: string): readonly string[] {
  let known = following.get(space);
  if (known === undefined) {
    const found = new Map<string, string[]>();
    for (const edge of space.nodes.edges)
      if (edge.follows !== null)
        found.set(edge.follows, [...(found.get(edge.follows) ?? []), space.nodes.all[edge.source]?.address ?? '']);
    known = found;
    following.set(space, known);
  }
  return known.get(event) ?? [];
}
