import type { Definition } from '../../../engine/index.ts';
import { definitionOf } from '../release.ts';
import { isWalkable, travel } from '../travel.ts';
import type { Answer, FromWorker, Job, Source, ToWorker } from './messages.ts';

/** The worker: what takes the engine long is done beside the page, and ends with it when somebody stops waiting. */
let opened: Promise<Definition> | null = null;

const tell = (message: FromWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'open') opened = open(data.source);
  else
    work(data.job)
      .then((answer) => tell({ kind: 'answer', answer }))
      .catch((error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : '' }));
});

async function open(source: Source): Promise<Definition> {
  const definition = await definitionOf(source);
  if (definition.kind === 'broken') throw new Error(definition.issues[0]?.message ?? '');
  return definition.definition;
}

async function work(job: Job): Promise<Answer> {
  const definition = await opened;
  if (definition === null) throw new Error('nothing was opened');
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
