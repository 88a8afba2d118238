import type { DeclaredParts } from '../model/definition.ts';

/**
 * The sets of facts that a step may void when it saves these forms: whatever fields change, exactly the facts about one
 * of them are void. Two facts about the same field are never void one without the other.
 */
export function voidSets(
  facts: DeclaredParts['facts'],
  forms: readonly string[],
  asked: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  const fields = new Set<string>();
  for (const [name, { about }] of Object.entries(facts)) {
    if (!asked.has(name)) continue;
    for (const path of about) {
      const [form = '', field] = path.split('.');
      // A fact about the whole form is about fields that no other fact names, too.
      if (forms.includes(form)) fields.add(`${form}.${field ?? ''}`);
    }
  }
  const single = [...fields].map((field) => {
    const [form = ''] = field.split('.');
    const about = (paths: readonly string[]) =>
      paths.some((path) => path === form || (!field.endsWith('.') && `${path}.`.startsWith(`${field}.`)));
    return new Set(Object.keys(facts).filter((name) => asked.has(name) && about(facts[name]?.about ?? [])));
  });
  const sets = new Map<string, ReadonlySet<string>>([['', new Set()]]);
  for (const set of single)
    for (const known of [...sets.values()]) {
      const union = new Set([...known, ...set]);
      sets.set([...union].sort().join(' '), union);
    }
  return [...sets.values()];
}
