import { definitionFiles } from '../definitions.ts';
import { threadTime } from '../measure.ts';

/** One load in a process that does nothing else; `main.ts` starts it and reads its one line. Milliseconds. */
export interface Fresh {
  /** From the first file to the last machine, by the clock on the wall: what one waits for. */
  readonly wall: number;
  /** CPU of the thread that loads: the same on a machine that others do not use. */
  readonly thread: number;
  /** CPU of the whole process meanwhile: the machine's compiler and collector work beside it. */
  readonly process: number;
  /** CPU of the whole process from its start, the engine's own modules included. */
  readonly fromStart: number;
}

const [way, folder] = process.argv.slice(2);
const files = definitionFiles();
const load = way === 'remembered' ? await remembering(folder!) : await all();
const thread = threadTime();
const before = process.cpuUsage();
const begun = performance.now();
load();
const wall = performance.now() - begun;
const used = process.cpuUsage(before);
const total = process.cpuUsage();
const fresh: Fresh = {
  wall,
  thread: threadTime() - thread,
  process: (used.user + used.system) / 1000,
  fromStart: (total.user + total.system) / 1000,
};
console.log(JSON.stringify(fresh));

async function all(): Promise<() => void> {
  const { loadAll } = await import('../../engine/load.ts');
  return () => {
    const { projects, issues } = loadAll(files);
    const error = issues.find((issue) => issue.severity === 'error');
    if (error !== undefined || Object.keys(projects).length === 0) throw new Error(error?.message ?? 'no project');
  };
}

/** As the server starts: each project by itself, without the scenarios. */
async function remembering(kept: string): Promise<() => void> {
  const { createRememberingLoad } = await import('../../server/releases/remembered.ts');
  const { filesOfProject, projectIds } = await import('../../server/releases/files.ts');
  const released = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('/scenarios/')));
  return () => {
    const load = createRememberingLoad(kept);
    for (const id of projectIds(released))
      if (load(filesOfProject(released, id), id).definition === null) throw new Error(`${id} does not load`);
  };
}
