import { parentPort, workerData } from 'node:worker_threads';
import { isTouched, killedBy, mutantsOf, playAll } from '../../engine/coverage/index.ts';
import { load } from '../../engine/load.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import type { Share, Verdict } from './mutation.ts';
import { storiesOf } from './stories.ts';

/** A thread of `mutation.ts`: takes shares of a project's mutants, one at a time, and tells each verdict as it comes. */
const files: { readonly [path: string]: string } = workerData;

parentPort?.on('message', ({ project, first, every }: Share) => {
  const { definition } = load(files, project);
  if (definition !== null) {
    const stories = storiesOf(readBundle(files), [], project).map((story) => story.scenario);
    const played = playAll(definition, stories);
    const mutants = mutantsOf(definition);
    for (let index = first; index < mutants.length; index += every) {
      const mutant = mutants[index]!;
      const kill = killedBy(mutant, played);
      const verdict: Verdict = { kill, touched: kill !== null || isTouched(mutant, played) };
      parentPort?.postMessage({ index, verdict });
    }
  }
  parentPort?.postMessage(null);
});
