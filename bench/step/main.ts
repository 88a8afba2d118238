import type { AnyStateMachine } from 'xstate';
import { loadAll } from '../../engine/load.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { definitionFiles } from '../definitions.ts';
import { interleaved, print, round } from '../measure.ts';
import { bpmnPeer } from './bpmn.ts';
import { peerMachine } from './peer-machine.ts';
import { recordedWay, replay } from './recording.ts';
import { caseContext, givenSteps, readContext, xstatePeer } from './xstate.ts';

const turns = 60;
const warmUp = 60;
const repeats = 50;

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
    same: xstatePeer(
      definition.machine as AnyStateMachine,
      givenSteps(definition, recorded, (context, before) => ({ ...caseContext(context, before), ...context })),
    ),
  };
  for (let turn = 0; turn < warmUp; turn++) for (const run of Object.values(contestants)) run();
  const { ours = 0, plain = 0, least = 0, same = 0 } = await interleaved(turns, contestants);
  compare('step-vs-xstate-ms', ours / recorded.length, plain / recorded.length);
  compare('step-vs-xstate-with-less-data-ms', ours / recorded.length, least / recorded.length);
  compare('step-vs-xstate-on-our-machine-ms', ours / recorded.length, same / recorded.length);
  const bpmn = await bpmnPeer(definition, recorded);
  await bpmn();
  // Turns of about the same length: the garbage of one is not collected in the short turn of the other.
  const slow = await interleaved(7, { ours: () => repeated(contestants.ours), bpmn });
  compare('step-vs-bpmn-engine-ms', (slow.ours ?? 0) / repeats / recorded.length, (slow.bpmn ?? 0) / recorded.length);
  return 0;
}

function repeated(run: () => unknown): void {
  for (let turn = 0; turn < repeats; turn++) run();
}

function compare(metric: string, ours: number, peer: number): void {
  print({ bench: 'step', metric, ours: round(ours), peer: round(peer), ratio: round(peer / ours) });
}
