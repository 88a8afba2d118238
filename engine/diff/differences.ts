import type { Definition } from '../model/definition.ts';
import type { Json } from '../model/json.ts';
import { canonical } from '../read/canonical.ts';
import { type Kind, piecesOf } from './pieces.ts';

/** A part of a piece that two definitions do not say alike; null = that one does not say it. */
export interface Change {
  /** `if`, `words.prove`; empty: the piece itself. */
  readonly part: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A piece that two definitions do not say alike; null = that one has not got it. */
export interface Difference {
  readonly kind: Kind;
  /** Address of the state or branch, `form.field`, else the name: of a text, of its article, event or notice. */
  readonly address: string;
  /** The whole piece: a text as it is, anything else as canonical JSON. */
  readonly before: string | null;
  readonly after: string | null;
  /** Where both have it: what of it is another. */
  readonly changes: readonly Change[];
}

/** All pieces in which two effective definitions differ, in the order of the first. [DIF-1] */
export function differences(before: Definition, after: Definition): readonly Difference[] {
  const [one, two] = [piecesOf(before), piecesOf(after)];
  const found: Difference[] = [];
  for (const key of new Set([...one.keys(), ...two.keys()])) {
    const [left, right] = [one.get(key), two.get(key)];
    const piece = left ?? right;
    if (piece === undefined) continue;
    const [says, saysNow] = [textOf(left?.says), textOf(right?.says)];
    if (says === saysNow) continue;
    const changes = left === undefined || right === undefined ? [] : changesOf(left.says, right.says, '');
    found.push({ kind: piece.kind, address: piece.address, before: says, after: saysNow, changes });
  }
  return found;
}

function changesOf(before: Json | undefined, after: Json | undefined, part: string): readonly Change[] {
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      changesOf(before[name], after[name], part === '' ? name : `${part}.${name}`),
    );
  }
  const [says, saysNow] = [textOf(before), textOf(after)];
  return says === saysNow ? [] : [{ part, before: says, after: saysNow }];
}

function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(says: Json | undefined): string | null {
  if (says === undefined || says === null) return null;
  return typeof says === 'string' ? says : canonical(says);
}
