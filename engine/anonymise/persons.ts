import type { CaseState, JournalEntry } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import { ownerOf } from '../simulate/session.ts';

const ordinals = ['one', 'two', 'three', 'four'] as const;

/**
 * The people of the play in the place of those of the case, `reviewer/two`: who was the same person stays the same one, so
 * that four eyes stay four. The role is the one in which somebody acted first.
 */
export function personsOf(
  definition: Definition,
  state: CaseState,
  journal: readonly JournalEntry[],
): (person: string) => string {
  const owner = ownerOf(definition);
  const known = new Map<string, string>([[state.owner, owner]]);
  const counts = new Map<string, number>([[roleOf(owner), 1]]);
  const called = (person: string, role: string): string => {
    const there = known.get(person);
    if (there !== undefined) return there;
    const count = counts.get(role) ?? 0;
    const name = `${role}/${ordinals[count] ?? `p${count + 1}`}`;
    counts.set(role, count + 1);
    known.set(person, name);
    return name;
  };
  for (const { by, inPlaceOf, part } of journal) {
    if (!Object.hasOwn(definition.roles, part)) continue;
    for (const person of [inPlaceOf, by]) if (person !== undefined) called(person, part);
  }
  return (person) => called(person, 'somebody');
}

function roleOf(person: string): string {
  return person.slice(0, person.indexOf('/'));
}
