import { useLoad } from '../app/load.ts';
import { studioApi } from './studio-api.ts';
import { CheckClient } from './worker/client.ts';
import type { Compared } from './worker/messages.ts';

/**
 * What the saved draft, or the release in force, shows otherwise than one of the project's releases; worked out in a worker.
 * @param from hash of that release; null: there is none to compare with
 */
export function useCompared(project: string, base: number, from: string | null) {
  return useLoad(`compared ${project} ${base} ${from}`, () => comparedOf(project, from));
}

async function comparedOf(project: string, from: string | null): Promise<Compared> {
  const [before, after] = await Promise.all([
    from === null ? null : studioApi.files(project, from),
    studioApi.files(project),
  ]);
  const client = new CheckClient({ issues: () => {}, rest: () => {}, lost: () => {} });
  try {
    return await client.compare(project, before?.files ?? null, after.files);
  } finally {
    client.close();
  }
}
