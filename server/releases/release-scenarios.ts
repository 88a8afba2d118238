import type { Files } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import { hashOf } from '../../engine/read/index.ts';
import type { Store } from '../store/store.ts';

const KIND = 'release-scenarios';

/**
 * The scenarios that a release was tried with, each set once, named by its content. They are no part of the release's own
 * hash: cases run by the definition, and the same definition may be tried with more scenarios later.
 */
export interface ReleaseScenarios {
  put(files: Files): Promise<ScenarioSet>;
  read(set: string): Promise<Files>;
}

export interface ScenarioSet {
  /** Its name. */
  readonly set: string;
  readonly count: number;
}

export function createReleaseScenarios(store: Store): ReleaseScenarios {
  return {
    async put(files) {
      const name = hashOf(files);
      if ((await store.readDocument(KIND, name)) === null)
        await store.writeDocument(KIND, name, files as unknown as Json);
      return { set: name, count: Object.keys(files).length };
    },
    async read(set) {
      return ((await store.readDocument(KIND, set))?.data ?? {}) as unknown as Files;
    },
  };
}
