import type { JsonObject } from '../../../engine/model/json.ts';

/** A kind of field that a project may add, with what it is before anything else is said of it. */
export interface NewField {
  readonly id: string;
  readonly schema: JsonObject;
}

const MEGABYTE = 1024 * 1024;

export const newFields: readonly NewField[] = [
  { id: 'text', schema: { type: 'string', maxLength: 100 } },
  { id: 'multiline', schema: { type: 'string', maxLength: 500, 'x-widget': 'multiline' } },
  { id: 'number', schema: { type: 'number', minimum: 0, maximum: 1_000_000 } },
  { id: 'money', schema: { type: 'integer', minimum: 0, maximum: 100_000_000, 'x-widget': 'money' } },
  { id: 'date', schema: { type: 'string', format: 'date' } },
  { id: 'dateRange', schema: { type: 'object', 'x-widget': 'dateRange' } },
  { id: 'radio', schema: { type: 'string', 'x-widget': 'radio' } },
  { id: 'select', schema: { type: 'string', 'x-widget': 'select' } },
  { id: 'choices', schema: { type: 'array', uniqueItems: true } },
  { id: 'list', schema: { type: 'array', maxItems: 10 } },
  { id: 'checkbox', schema: { type: 'boolean' } },
  {
    id: 'mobile',
    schema: { type: 'string', format: 'mobile', maxLength: 11, 'x-sensitive': true, 'x-mask': 'mobile' },
  },
  { id: 'email', schema: { type: 'string', format: 'email', maxLength: 100, 'x-personal': true } },
  {
    id: 'idNumber',
    schema: { type: 'string', format: 'idNumber', maxLength: 18, 'x-sensitive': true, 'x-mask': 'idNumber' },
  },
  { id: 'address', schema: { type: 'string', maxLength: 120, 'x-widget': 'address', 'x-personal': true } },
  {
    id: 'file',
    schema: { type: 'object', 'x-file': { types: ['jpg', 'jpeg', 'png', 'pdf'], maxBytes: 2 * MEGABYTE } },
  },
];

/** @param words of the two dates of a range, and of the choices that stand there first */
export function schemaFor(
  { id, schema }: NewField,
  title: string,
  words: { readonly from: string; readonly to: string; readonly one: string; readonly two: string },
): JsonObject {
  const titled = { ...schema, title };
  const choices = { enum: ['a', 'b'], 'x-labels': { a: words.one, b: words.two } };
  switch (id) {
    case 'dateRange': {
      const end = (said: string): JsonObject => ({ type: 'string', title: said, format: 'date', 'x-width': 'half' });
      return { ...titled, properties: { from: end(words.from), to: end(words.to) } };
    }
    case 'radio':
    case 'select':
      return { ...titled, ...choices };
    case 'choices':
      return { ...titled, items: { type: 'string', ...choices } };
    case 'list':
      return { ...titled, items: { type: 'string', title, maxLength: 100 } };
    default:
      return titled;
  }
}

/** What may be typed: patterns that an admin can choose by their word. */
export const patterns = {
  any: undefined,
  digits: '^[0-9]+$',
  letters: '^[A-Za-z]+$',
  lettersDigits: '^[A-Za-z0-9]+$',
  capitalsDigits: '^[A-Z0-9]+$',
  chinese: '^[\\u4e00-\\u9fa5·]+$',
} as const;
export type PatternId = keyof typeof patterns;

export function patternId(pattern: string | undefined): PatternId | null {
  return (Object.keys(patterns) as PatternId[]).find((id) => patterns[id] === pattern) ?? null;
}

/** A condition that can be said by choosing: `kind == 'rare'`. */
export interface Condition {
  readonly field: string;
  readonly is: boolean;
  readonly value: string | boolean | number;
}

export function conditionOf(expression: string): Condition | null {
  const found = /^\s*(\w+)\s*(==|!=)\s*(?:'([^'\\]*)'|(true|false)|(-?\d+))\s*$/.exec(expression);
  if (found === null) return null;
  const [, field = '', sign, quoted, truth, number] = found;
  const value = quoted ?? (truth === undefined ? Number(number) : truth === 'true');
  return { field, is: sign === '==', value };
}

export function expressionOf({ field, is, value }: Condition): string {
  const said = typeof value === 'string' ? `'${value}'` : String(value);
  return `${field} ${is ? '==' : '!='} ${said}`;
}
