import type { Definition } from '../../../engine/index.ts';
import { assumptionsFor, playLoad } from '../../../engine/simulate/load/index.ts';
import { cellOf, pairingsOf } from '../matrix.ts';
import { noticingScenario, unnoticedIn } from '../mutants.ts';
import { definitionOf } from '../release.ts';
import { missingScenario, playedOf, shownReport } from '../shown.ts';
import { isWalkable, travel } from '../travel.ts';
import type { Answer, FromWorker, Job, MutantsJob, Source, ToWorker, TravelJob } from './messages.ts';

/** The worker: what takes the engine long is done beside the page, and ends with it when somebody stops waiting. */
const tell = (message: FromWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  work(data.job, data.source)
    .then((answer) => tell({ kind: 'answer', answer }))
    .catch((error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : '' }));
});

async function open(source: Source | null): Promise<Definition> {
  if (source === null) throw new Error('nothing was opened');
  const definition = await definitionOf(source);
  if (definition.kind === 'broken') throw new Error(definition.issues[0]?.message ?? '');
  return definition.definition;
}

/** A draft may be broken as it stands: the others are played all the same. */
async function openIfWhole(
  source: Source,
): Promise<{ readonly definition: Definition | null; readonly source: Source }> {
  if (source.released) return { definition: await open(source), source };
  const draft = await definitionOf(source);
  return { definition: draft.kind === 'broken' ? null : draft.definition, source };
}

async function work(job: Job, source: Source | null): Promise<Answer> {
  switch (job.kind) {
    case 'travel':
      return travelled(await open(source), job);
    case 'coverage': {
      const report = shownReport(await open(source), job.stories, (done, of) => tell({ kind: 'progress', done, of }));
      return { kind: 'shown', report };
    }
    case 'missing':
      return { kind: 'written', written: missingScenario(await open(source), job.key, tried) };
    case 'noticing':
      return { kind: 'written', written: noticingScenario(await open(source), job.index, tried) };
    case 'mutants':
      return judged(await open(source), job);
    case 'assume':
      return { kind: 'assumed', given: assumptionsFor(await open(source), source?.calendar) };
    case 'load': {
      const progress = (done: number, of: number): void => tell({ kind: 'progress', done, of });
      const options = { progress, ...(source === null ? {} : { calendar: source.calendar }) };
      return { kind: 'loaded', report: playLoad(await open(source), job.given, options) };
    }
    case 'matrix': {
      const played = await Promise.all(job.sources.map(openIfWhole));
      const definitions = played.flatMap(({ definition }) => definition ?? []);
      const drafts = new Set(played.flatMap(({ definition, source }) => (source.released ? [] : (definition ?? []))));
      const { pairings, broken } = pairingsOf(definitions, job.stories);
      for (const [done, pairing] of pairings.entries()) {
        tell({ kind: 'cell', cell: cellOf(pairing, drafts.has(pairing.definition)) });
        tell({ kind: 'progress', done: done + 1, of: pairings.length });
      }
      const unread = played.flatMap(({ definition, source }) => (definition === null ? [source.project] : []));
      return { kind: 'played', broken, drafts: unread };
    }
  }
}

const tried = (done: number): void => tell({ kind: 'progress', done });

function judged(definition: Definition, job: MutantsJob): Answer {
  const { passed } = playedOf(definition, job.stories, (done, of) => tell({ kind: 'progress', done, of }));
  let count = 0;
  const unnoticed = unnoticedIn(definition, passed, job.at, (done, of, found) => {
    count = done;
    if (found !== null) tell({ kind: 'unnoticed', unnoticed: found });
    if (done % 5 === 0 || done === of) tell({ kind: 'progress', done, of });
  });
  return { kind: 'judged', judged: count, unnoticed };
}

function travelled(definition: Definition, job: TravelJob): Answer {
  let looked = 0;
  const progress = (): void => {
    looked += 1;
    if (looked % 20 === 0) tell({ kind: 'progress', done: looked });
  };
  const session = { ...job.session, definition };
  const arrival = travel(session, job.destination, progress);
  if (arrival === null) return { kind: 'lost', looked, unwalkable: !isWalkable(session, job.destination.state) };
  const { definition: _, ...travelling } = arrival.session;
  return { kind: 'arrived', session: travelling, world: arrival.world };
}
