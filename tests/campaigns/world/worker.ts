import { definitionFiles } from '../../support/definitions.ts';
import type { Order } from './workers.ts';
import { playWorld } from './world.ts';
import { definitionsOf } from './worlds.ts';

const definitions = definitionsOf(definitionFiles());

process.on('message', async (order) => {
  const { seed, cases, nodes } = order as Order;
  const report = await playWorld({ seed, cases, definitions, ...(nodes && { nodes }) }).catch((error: Error) => ({
    ...{ seed, cases: 0, ended: 0, steps: 0, met: {} },
    violations: [`the world broke: ${error.stack}`],
  }));
  process.send?.(report);
});
