import { loadAll } from '../../engine/load.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { definitionFiles } from '../definitions.ts';
import { interleaved, print, round } from '../measure.ts';
import { bpmnPeer } from './bpmn.ts';
import { peerMachine } from './peer-machine.ts';
import { recordedWay, replay } from './recording.ts';
import { caseContext, givenSteps, readContext, xstatePeer } from './xstate.ts';

const turns = 60;
/** Until the compiler of V8 is done with what is hot, for all of them. */
const warmUp = 600;
/** Ways of a turn: a server that has work to do, and one that has just collected its garbage. */
const busy = 10;
const beside = 50;

/** One step of a stored case beside its peers: what each carries is written in bench/README.md. */
export async function main(): Promise<number> {
  const definition: Definition | undefined = loadAll(definitionFiles()).projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const recorded = recordedWay(definition);
  const machine = peerMachine(definition);
  const contestants = {
    ours: () => replay(definition, recorded),
    plain: xstatePeer(machine, givenSteps(definition, recorded, caseContext)),
    least: xstatePeer(machine, givenSteps(definition, recorded, readContext)),
  };
  for (let turn = 0; turn < warmUp; turn++) for (const run of Object.values(contestants)) run();
  const warm = await interleaved(turns, timesOver(busy, contestants));
  const { ours = 0, plain = 0, least = 0 } = eachOf(warm, busy * recorded.length);
  compare('step-vs-xstate-ms', ours, plain);
  compare('step-vs-xstate-with-less-data-ms', ours, least);
  const cold = eachOf(await interleaved(turns, contestants), recorded.length);
  compare('step-vs-xstate-after-collection-ms', cold.ours ?? 0, cold.plain ?? 0);
  const bpmn = await bpmnPeer(definition, recorded);
  await bpmn();
  // Turns of about the same length: the garbage of one is not collected in the short turn of the other.
  const slow = await interleaved(7, { ...timesOver(beside, { ours: contestants.ours }), bpmn });
  compare('step-vs-bpmn-engine-ms', (slow.ours ?? 0) / beside / recorded.length, (slow.bpmn ?? 0) / recorded.length);
  return 0;
}

type Contestants = { readonly [name: string]: () => unknown };

function timesOver(times: number, contestants: Contestants): Contestants {
  const over = (run: () => unknown) => () => {
    for (let turn = 0; turn < times; turn++) run();
  };
  return Object.fromEntries(Object.entries(contestants).map(([name, run]) => [name, over(run)]));
}

function eachOf(turns: { readonly [name: string]: number }, steps: number): { readonly [name: string]: number } {
  return Object.fromEntries(Object.entries(turns).map(([name, ms]) => [name, ms / steps]));
}

function compare(metric: string, ours: number, peer: number): void {
  print({ bench: 'step', metric, ours: round(ours), peer: round(peer), ratio: round(peer / ours) });
}
