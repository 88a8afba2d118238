import { loadAll } from '../../engine/load.ts';
import { definitionFiles, generated } from '../definitions.ts';
import { median, print, round } from '../measure.ts';

/** Reading, composing, checking and compiling. No peer: the figures are milliseconds of CPU against what is asked. */
export async function main(): Promise<number> {
  const files = definitionFiles();
  print({
    bench: 'load',
    metric: 'all-definitions-first-ms',
    ours: cpu(() => loadAll(files)),
    peer: null,
    ratio: null,
  });
  const again = [1, 2, 3].map(() => cpu(() => loadAll(files)));
  print({ bench: 'load', metric: 'all-definitions-again-ms', ours: median(again), peer: null, ratio: null });
  for (const states of [10, 100, 1000]) {
    const big = generated(states);
    const ms = cpu(() => {
      const { projects, issues } = loadAll(big);
      if (projects.generated === undefined) throw new Error(issues[0]?.message ?? 'not loaded');
    });
    print({ bench: 'load', metric: `generated-${states}-states-ms`, ours: ms, peer: null, ratio: null });
  }
  return 0;
}

function cpu(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const used = process.cpuUsage(before);
  return round((used.user + used.system) / 1000);
}
