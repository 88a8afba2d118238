import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { shortHash } from '../../../engine/read/canonical.ts';
import { changesIn, freeName, type NamedChange, withChange } from '../change-in-text.ts';
import { same } from '../settings-model.ts';

/** Changes of forms and texts in a project's text: what is said otherwise, by its address. */

let last: { readonly text: string; readonly changes: readonly NamedChange[] } | null = null;

/** The changes of a text. A page asks for the same text at every field: it is read once. */
export function changesOf(text: string): readonly NamedChange[] {
  if (last?.text !== text) last = { text, changes: changesIn(text) ?? [] };
  return last.changes;
}

/** The change that says what stands at an address. */
export function changeAt(text: string, address: string): NamedChange | undefined {
  return changesOf(text).find(({ change }) => change.set === address);
}

/** Names of the changes that say something of what stands at an address, or below it. */
export function changesBelow(text: string, address: string): readonly NamedChange[] {
  return changesOf(text).filter(({ change }) => {
    const at = [change.set, change.add, change.remove].find((one) => typeof one === 'string');
    return at === address || (typeof at === 'string' && at.startsWith(`${address}.`));
  });
}

/**
 * The text in which something else stands at an address. What is the same as in the base is no change.
 * @param base what stands there without the project; undefined where nothing does
 * @param value undefined takes it away
 */
export function withSaid(text: string, address: string, base: Json | undefined, value: Json | undefined): string {
  const known = changeAt(text, address);
  const [before, next] = [base ?? null, value ?? null];
  if (same(before, next)) return known === undefined ? text : withChange(text, known.name, null);
  const title = known?.change.title;
  const change: JsonObject = {
    ...(title !== undefined && { title }),
    set: address,
    was: shortHash(before),
    is: next,
  };
  return withChange(text, known?.name ?? freeName(text, nameFor(address)), change);
}

export function without(text: string, changes: readonly NamedChange[]): string {
  return changes.reduce((rest, { name }) => withChange(rest, name, null), text);
}

const skipped: ReadonlySet<string> = new Set(['forms', 'fields', 'content', 'items', 'x']);

/** `forms.organization.fields.phone.x-hint` -> `organizationPhoneHint`. */
export function nameFor(address: string): string {
  const words = address.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && !skipped.has(word));
  const [first = 'change', ...rest] = words;
  const name = first + rest.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[a-z]/.test(name) ? name.slice(0, 60) : `change${name}`.slice(0, 60);
}
