/** What two definitions do differently, with paths that show it. Rules: engine/SPEC.md, [DIF-…]. */
import type { Definition } from '../model/definition.ts';
import { pathsTo, walksTo } from '../paths/index.ts';
import type { ScenarioStep } from '../simulate/index.ts';
import { type Change, type Difference, differences } from './differences.ts';
import { type Kind, kinds } from './pieces.ts';
import { searchFor } from './searched.ts';
import { type Witness, type WitnessOptions, witnessOf } from './witness.ts';

export {
  type ApplicantDifference,
  applicantDifference,
  type FormDifference,
  type SaidDifference,
  type SaidKind,
  saidKinds,
} from './applicant.ts';
export { type DiagramChange, type DiagramDifference, diagramDifference } from './diagrams.ts';
export { type Change, type Difference, type Kind, kinds, type Witness };

export interface Compared {
  readonly difference: Difference;
  /** A path to the piece that the other definition plays otherwise; null where none that was found shows it. */
  readonly witness: Witness | null;
  /** No case of either definition can come to the piece: nobody will ever see the difference. */
  readonly impossible: boolean;
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
  const sides = [new Side('before', before, after, found), new Side('after', after, before, found)];
  // What is quick first, in both; what stays open the long way.
  for (const look of [searching, walking, ...(options.thorough === true ? [lookingEverywhere] : [])])
    for (const side of sides) side.look(look, sides, options);
  const witnessOf = (address: string) => sides.flatMap((side) => side.witnesses.get(address) ?? [])[0] ?? null;
  return found.map((difference) => {
    if (!isBehaviour(difference)) return { difference, witness: null, impossible: false };
    const [shows] = onlyDue(difference) ? found.filter((each) => isDueIn(difference, each)) : [];
    const witness = witnessOf(difference.address) ?? (shows === undefined ? null : witnessOf(shows.address));
    const has = sides.filter((side) => side.addresses.has(difference.address));
    return { difference, witness, impossible: has.every((side) => side.impossible.has(difference.address)) };
  });
}

/** Ways to some pieces of a side. */
type Look = (
  side: Side,
  addresses: ReadonlySet<string>,
  options: WitnessOptions,
) => Iterable<readonly [string, readonly ScenarioStep[]]>;

const searching: Look = (side, addresses, options) => {
  const { walks, impossible } = searchFor(side.definition, addresses, options);
  for (const address of impossible) side.impossible.add(address);
  return walks;
};

const walking: Look = ({ definition }, addresses, options) => walksTo(definition, addresses, options);

const lookingEverywhere: Look = ({ definition }, addresses, options) =>
  pathsTo(definition, addresses, options).map(({ target, scenario }) => [
    target.address,
    scenario.steps.filter((step) => step.expect === undefined),
  ]);

/** One of the two definitions: what of it is another there, and what was found. */
class Side {
  readonly definition: Definition;
  readonly addresses: ReadonlySet<string>;
  readonly witnesses = new Map<string, Witness>();
  readonly impossible = new Set<string>();
  private readonly passesIn: Witness['passesIn'];
  private readonly other: Definition;

  constructor(passesIn: Witness['passesIn'], definition: Definition, other: Definition, found: readonly Difference[]) {
    this.passesIn = passesIn;
    this.definition = definition;
    this.other = other;
    const has = found.filter((each) => isBehaviour(each) && each[passesIn] !== null);
    this.addresses = new Set(has.map(({ address }) => address));
  }

  look(look: Look, sides: readonly Side[], options: WitnessOptions): void {
    const isOpen = (address: string) =>
      !this.impossible.has(address) && sides.every(({ witnesses }) => !witnesses.has(address));
    const open = new Set([...this.addresses].filter(isOpen));
    if (open.size === 0) return;
    for (const [address, steps] of look(this, open, options)) {
      if (!isOpen(address)) continue;
      const witness = witnessOf(this.passesIn, this.definition, this.other, address, steps);
      if (witness !== null) this.witnesses.set(address, witness);
    }
  }
}

/** Of a state nothing is another but what has to be done in it. */
function onlyDue({ kind, changes }: Difference): boolean {
  return kind === 'state' && changes.length > 0 && changes.every(({ part }) => part === 'due');
}

function isDueIn({ address }: Difference, other: Difference): boolean {
  return other.address.startsWith(`${address}.obligations.`);
}
