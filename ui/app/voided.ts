import type { CaseView } from '../../engine/contract/view.ts';

/** A proof that will be void, and the fields (`<form>.<field>`) whose change does it. */
export interface Voided {
  readonly title: string;
  readonly by: readonly string[];
}

/** Proven facts that are about some of these fields: changing them voids the proof. */
export function voidedBy(facts: CaseView['facts'], fields: Iterable<string>): readonly Voided[] {
  const changed = [...fields];
  return facts
    .filter((fact) => fact.provenAt !== null)
    .map((fact) => ({
      title: fact.title,
      by: changed.filter((field) => (fact.about ?? []).some((one) => field === one || field.startsWith(`${one}.`))),
    }))
    .filter((voided) => voided.by.length > 0);
}
