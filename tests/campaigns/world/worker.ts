import { definitionFiles } from '../../support/definitions.ts';
import { rememberingStore } from './remembering.ts';
import type { Order } from './workers.ts';
import { playWorld } from './world.ts';
import { definitionsOf } from './worlds.ts';

const all = definitionsOf(definitionFiles());

process.on('message', async (order) => {
  const { seed, cases, nodes, project, believing } = order as Order;
  const definitions = all.filter((one) => project === undefined || one.project.id === project);
  const broken = believing ? { store: rememberingStore } : {};
  const report = await playWorld({ seed, cases, definitions, broken, ...(nodes && { nodes }) }).catch(
    (error: Error) => ({
      ...{ seed, cases: 0, ended: 0, steps: 0, met: {} },
      violations: [`the world broke: ${error.stack}`],
    }),
  );
  process.send?.(report);
});
