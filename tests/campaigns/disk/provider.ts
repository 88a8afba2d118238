import type { Connectors } from '../../../server/connectors/index.ts';

/** An outside system that honours keys and outlives every process: what it was asked, by key. */
export interface Provider extends Connectors {
  /** By key: which call of which case it was. */
  readonly done: ReadonlyMap<string, { readonly caseId: string; readonly generation: number }>;
}

export function createProvider(): Provider {
  const done = new Map<string, { caseId: string; generation: number }>();
  return {
    done,
    async perform(_contract, _operation, _input, { key, caseId, generation }) {
      done.set(key, { caseId, generation });
      return { outcome: 'TAKEN' };
    },
    poll: async () => 'pending',
    send: async () => undefined,
  };
}
