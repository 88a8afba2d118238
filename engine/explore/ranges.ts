import { type Node, parse, pathOf } from '../expressions/index.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Searched } from './nodes.ts';

/** Numbers from `least` to `most`, both included; infinite where there is no bound. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What a field may hold once its form is filled in. */
export interface Domain {
  readonly range: Range;
  readonly whole: boolean;
  /** All values there are; null: not listed, or the field may be left out. */
  readonly values: readonly Json[] | null;
}

const anything: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const deepest = 8;

/**
 * The domain of `form.field`, from the form's schema and from what computes the field: prices, settings, other fields.
 * Null for what is no field of a form.
 */
export function domainOf(searched: Searched, path: string): Domain | null {
  const [form = '', field = '', more] = path.split('.');
  const schema = searched.forms[form];
  const property = schema?.properties[field];
  if (schema === undefined || property === undefined || more !== undefined) return null;
  const required = Array.isArray(schema.required) && schema.required.includes(field);
  const there = required && property['x-visible'] === undefined;
  const values = there && Array.isArray(property.enum) ? property.enum : null;
  return { range: rangeOfField(searched, form, field, 0), whole: property.type === 'integer', values };
}

function rangeOfField(searched: Searched, form: string, field: string, depth: number): Range {
  const property = searched.forms[form]?.properties[field];
  if (property === undefined || depth > deepest) return anything;
  const written = rangeOfSchema(property);
  const formula = property['x-compute'];
  const parsed = typeof formula === 'string' ? parse(formula) : null;
  if (parsed?.kind !== 'parsed') return written;
  return both(written, rangeOf(searched, form, parsed.expression.ast, depth + 1));
}

function rangeOfSchema(schema: JsonObject): Range {
  const numbers = Array.isArray(schema.enum) ? schema.enum.filter((each) => typeof each === 'number') : [];
  if (numbers.length > 0) return around(numbers);
  const least = typeof schema.minimum === 'number' ? schema.minimum : anything.least;
  return { least, most: typeof schema.maximum === 'number' ? schema.maximum : anything.most };
}

/** @param form whose fields may be named without it */
function rangeOf(searched: Searched, form: string, node: Node, depth: number): Range {
  switch (node.op) {
    case 'value':
      return rangeOfValue(node.args as Json);
    case '+':
    case '-':
    case '*': {
      const [one, two] = node.args.map((each) => rangeOf(searched, form, each, depth)) as [Range, Range];
      return combined(node.op, one, two);
    }
    default: {
      const path = pathOf(node);
      return path === null ? anything : rangeOfPath(searched, form, path, depth);
    }
  }
}

function rangeOfPath(searched: Searched, form: string, path: readonly string[], depth: number): Range {
  const [root = '', name, more] = path;
  if (root === 'settings') return rangeOfValue(valueAt(searched.settings, path.slice(1)));
  if (root === 'tables' && name !== undefined && more === undefined)
    return around(numbersIn(searched.declared.tables[name]?.is ?? null));
  if (name === undefined) return rangeOfField(searched, form, root, depth);
  return more === undefined ? rangeOfField(searched, root, name, depth) : anything;
}

function rangeOfValue(value: Json | undefined): Range {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' ? { least: number, most: number } : anything;
}

function valueAt(data: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const step of path)
    value = value !== null && typeof value === 'object' && !Array.isArray(value) ? value[step] : undefined;
  return value;
}

/** Every number in a table's rows; none when some row is no number. */
function numbersIn(rows: Json): readonly number[] {
  if (typeof rows === 'number') return [rows];
  if (rows === null || typeof rows !== 'object' || Array.isArray(rows)) return [];
  const found: number[] = [];
  for (const row of Object.values(rows)) {
    const numbers = numbersIn(row);
    if (numbers.length === 0) return [];
    found.push(...numbers);
  }
  return found;
}

function around(numbers: readonly number[]): Range {
  return numbers.length === 0 ? anything : { least: Math.min(...numbers), most: Math.max(...numbers) };
}

function both(one: Range, two: Range): Range {
  return { least: Math.max(one.least, two.least), most: Math.min(one.most, two.most) };
}

function combined(op: '+' | '-' | '*', one: Range, two: Range): Range {
  if (op === '+') return { least: one.least + two.least, most: one.most + two.most };
  if (op === '-') return { least: one.least - two.most, most: one.most - two.least };
  const corners = [one.least * two.least, one.least * two.most, one.most * two.least, one.most * two.most];
  // Nothing times without end.
  return corners.some(Number.isNaN) ? anything : around(corners);
}
