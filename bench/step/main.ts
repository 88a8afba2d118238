import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadAll } from '../../engine/load.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Command, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { start, step } from '../../engine/run/index.ts';
import { actorFor, begin, completeCommand, play, runScenario, type Scenario } from '../../engine/simulate/index.ts';
import { definitionFiles, generated } from '../definitions.ts';
import { interleaved, print, round } from '../measure.ts';
import { bpmnPeer } from './bpmn.ts';
import { xstatePeer } from './xstate.ts';

/** A step as it was made: everything that a process which knows nothing of the case needs. */
export interface Recorded {
  readonly state: string;
  readonly command: Command;
  readonly env: Environment;
}

const turns = 15;

/** One step of a stored case: restore from JSON text, step, effects, JSON text again. */
export async function main(): Promise<number> {
  const { projects } = loadAll(definitionFiles());
  const definition = projects.szmg;
  if (definition === undefined) throw new Error('the definitions do not load: npx certflow check');
  const recorded = record(definition);
  const ours = () => replay(definition, recorded);
  const raw = xstatePeer(definition, recorded);
  const bpmn = await bpmnPeer();
  ours();
  raw();
  const times = await interleaved(turns, { ours, raw });
  compare('step-vs-xstate-ms', (times.ours ?? 0) / recorded.length, (times.raw ?? 0) / recorded.length);
  const slow = await interleaved(3, { ours, bpmn: bpmn.run });
  compare('step-vs-bpmn-engine-ms', (slow.ours ?? 0) / recorded.length, (slow.bpmn ?? 0) / bpmn.steps);
  for (const states of [10, 100, 1000]) await growth(states);
  return 0;
}

function compare(metric: string, ours: number, peer: number): void {
  print({ bench: 'step', metric, ours: round(ours), peer: round(peer), ratio: round(peer / ours) });
}

function record(definition: Definition): Recorded[] {
  const path = 'workflows/scenarios/szmg/happy-path.scenario.yaml';
  const result = runScenario(definition, parse(readFileSync(path, 'utf8')) as Scenario);
  if (result.failure !== null || result.session === undefined || result.session === null) throw new Error(path);
  const { session } = result;
  const blank = begin(definition);
  const first = start(
    definition,
    { id: 'case-1', number: blank.state.number, owner: blank.state.owner },
    envAt(blank.now),
  );
  if (first.kind === 'refused') throw new Error('not started');
  let state: CaseState = first.next;
  const recorded: Recorded[] = [];
  for (const { command, at } of session.commands ?? []) {
    const env = { now: at, calendar: session.calendar };
    recorded.push({ state: JSON.stringify(state), command, env });
    const stepped = step(definition, state, command, env);
    if (stepped.kind === 'refused') throw new Error(stepped.blockers[0]?.message);
    state = stepped.next;
  }
  return recorded;

  function envAt(now: number): Environment {
    return { now, calendar: session.calendar };
  }
}

function replay(definition: Definition, recorded: readonly Recorded[]): number {
  let size = 0;
  for (const { state, command, env } of recorded) {
    const result = step(definition, JSON.parse(state) as CaseState, command, env);
    if (result.kind === 'refused') throw new Error(result.blockers[0]?.message);
    size += JSON.stringify([result.next, result.effects, result.entry]).length;
  }
  return size;
}

/** One step of a generated workflow: it must not depend on how many states there are. */
async function growth(states: number): Promise<void> {
  const definition = loadAll(generated(states)).projects.generated;
  if (definition === undefined) throw new Error('not loaded');
  let session = begin(definition);
  const recorded: Recorded[] = [];
  for (let count = 0; count < 8; count++) {
    const actor = actorFor(session, 'NEXT');
    const command = completeCommand(session, 'NEXT', actor);
    const { now, calendar } = session;
    recorded.push({ state: JSON.stringify(session.state), command, env: { now, calendar } });
    const played = play(session, command);
    if (played.kind === 'refused') throw new Error(played.blockers[0]?.message);
    session = played.session;
  }
  const run = () => replay(definition, recorded);
  run();
  const { step: ms = 0 } = await interleaved(turns, { step: run });
  print({
    bench: 'step',
    metric: `generated-${states}-states-ms`,
    ours: round(ms / recorded.length),
    peer: null,
    ratio: null,
  });
}
