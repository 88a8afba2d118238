import { checkBundle, checkComposition } from '../../engine/check/index.ts';
import { compose } from '../../engine/compose/index.ts';
import { loadAll } from '../../engine/load.ts';
import { readBundle } from '../../engine/read/bundle.ts';
import { actorFor, begin, completeCommand, play } from '../../engine/simulate/index.ts';
import { generated, withBlankLines } from '../definitions.ts';
import { cpuOf, interleaved, measured, median, print, round } from '../measure.ts';
import { type Recorded, replay } from '../step/recording.ts';

const sizes = [10, 100, 1000];
const moves = 8;
const turns = 41;
const warmUp = 60;

/**
 * How a step and a check grow with the workflow. `peer` is ours again: a step in the workflow of 10 states, a check of
 * 100 states for each state. A `ratio` near 1 means that a step costs the same in a large workflow, and a check as much
 * for each state.
 */
export async function main(): Promise<number> {
  const recorded = Object.fromEntries(sizes.map((states) => [states, stepsOf(states)]));
  for (let turn = 0; turn < warmUp; turn++) for (const run of Object.values(recorded)) run();
  const steps = await interleaved(turns, recorded);
  for (const states of sizes)
    relate(`step-${states}-states-ms`, (steps[states] ?? 0) / moves, (steps[10] ?? 0) / moves);
  for (let turn = 0; turn < 3; turn++) for (const states of sizes) checkOf(states);
  const checks = new Map(sizes.map((states) => [states, median([1, 2, 3, 4, 5].map(() => checkOf(states)))]));
  for (const [states, ms] of checks) measured('growth', `check-${states}-states-ms`, ms, null);
  for (const [states, ms] of checks)
    relate(`check-per-state-${states}-states-ms`, ms / states, (checks.get(100) ?? 0) / 100);
  return 0;
}

function relate(metric: string, ours: number, smallest: number): void {
  print({ bench: 'growth', metric, ours: round(ours), peer: round(smallest), ratio: round(smallest / ours) });
}

/** Some steps of a case in a workflow of so many states. */
function stepsOf(states: number): () => number {
  const definition = loadAll(generated(states)).projects.generated;
  if (definition === undefined) throw new Error('not loaded');
  let session = begin(definition);
  const recorded: Recorded[] = [];
  for (let count = 0; count < moves; count++) {
    const command = completeCommand(session, 'NEXT', actorFor(session, 'NEXT'));
    const { now, calendar } = session;
    recorded.push({ state: JSON.stringify(session.state), command, env: { now, calendar } });
    const played = play(session, command);
    if (played.kind === 'refused') throw new Error(played.blockers[0]?.message);
    session = played.session;
  }
  return () => replay(definition, recorded);
}

let read = 0;

/**
 * Milliseconds of all rules over a workflow of so many states, composed before. Its files have another text each time:
 * what the rules say of the same process is remembered.
 */
function checkOf(states: number): number {
  const bundle = readBundle(withBlankLines(generated(states), ++read));
  const { composition } = compose(bundle, 'generated');
  if (composition === null) throw new Error('not composed');
  return cpuOf(() => {
    const issues = [...checkComposition(composition), ...checkBundle(bundle, [composition])];
    if (issues.some((issue) => issue.severity === 'error')) throw new Error(issues[0]?.message);
  });
}
