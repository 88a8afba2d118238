import type { Json } from '../model/json.ts';
import { formula } from './expression.ts';
import type { Scope, Tables } from './types.ts';

/**
 * The decision tables as values, looked up for the given world: `{ price: 28000 }`. A table whose inputs are not there
 * yet, or that has no row for them, has no value and is absent.
 */
export function tableValues(tables: Tables, scope: Scope): { [table: string]: Json } {
  const values: { [table: string]: Json } = {};
  for (const [id, table] of Object.entries(tables)) {
    const value = lookUp(table.by, table.is, scope);
    if (value !== undefined) values[id] = value;
  }
  return values;
}

function lookUp(by: readonly string[], is: Json, scope: Scope): Json | undefined {
  let row: Json | undefined = typeof is === 'string' ? formula(is).run(scope) : is;
  for (const input of by) {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) return undefined;
    const key = formula(input).run(scope);
    if (key === undefined || key === null || typeof key === 'object') return undefined;
    row = Object.hasOwn(row, String(key)) ? row[String(key)] : row.else;
  }
  return row;
}
