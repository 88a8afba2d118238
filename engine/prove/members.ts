import type { Files } from '../model/definition.ts';
import { composed, definitionOf, type Family, type Member } from './family.ts';
import { machineOf, type ProveOptions, prove, type Undecided } from './prove.ts';
import { type Told, tell } from './told.ts';

/** One effective machine of a family, proven once for every combination of settings that gives it. */
export interface Machine {
  /** The combination with the fewest changes. */
  readonly smallest: Member;
  /** How many combinations of the settings that make a difference give it. */
  readonly combinations: number;
  /** What is wrong with it; none when it is sound. */
  readonly violations: readonly Told[];
  readonly undecided: readonly Undecided[];
  readonly unfinished: readonly string[];
}

export interface Members {
  readonly machines: readonly Machine[];
  /** Combinations that the checker refuses: nobody can publish them. */
  readonly refused: number;
}

/** Proves each different machine of some members of a family once. [PRV-7] */
export function proveMembers(
  files: Files,
  workflow: string,
  members: readonly Member[],
  options: ProveOptions = {},
): Members {
  const known: ProveOptions['known'] = options.known ?? new Map();
  const machines = new Map<string, Machine | null>();
  let refused = 0;
  for (const member of members) {
    const { composition } = composed(files, workflow, member);
    if (composition === null) {
      refused += 1;
      continue;
    }
    const digest = machineOf(composition.composed);
    const machine = machines.get(digest);
    if (machine === undefined) {
      const definition = definitionOf(composition);
      if (definition === null) refused += 1;
      else {
        const { violations, undecided, unfinished } = prove(definition, { ...options, known });
        const told = violations.map((violation) => tell(definition, violation));
        machines.set(digest, { smallest: member, combinations: 1, violations: told, undecided, unfinished });
        continue;
      }
      machines.set(digest, null);
    } else if (machine === null) refused += 1;
    else machines.set(digest, { ...machine, combinations: machine.combinations + 1 });
  }
  return { machines: [...machines.values()].flatMap((machine) => machine ?? []), refused };
}

/** What is wrong somewhere in a family, with the smallest combination of settings that shows it. */
export interface Bad {
  readonly settings: Member;
  readonly told: Told;
}

export interface FamilyProof {
  readonly workflow: string;
  /** Combinations of all settings with few values, and how many of them were covered. */
  readonly combinations: number;
  readonly covered: number;
  /** Covered, and refused by the checker. */
  readonly refused: number;
  /** Different machines. */
  readonly machines: number;
  /** The smallest combinations first. */
  readonly bad: readonly Bad[];
  readonly undecided: readonly Undecided[];
  readonly unfinished: readonly string[];
}

/** @param parts proofs of members that together are some or all of the family */
export function familyProof(family: Family, parts: readonly Members[]): FamilyProof {
  const machines = parts.flatMap((part) => part.machines).sort((one, other) => changesOf(one) - changesOf(other));
  const idle = family.idle.reduce((product, { values }) => product * values.length, 1);
  const refused = parts.reduce((sum, part) => sum + part.refused, 0) * idle;
  const bad = new Map<string, Bad>();
  for (const { smallest, violations } of machines)
    for (const told of violations) {
      const key = `${told.kind}:${told.name}`;
      if (!bad.has(key)) bad.set(key, { settings: smallest, told });
    }
  return {
    workflow: family.workflow,
    combinations: family.combinations,
    covered: machines.reduce((sum, { combinations }) => sum + combinations, 0) * idle + refused,
    refused,
    machines: machines.length,
    bad: [...bad.values()],
    undecided: [...new Map(machines.flatMap((each) => each.undecided).map((each) => [each.law, each])).values()],
    unfinished: [...new Set(machines.flatMap((each) => each.unfinished))],
  };
}

function changesOf({ smallest }: Machine): number {
  return Object.keys(smallest).length;
}
