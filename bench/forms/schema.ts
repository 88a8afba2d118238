/** One form in four languages: the same fields, the same conditions, made from the same list. */
export type Kind = 'text' | 'multiline' | 'whole' | 'choice' | 'many' | 'tick' | 'day' | 'mail';

export interface Spec {
  readonly name: string;
  readonly title: string;
  readonly kind: Kind;
  readonly required: boolean;
  /** It is there only while this holds. */
  readonly when:
    | { readonly field: string; readonly is: string }
    | { readonly field: string; readonly filled: true }
    | null;
}

const kinds: readonly Kind[] = ['text', 'text', 'choice', 'whole', 'mail', 'tick', 'day', 'many', 'text', 'multiline'];
export const few = ['a', 'b', 'c'];
export const several = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];

/**
 * So many fields of ten sorts. One in ten depends on a choice before it, one in fifty on whether the first text, into
 * which the bench types, holds anything.
 */
export function specs(count: number): Spec[] {
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length] ?? 'text';
    const condition =
      i % 50 === 8 ? ({ field: 'f0', filled: true } as const) : i % 10 === 8 ? { field: `f${i - 6}`, is: 'b' } : null;
    return { name: `f${i}`, title: `Field ${i}`, kind, required: i % 3 === 0, when: condition };
  });
}

/** What a field is in plain JSON Schema. */
export function property({ title, kind }: Spec): { [keyword: string]: unknown } {
  switch (kind) {
    case 'text':
      return { type: 'string', title, maxLength: 200 };
    case 'multiline':
      return { type: 'string', title, maxLength: 2000 };
    case 'whole':
      return { type: 'integer', title, minimum: 0, maximum: 100_000 };
    case 'choice':
      return { type: 'string', title, enum: few };
    case 'many':
      return { type: 'string', title, enum: several };
    case 'tick':
      return { type: 'boolean', title };
    case 'day':
      return { type: 'string', title, format: 'date' };
    case 'mail':
      return { type: 'string', title, format: 'email' };
  }
}
