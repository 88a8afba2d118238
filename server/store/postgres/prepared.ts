import type pg from 'pg';

/** Statements of the store are a few dozen; whatever is beyond is sent as it is. */
const MOST = 200;
const names = new Map<string, string>();

/**
 * A statement that a connection reads and plans once, and is only given values from then on. For texts of which there
 * are few and whose plan is the same for all values.
 */
export function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  let name = names.get(text);
  if (name === undefined && names.size < MOST) {
    name = `certflow_${names.size}`;
    names.set(text, name);
  }
  return { text, values: [...values], ...(name !== undefined && { name }) };
}
