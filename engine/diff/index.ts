/** What two definitions do differently, with paths that show it. Rules: engine/SPEC.md, [DIF-…]. */
import type { Definition } from '../model/definition.ts';
import { type PathsOptions, pathsTo, type Scenario } from '../paths/index.ts';
import { runScenario } from '../simulate/scenario.ts';
import { type Difference, differences } from './differences.ts';

export type { Difference };

/** A path that passes in one definition and goes otherwise in the other. */
export interface Witness {
  readonly passesIn: 'before' | 'after';
  readonly scenario: Scenario;
  /** Where the other one goes otherwise: step, counted from 1, and what was found there. */
  readonly step: number;
  readonly found: string;
}

export interface Compared {
  readonly difference: Difference;
  /** The shortest path to the piece that the other definition plays otherwise; null where none of the paths shows it. */
  readonly witness: Witness | null;
}

/** All differences; those of states, branches and timers with a witness where a path to them shows it. */
export function diff(before: Definition, after: Definition, options: PathsOptions = {}): readonly Compared[] {
  const found = differences(before, after);
  const shown = found.filter(({ kind }) => kind === 'state' || kind === 'transition' || kind === 'timer');
  const first = witnesses('before', before, after, shown, options);
  const rest = shown.filter(({ address }) => !first.has(address));
  const second = witnesses('after', after, before, rest, options);
  return found.map((difference) => {
    const { address } = difference;
    return {
      difference,
      witness: shown.includes(difference) ? (first.get(address) ?? second.get(address) ?? null) : null,
    };
  });
}

/** Address -> the path to it in the one definition, where the other one goes otherwise. */
function witnesses(
  passesIn: Witness['passesIn'],
  definition: Definition,
  other: Definition,
  wanted: readonly Difference[],
  options: PathsOptions,
): ReadonlyMap<string, Witness> {
  const addresses = new Set(wanted.filter((each) => each[passesIn] !== null).map(({ address }) => address));
  const found = new Map<string, Witness>();
  if (addresses.size === 0) return found;
  for (const { target, scenario } of pathsTo(definition, addresses, options)) {
    const { failure } = runScenario(other, scenario);
    if (failure === null) continue;
    found.set(target.address, { passesIn, scenario, step: failure.step + 1, found: failure.found });
  }
  return found;
}
