import type { StudioProject } from '../../engine/contract/routes.ts';
import { api, type Fault } from '../api/index.ts';
import { asFault } from '../app/load.ts';

/** Between two looks whether the server is back. */
const PAUSE = 1_500;
/** How often it is looked: some minutes. */
const MOST = 160;

/**
 * Publishes. When no answer comes, nobody knows whether it was done: then the project is looked at until the server answers,
 * and that says which. Nothing is sent a second time.
 * @param asking told while it is being found out
 * @throws Fault of the server, or the one that there was no answer with, when nothing was published
 */
export async function publishOnce(
  project: StudioProject,
  note: string,
  stories: 'changed' | undefined,
  asking: (asks: boolean) => void,
): Promise<StudioProject> {
  try {
    return await api.studioPublish(project.id, note, project.base, stories);
  } catch (error) {
    const fault = asFault(error);
    if (fault.status !== 0 && fault.status < 500) throw error;
    // A server that says itself that it was too late has published nothing.
    if (fault.code === 'draft-late') throw error;
    asking(true);
    try {
      const newest = await whenBack(project.id, fault);
      const last = newest.history[0];
      const before = project.history[0]?.number ?? 0;
      if (last !== undefined && last.number > before && last.note === note && newest.draft === null) return newest;
      throw error;
    } finally {
      asking(false);
    }
  }
}

async function whenBack(id: string, fault: Fault): Promise<StudioProject> {
  for (let look = 0; look < MOST; look += 1) {
    try {
      return await api.studioProject(id);
    } catch (error) {
      const found = asFault(error);
      if (found.status !== 0 && found.status < 500) throw error;
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }
  throw fault;
}
