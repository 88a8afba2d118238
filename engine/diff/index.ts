/** What two definitions do differently, with paths that show it. Rules: engine/SPEC.md, [DIF-…]. */
import type { Definition } from '../model/definition.ts';
import { type Change, type Difference, differences } from './differences.ts';
import { type Kind, kinds } from './pieces.ts';
import { type Witness, type WitnessOptions, witnesses } from './witness.ts';

export { type Change, type Difference, type Kind, kinds, type Witness };

export interface Compared {
  readonly difference: Difference;
  /** A path to the piece that the other definition plays otherwise; null where none that was found shows it. */
  readonly witness: Witness | null;
}

/** Kinds that a path can lead to. */
const shown: readonly Kind[] = ['state', 'transition', 'timer'];

/** Whether a path could show it. */
export function isBehaviour({ kind }: Difference): boolean {
  return shown.includes(kind);
}

/** All differences; those of states, branches and timers with a witness where a path to them shows it. */
export function diff(before: Definition, after: Definition, options: WitnessOptions = {}): readonly Compared[] {
  const found = differences(before, after);
  const behaviour = found.filter(isBehaviour);
  const addresses = (side: 'before' | 'after') =>
    behaviour.flatMap((each) => (each[side] === null ? [] : [each.address]));
  const first = witnesses('before', before, after, new Set(addresses('before')), options);
  const rest = addresses('after').filter((address) => !first.has(address));
  const second = witnesses('after', after, before, new Set(rest), options);
  const witnessOf = (address: string) => first.get(address) ?? second.get(address) ?? null;
  return found.map((difference) => {
    if (!isBehaviour(difference)) return { difference, witness: null };
    const [shows] = onlyDue(difference) ? behaviour.filter((each) => isDueIn(difference, each)) : [];
    return {
      difference,
      witness: witnessOf(difference.address) ?? (shows === undefined ? null : witnessOf(shows.address)),
    };
  });
}

/** Of a state nothing is another but what has to be done in it. */
function onlyDue({ kind, changes }: Difference): boolean {
  return kind === 'state' && changes.length > 0 && changes.every(({ part }) => part === 'due');
}

function isDueIn({ address }: Difference, other: Difference): boolean {
  return other.address.startsWith(`${address}.obligations.`);
}
