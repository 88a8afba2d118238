import { addressesOf, isWithin } from '../compose/addresses.ts';
import { pathOf, pathOfState } from '../compose/changes/address.ts';
import type { Composition } from '../compose/index.ts';
import type { Can, EditText } from '../contract/edit.ts';
import type { Origin } from '../model/definition.ts';
import type { Json } from '../model/json.ts';
import { descend, entries, get, type MapNode, type Node, plain, shortHash, text } from '../read/index.ts';

/** The workflow that the next change would be written against, and which change of the project says what in it. */
export class Ground {
  readonly now: MapNode;
  readonly composition: Composition;
  private readonly changes: readonly (readonly [name: string, change: Node, key: Origin])[];
  /** State that a change put in -> that change. */
  private readonly added = new Map<string, string>();

  constructor(composition: Composition) {
    this.composition = composition;
    this.now = composition.ground.now;
    this.changes = entries(composition.ground.changes).map(([name, { key, value }]) => [name, value, key] as const);
    for (const [name, change] of this.changes) {
      const address = text(get(change, 'add'));
      if (address !== undefined && addressesOf(this.now).nodes.has(address)) this.added.set(address, name);
    }
  }

  node(path: readonly string[]): Node | undefined {
    return descend(this.now, path);
  }

  pathOfState(address: string): string[] | null {
    return pathOfState(this.now, address);
  }

  /** The change in which a piece stands; null for what base and fragments say. */
  changeAt(origin: Origin | undefined): string | null {
    if (origin === undefined || origin.file !== this.composition.projectFile) return null;
    const before = this.changes.filter(([, , key]) => !isBehind(key, origin));
    return before.at(-1)?.[0] ?? null;
  }

  /** The state that a change put in, around this one or itself. */
  adder(address: string): { readonly state: string; readonly change: string } | null {
    for (const [state, change] of this.added) if (isWithin(address, state)) return { state, change };
    return null;
  }

  /** The last change that adds a condition to one of these transitions or branches. */
  tightener(addresses: readonly string[]): { readonly change: string; readonly and: Origin } | null {
    const found = this.changes.filter(([, change]) => addresses.includes(text(get(change, 'tighten')) ?? '')).at(-1);
    const and = get(found?.[1], 'and');
    return found === undefined || and === undefined ? null : { change: found[0], and: and.origin };
  }

  /** Whether the change does that to what stands at the address. */
  says(change: string, verb: 'set' | 'add', address: string): boolean {
    return text(get(this.change(change), verb)) === address;
  }

  /** The change by name, as located data. */
  change(name: string): Node | undefined {
    return this.changes.find(([one]) => one === name)?.[1];
  }

  /** How a word becomes another one: at `path` in the tree, `address` in the words of a change, in the state `state`. */
  settable(state: string, path: readonly string[], address: string): Can {
    const node = this.node(path);
    const named = this.changeAt(node?.origin);
    const is = named === null ? undefined : get(this.change(named), 'is');
    if (named !== null && get(this.change(named), 'set') !== undefined && same(is?.origin, node?.origin))
      return { kind: 'within', change: named, path: ['is'] };
    const inside = this.inside(state, path);
    if (inside !== null) return inside;
    const found = pathOf(this.now, address);
    if (node !== undefined && found?.join('\0') !== path.join('\0')) return { kind: 'no', why: 'twice' };
    return { kind: 'set', set: address, was: hashOf(node === undefined ? null : plain(node)) };
  }

  /** A word of what a workflow declares (events, notices), written out at its address or in the change that put the part in. */
  declared(path: readonly string[]): Pick<EditText, 'from' | 'change' | 'can'> {
    const node = this.node(path);
    const change = this.changeAt(node?.origin);
    const [group = '', id = '', ...rest] = path;
    const isOwn = change !== null && this.says(change, 'add', `${group}.${id}`);
    const can: Can = isOwn
      ? { kind: 'within', change, path: ['is', ...rest] }
      : this.settable('', path, path.join('.'));
    return { from: node?.origin ?? null, change, can };
  }

  /** Keys of a piece of a state that the project itself put in. */
  inside(state: string, path: readonly string[]): Can | null {
    const adder = this.adder(state);
    if (adder === null) return null;
    const start = this.pathOfState(adder.state)?.length ?? 0;
    return { kind: 'within', change: adder.change, path: ['is', ...path.slice(start)] };
  }
}

export function hashOf(value: Json): string {
  return shortHash(value);
}

export function same(one: Origin | undefined, two: Origin | undefined): boolean {
  return one !== undefined && two !== undefined && one.line === two.line && one.column === two.column;
}

function isBehind(one: Origin, two: Origin): boolean {
  return one.line > two.line || (one.line === two.line && one.column > two.column);
}
