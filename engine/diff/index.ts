/** What two definitions do differently, with paths that show it. Rules: engine/SPEC.md, [DIF-…]. */
import type { Definition } from '../model/definition.ts';
import { type PathsOptions, paths, type Scenario } from '../paths/index.ts';
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
  const behaves = found.some(({ kind }) => kind === 'state' || kind === 'transition' || kind === 'timer');
  const ways = behaves
    ? { before: waysOf(before, options), after: waysOf(after, options) }
    : { before: new Map<string, Scenario>(), after: new Map<string, Scenario>() };
  return found.map((difference) => ({
    difference,
    witness:
      witnessOf(difference, 'before', ways.before, after) ?? witnessOf(difference, 'after', ways.after, before) ?? null,
  }));
}

function waysOf(definition: Definition, options: PathsOptions): ReadonlyMap<string, Scenario> {
  return new Map(paths(definition, options).ways.map(({ target, scenario }) => [target.address, scenario]));
}

function witnessOf(
  { address }: Difference,
  passesIn: Witness['passesIn'],
  ways: ReadonlyMap<string, Scenario>,
  other: Definition,
): Witness | null {
  const scenario = ways.get(address);
  if (scenario === undefined) return null;
  const { failure } = runScenario(other, scenario);
  return failure === null ? null : { passesIn, scenario, step: failure.step + 1, found: failure.found };
}
