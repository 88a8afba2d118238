import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../ids.ts';
import { Locks, type Release } from '../nodes.ts';
import { StoreUnavailable } from '../store.ts';
import type { Database } from './database.ts';
import { CLAIM, OWN_CLAIMS, RELEASE } from './statements.ts';

/** How long somebody who holds a name is waited for: a frozen node is struck off before. */
const PATIENCE = 30_000;
const SHORTEST = 5;
const LONGEST = 100;

/**
 * Names that a node holds against all others. They are rows that go with the node: whoever was struck off holds nothing, and
 * what it still writes is refused. Within the process the names are held as well, so that only one asks the database.
 */
export class Claims {
  readonly #database: Database;
  readonly #epoch: number;
  readonly #here = new Locks();
  /** What could not be given back yet. */
  readonly #owed = new Set<string>();

  constructor(database: Database, epoch: number) {
    this.#database = database;
    this.#epoch = epoch;
  }

  async hold(names: readonly string[], patience = PATIENCE): Promise<Release> {
    const all = [...new Set(names)].sort();
    if (all.length === 0) return async () => undefined;
    const free = await this.#here.take(all);
    try {
      for (let end = Date.now() + patience, wait = SHORTEST; ; wait = Math.min(wait * 2, LONGEST)) {
        const token = await this.#take(all);
        if (token !== null) return () => this.#release(token).finally(free);
        if (Date.now() > end) throw new StoreUnavailable('another node holds what is needed');
        await pause(wait * (0.5 + Math.random()));
      }
    } catch (error) {
      await free();
      throw error;
    }
  }

  /** The caller sees to it that this process asks for a name once at a time. */
  async claim(name: string): Promise<Release | null> {
    const token = await this.#take([name]);
    return token === null ? null : () => this.#release(token);
  }

  /** Gives back what could not be given back before. */
  async settle(): Promise<void> {
    for (const token of [...this.#owed]) await this.#release(token);
  }

  /** All of them or none. @returns what they are held by */
  async #take(names: readonly string[]): Promise<string | null> {
    const token = newId();
    const { rows, again } = await this.#database.write<{ name: string }>('claims', CLAIM, [this.#epoch, token, names]);
    if (rows.length === names.length) return token;
    if (again) {
      const own = await this.#database.certain<{ count: number }>('claims', OWN_CLAIMS, [token]);
      if (own[0]?.count === names.length) return token;
    }
    if (rows.length > 0 || again) await this.#release(token);
    return null;
  }

  async #release(token: string): Promise<void> {
    this.#owed.add(token);
    await this.#database.write('claims', RELEASE, [token]).then(
      () => this.#owed.delete(token),
      // A node that goes on gives it back with its next sign of life, one that does not is struck off.
      () => undefined,
    );
  }
}
