import type { Verdict } from '../../engine/contract/verdict.ts';
import type { Definition, Files } from '../../engine/model/definition.ts';
import { hashOf } from '../../engine/read/index.ts';
import { inChild } from '../proving/in-child.ts';

/** How long a proof may take, in milliseconds: the shipped projects need some seconds. */
export const proofTime = 180_000;
/** Verdicts that are kept. */
const most = 50;

/** What stands between a draft and its release. */
export interface Gate {
  /**
   * Proves a definition and plays the project's scenarios, in a process of its own. The same definition and scenarios
   * are judged once.
   * @param files of the definition
   * @param signal ends the work when nobody else waits for it
   * @throws Ended when it takes too long, or was ended
   */
  judge(definition: Definition, files: Files, signal?: AbortSignal): Promise<Verdict>;
}

interface Judging {
  readonly verdict: Promise<Verdict>;
  readonly abort: AbortController;
  waiting: number;
}

/** @param scenarios files of scenarios for a project; those of others may be among them */
export function createGate(scenarios: (project: string) => Promise<Files>, time = proofTime): Gate {
  const known = new Map<string, Judging>();

  const begin = (key: string, project: string, files: Files, stories: Files): Judging => {
    const abort = new AbortController();
    const job = { kind: 'release', project, files, scenarios: stories } as const;
    const verdict = inChild(job, { time, signal: abort.signal });
    const judging: Judging = { verdict, abort, waiting: 0 };
    known.set(key, judging);
    // What was ended is begun anew by whoever asks next.
    verdict.catch(() => known.delete(key));
    for (const old of known.keys()) if (known.size > most) known.delete(old);
    return judging;
  };

  return {
    async judge(definition, files, signal) {
      const stories = await scenarios(definition.project.id);
      const key = `${definition.hash} ${hashOf(stories)}`;
      const judging = known.get(key) ?? begin(key, definition.project.id, files, stories);
      judging.waiting += 1;
      const leave = () => {
        judging.waiting -= 1;
        if (judging.waiting > 0) return;
        known.delete(key);
        judging.abort.abort();
      };
      signal?.addEventListener('abort', leave);
      if (signal?.aborted === true) leave();
      try {
        return await judging.verdict;
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}
