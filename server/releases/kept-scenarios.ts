import { type Issue, projectsOf, readScenario } from '../../engine/index.ts';
import type { Files } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import { hashOf } from '../../engine/read/index.ts';
import type { Clock } from '../clock.ts';
import { changeDocument } from '../store/change.ts';
import { KeyedQueue } from '../store/queue.ts';
import type { Store } from '../store/store.ts';

/** A scenario that somebody kept in the studio. The gate plays it before every release of the project from then on. */
export interface KeptScenario {
  /** Below `workflows/scenarios/`, named by its content: the same scenario is kept once. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly at: number;
  /** Person id. */
  readonly by: string;
}

export const mostScenarios = 100;

const folderOf = (project: string): string => `workflows/scenarios/${project}/kept-`;

/** Whether a scenario of that path was kept in the studio. */
export const isKept = (path: string): boolean => /^workflows\/scenarios\/[^/]+\/kept-/.test(path);

export type Keeping =
  | { readonly kind: 'kept'; readonly scenario: KeptScenario; readonly isNew: boolean }
  /** Null: it reads, and is no story of this project. */
  | { readonly kind: 'broken'; readonly issue: Issue | null }
  | { readonly kind: 'full' };

/**
 * Scenarios beside a project's releases, in a document of their own: a release is what cases run by, a scenario what it
 * is tried with. Keeping one changes no draft, so that nobody who edits is in conflict with it.
 */
export interface KeptScenarios {
  list(project: string): Promise<readonly KeptScenario[]>;
  /** As the gate and `certflow export` read them. */
  files(project: string): Promise<Files>;
  keep(project: string, text: string, by: string): Promise<Keeping>;
  /** @returns false when there is none of this path */
  remove(project: string, path: string): Promise<boolean>;
}

const KIND = 'scenarios';

export function createKeptScenarios(store: Store, clock: Pick<Clock, 'now'>): KeptScenarios {
  const queue = new KeyedQueue();

  async function list(project: string): Promise<readonly KeptScenario[]> {
    const stored = await store.readDocument(KIND, project);
    return (stored?.data ?? []) as unknown as readonly KeptScenario[];
  }
  const allIn = (data: Json | null): readonly KeptScenario[] => (data ?? []) as unknown as readonly KeptScenario[];

  return {
    list,
    files: async (project) => Object.fromEntries((await list(project)).map(({ path, text }) => [path, text])),

    keep: (project, text, by) =>
      queue.run(project, async (): Promise<Keeping> => {
        const path = `${folderOf(project)}${hashOf(text).slice(0, 12)}.scenario.yaml`;
        const { scenario, issues } = readScenario(path, text);
        if (scenario === null || !projectsOf(scenario).includes(project))
          return { kind: 'broken', issue: issues.find(({ severity }) => severity === 'error') ?? null };
        const kept: KeptScenario = { path, title: scenario.scenario, text, at: clock.now(), by };
        let keeping: Keeping = { kind: 'full' };
        await changeDocument(store, KIND, project, (data) => {
          const all = allIn(data);
          const known = all.find((one) => one.path === path);
          const isFull = all.length >= mostScenarios;
          keeping = isFull ? { kind: 'full' } : { kind: 'kept', scenario: kept, isNew: true };
          if (known !== undefined) keeping = { kind: 'kept', scenario: known, isNew: false };
          return known !== undefined || isFull ? undefined : ([...all, kept] as unknown as Json);
        });
        return keeping;
      }),

    remove: (project, path) =>
      queue.run(project, async () => {
        let isRemoved = false;
        await changeDocument(store, KIND, project, (data) => {
          const all = allIn(data);
          const left = all.filter((one) => one.path !== path);
          isRemoved = left.length < all.length;
          return isRemoved ? (left as unknown as Json) : undefined;
        });
        return isRemoved;
      }),
  };
}
