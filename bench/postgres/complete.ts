import * as engine from '../../engine/index.ts';
import { loadAll } from '../../engine/load.ts';
import type { CaseState, JournalEntry } from '../../engine/model/case.ts';
import { createCrypto } from '../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../server/crypto/keys.ts';
import { sealedStore } from '../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../server/store/sensitive-schemas.ts';
import type { Store } from '../../server/store/store.ts';
import { definitionFiles } from '../definitions.ts';
import { recordedWay } from '../step/recording.ts';

/** Steps of a real case, one after the other and again from the first: what the engine makes of an event. */
export interface Play {
  /** The event with which step `n` begins, as text. */
  event(n: number): string;
  /** The whole work of that event on the case before it, from text to text. */
  work(n: number): { readonly state: string; readonly entry: string };
  /** The same work on the case as it was read, as the server does it; the first of a way, and of a bench, on the recorded one. */
  step(n: number, now: CaseState): { readonly state: CaseState; readonly entry: JournalEntry };
}

export function playOfCase(): Play {
  const definition = definitionOf();
  const recorded = recordedWay(definition);
  const at = (n: number) => recorded[n % recorded.length]!;
  const before = (n: number): CaseState => JSON.parse(at(n).state) as CaseState;
  const made = (n: number, state: CaseState) => {
    const { command, env } = at(n);
    const result = engine.step(definition, state, command, env);
    if (result.kind === 'refused') throw new Error(result.blockers[0]?.message);
    return result;
  };
  return {
    event: (n) => JSON.stringify(at(n).command),
    work(n) {
      const { next, entry } = made(n, before(n));
      return { state: JSON.stringify(next), entry: JSON.stringify(entry) };
    },
    step(n, now) {
      const { id, number } = now;
      const isFirst = n === 1 || n % recorded.length === 0;
      const { next, entry } = made(n, isFirst ? { ...before(n), id, number } : now);
      return { state: next, entry };
    },
  };
}

/** The store as the server uses it: what is sensitive is sealed on the way. */
export function sealing(store: Store): Store {
  const crypto = createCrypto(parseKeyRing(`bench:${Buffer.alloc(32, 5).toString('base64')}`));
  return sealedStore(store, crypto, async () => sensitiveSchemas(definitionOf()));
}

export function definitionOf() {
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  return definition;
}
