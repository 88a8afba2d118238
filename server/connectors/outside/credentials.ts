import { readFileSync } from 'node:fs';

/**
 * Secrets of connectors, by name: `CERTFLOW_SECRET_<NAME>`, or `CERTFLOW_SECRET_<NAME>_FILE` with a path (keys in PEM).
 * Definitions name them; values never leave the connectors.
 */
export interface Credentials {
  /** @throws MissingCredential */
  get(name: string): string;
  has(name: string): boolean;
}

/** The environment lacks a secret. The message names it, never a value. */
export class MissingCredential extends Error {
  constructor(name: string) {
    super(`CERTFLOW_SECRET_${name} is not set`);
    this.name = 'MissingCredential';
  }
}

export function createCredentials(env: { readonly [name: string]: string | undefined }): Credentials {
  const read = new Map<string, string>();

  function find(name: string): string | null {
    const known = read.get(name);
    if (known !== undefined) return known;
    const value = env[`CERTFLOW_SECRET_${name}`];
    const file = env[`CERTFLOW_SECRET_${name}_FILE`];
    const found = value || (file ? readFileSync(file, 'utf8').trim() : '');
    if (found === '') return null;
    read.set(name, found);
    return found;
  }

  return {
    get(name) {
      const found = find(name);
      if (found === null) throw new MissingCredential(name);
      return found;
    },
    has: (name) => find(name) !== null,
  };
}
