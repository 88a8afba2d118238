import { timerId } from '../compile/names.ts';
import type { Definition } from '../model/definition.ts';
import { once } from '../model/once.ts';

/**
 * Every word that the definition itself says: names, ids, titles, texts, choices, prices. Of the journal and of what the
 * engine keeps, only these stay; what a person or another system wrote is in none of them.
 */
export const vocabularyOf = once((definition: Definition): ReadonlySet<string> => {
  const { chart, states, declared, forms, connectors, content, settings, roles, documents, project, workflow } =
    definition;
  const words = new Set<string>();
  collect(
    { chart, states, declared, forms, connectors, content, settings, roles, documents, project, workflow },
    words,
  );
  for (const state of Object.values(chart.states)) {
    for (const { key } of state.after) words.add(timerId(state.address, 'after', key));
    for (const { key } of state.remind) words.add(timerId(state.address, 'remind', key));
  }
  return words;
});

/** Keys and texts, at any depth. */
export function collect(value: unknown, words: Set<string>, seen = new Set<object>()): void {
  if (typeof value === 'string') words.add(value);
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (!Array.isArray(value)) for (const key of Object.keys(value)) words.add(key);
  for (const inner of Object.values(value)) collect(inner, words, seen);
}
