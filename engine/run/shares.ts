import { evaluateText, type Scope } from '../expressions/index.ts';
import type { CaseState, Share } from '../model/case.ts';
import type { Definition } from '../model/definition.ts';
import type { Json } from '../model/json.ts';

/**
 * What the entries of records take of things that several cases share. It follows from the records, which only grow: a
 * part is never given back, also not when the case is over. [RUN-26]
 */
export function sharesOf(definition: Definition, scope: Scope): Pick<CaseState, 'shares'> {
  const shares: { [reservation: string]: readonly Share[] } = {};
  for (const [id, { of, key, part, whole }] of Object.entries(definition.declared.reservations)) {
    if (of === undefined || part === undefined || whole === undefined) continue;
    const entries = (scope.values.records as { readonly [record: string]: Json })[of];
    const found = (Array.isArray(entries) ? entries : []).flatMap((entry) => {
      const seen: Scope = { ...scope, values: { entry, settings: scope.values.settings } };
      const [name, takes, there] = [key, part, whole].map((text) => evaluateText(text, seen));
      if (name?.kind !== 'value' || takes?.kind !== 'value' || there?.kind !== 'value') return [];
      if (name.value === null || typeof takes.value !== 'number' || typeof there.value !== 'number') return [];
      return [{ key: String(name.value), part: takes.value, whole: there.value }];
    });
    if (found.length > 0) shares[id] = found;
  }
  return Object.keys(shares).length === 0 ? {} : { shares };
}
