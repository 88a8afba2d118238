import type { EditSubject } from '../contract/edit.ts';
import type { Json } from '../model/json.ts';

/** One comparison of a condition, as it is chosen from lists. */
export interface Term {
  readonly path: string;
  readonly is: Operator;
  /** None for `filled` and `empty`. */
  readonly value: Json;
}

export type Operator =
  | 'equal'
  | 'other'
  | 'less'
  | 'atMost'
  | 'more'
  | 'atLeast'
  | 'holds'
  | 'lacks'
  | 'filled'
  | 'empty';

/** What can be asked of a subject, the most usual first. */
export function operatorsOf({ type, optional }: EditSubject): readonly Operator[] {
  const some: readonly Operator[] = optional ? ['filled', 'empty'] : [];
  switch (type) {
    case 'boolean':
      return ['equal', ...some];
    case 'number':
      return ['equal', 'other', 'atLeast', 'more', 'atMost', 'less', ...some];
    case 'list':
      return ['holds', 'lacks', ...some];
    case 'text':
      return ['equal', 'other', ...some];
  }
}

const signs = { equal: '==', other: '!=', less: '<', atMost: '<=', more: '>', atLeast: '>=' } as const;

/**
 * The terms as CEL. What need not be there is asked for first: a comparison with nothing does not hold, so that `other` and
 * `lacks` hold then.
 */
export function conditionText(terms: readonly Term[], subjects: readonly EditSubject[], joined: 'all' | 'any'): string {
  const parts = terms.flatMap((term) => {
    const subject = subjects.find(({ path }) => path === term.path);
    return subject === undefined ? [] : [termText(subject, term)];
  });
  if (parts.length < 2) return parts[0] ?? '';
  const [sign, other] = joined === 'all' ? ['&&', '||'] : ['||', '&&'];
  return parts.map((part) => (part.includes(` ${other} `) ? `(${part})` : part)).join(` ${sign} `);
}

function termText({ path, type, optional }: EditSubject, { is, value }: Term): string {
  if (is === 'filled') return `has(${path})`;
  if (is === 'empty') return `!has(${path})`;
  if (is === 'holds' || is === 'lacks') {
    const held = `${literal(value)} in ${path}`;
    if (is === 'holds') return optional ? `has(${path}) && ${held}` : held;
    return optional ? `!has(${path}) || !(${held})` : `!(${held})`;
  }
  const compared =
    type === 'boolean' ? `${value === true ? '' : '!'}${path}` : `${path} ${signs[is]} ${literal(value)}`;
  if (!optional) return compared;
  return is === 'other' ? `!has(${path}) || ${compared}` : `has(${path}) && ${compared}`;
}

function literal(value: Json): string {
  return typeof value === 'string'
    ? `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`
    : String(value);
}
