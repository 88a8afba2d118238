import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAll } from '../../engine/load.ts';
import { createMetrics, type Metrics } from '../../server/metrics/metrics.ts';
import { meteredIo } from '../../server/metrics/store.ts';
import { diskIo } from '../../server/store/file/io.ts';
import { plainTracing, traced } from '../../server/trace/tracing.ts';
import { definitionFiles } from '../definitions.ts';
import { openStoreHall, type StoreHall, wayOf } from '../store/hall.ts';
import { numbers, stepsIn } from '../store/steps.ts';

/** A process of its own for each contestant: once anything is carried along with promises, all of them cost more. */
async function serve(kind: string, folder: string): Promise<void> {
  const definition = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const way = wayOf(definition);
  const metrics = createMetrics('bench');
  const io = kind === 'watched' ? meteredIo(diskIo, metrics) : diskIo;
  const hall = await openStoreHall(await mkdtemp(join(folder, kind)), way, io, true);
  const mine = kind === 'watched' ? watched(hall, metrics) : hall;
  const number = numbers(0);
  process.on('message', (seconds: number) => {
    void stepsIn(mine, way, 1, seconds, number).then(({ cpu }) => process.send?.(cpu));
  });
  process.send?.(0);
}

/** Each step is one of a request with a trace of its own, and everything about it is counted that the server counts. */
function watched(hall: StoreHall, metrics: Metrics): StoreHall {
  return {
    ...hall,
    step: (id, n, at) => {
      const start = performance.now();
      return traced(plainTracing, { name: 'request', kind: 'server', parent: null, case: id }, async () => {
        await hall.step(id, n, at);
        const took = (performance.now() - start) / 1000;
        metrics.step('event', 'applied', took);
        metrics.write('case', 'durable', took);
        metrics.request('POST', '/api/cases/:id/events', 200, took);
      });
    },
  };
}

const [kind = '', folder = ''] = process.argv.slice(2);
await serve(kind, folder);
