import type { ScenarioStep } from '../simulate/scenario.ts';
import type { Session } from '../simulate/session.ts';
import { chainOf, type Found, type Search } from './search.ts';
import { touchedBy } from './targets.ts';

/** Steps of a path that were carried out together, between the cases before and after them. */
export interface Stretch {
  readonly steps: readonly ScenarioStep[];
  readonly before: Session;
  readonly after: Session;
  /** The branch that refused the step; null: it was accepted. */
  readonly refused: string | null;
}

/** One path of a covering set. */
export interface Covering {
  readonly found: Found;
  readonly stretches: readonly Stretch[];
  /** Addresses that no path before it touches. */
  readonly addresses: readonly string[];
}

/**
 * A small set of the ways that together touch every address that a way is known to: again and again the way that adds
 * most. What is refused on the way changes nothing, so that it is told in passing.
 */
export function coveringSet(search: Search): readonly Covering[] {
  const refusals = refusalsOf(search);
  const ends = new Map<Found, ReadonlySet<string>>();
  const known = new Map<Found, ReadonlySet<string>>();
  for (const { found } of search.ways.values()) ends.set(found, touchedUntil(search, found, refusals, known));
  const left = new Set(search.ways.keys());
  const covering: Covering[] = [];
  while (left.size > 0) {
    let best: { found: Found; gain: number } | null = null;
    for (const [found, touched] of ends) {
      let gain = 0;
      for (const address of touched) if (left.has(address)) gain += 1;
      if (gain > (best?.gain ?? 0)) best = { found, gain };
    }
    if (best === null) break;
    const { found } = best;
    const stretches = chainOf(found).flatMap((one) => [
      ...(one.before === null ? [] : [taken(one, one.before)]),
      ...(refusals.get(one) ?? []).filter(({ address }) => left.has(address)).map((refusal) => refusedAt(one, refusal)),
    ]);
    const addresses = [...(ends.get(found) ?? [])].filter((address) => left.delete(address));
    covering.push({ found, stretches, addresses });
  }
  return covering;
}

function taken({ steps, session }: Found, before: Found): Stretch {
  return { steps, before: before.session, after: session, refused: null };
}

function refusedAt({ session }: Found, { address, steps }: Refusal): Stretch {
  return { steps, before: session, after: session, refused: address };
}

interface Refusal {
  readonly address: string;
  readonly steps: readonly ScenarioStep[];
}

function refusalsOf(search: Search): ReadonlyMap<Found, readonly Refusal[]> {
  const refusals = new Map<Found, Refusal[]>();
  for (const [address, way] of search.ways) {
    if (way.refused.length === 0) continue;
    refusals.set(way.found, [...(refusals.get(way.found) ?? []), { address, steps: way.refused }]);
  }
  return refusals;
}

function touchedUntil(
  search: Search,
  found: Found,
  refusals: ReadonlyMap<Found, readonly Refusal[]>,
  known: Map<Found, ReadonlySet<string>>,
): ReadonlySet<string> {
  const before = known.get(found);
  if (before !== undefined) return before;
  const earlier = found.before === null ? [] : touchedUntil(search, found.before, refusals, known);
  const { session } = found;
  const taken = session.taken.slice(found.before?.session.taken.length ?? 0);
  const own = touchedBy(search.definition, session.state.active, taken);
  const refused = (refusals.get(found) ?? []).map((refusal) => refusal.address);
  const all = new Set([...earlier, ...own, ...refused]);
  known.set(found, all);
  return all;
}
