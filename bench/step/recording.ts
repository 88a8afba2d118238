import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CaseState } from '../../engine/model/case.ts';
import type { Command, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { start, step } from '../../engine/run/index.ts';
import { begin, runScenario, type Scenario } from '../../engine/simulate/index.ts';

/** A step as it was made: everything that a process which knows nothing of the case needs. */
export interface Recorded {
  /** JSON text of the case before. */
  readonly state: string;
  readonly command: Command;
  readonly env: Environment;
}

const way = 'workflows/scenarios/certificate-new/happy-path.scenario.yaml';

/** Every step of a whole real way through the process, from the first page to the certificate in use. */
export function recordedWay(definition: Definition): Recorded[] {
  const { failure, session } = runScenario(definition, parse(readFileSync(way, 'utf8')) as Scenario);
  if (failure !== null || session === null) throw new Error(`${way}: ${JSON.stringify(failure)}`);
  const blank = begin(definition);
  const { calendar } = session;
  const { number, owner } = blank.state;
  const first = start(definition, { id: 'case-1', number, owner }, { now: blank.now, calendar });
  if (first.kind === 'refused') throw new Error('not started');
  let state: CaseState = first.next;
  const recorded: Recorded[] = [];
  for (const { command, at } of session.commands ?? []) {
    const env = { now: at, calendar };
    recorded.push({ state: JSON.stringify(state), command, env });
    const stepped = step(definition, state, command, env);
    if (stepped.kind === 'refused') throw new Error(stepped.blockers[0]?.message);
    state = stepped.next;
  }
  if (!state.over) throw new Error('the way does not lead to the end');
  return recorded;
}

/** Restore from JSON text, step, effects, JSON text again: of each recorded step. @returns characters written */
export function replay(definition: Definition, recorded: readonly Recorded[]): number {
  let size = 0;
  for (const { state, command, env } of recorded) {
    const result = step(definition, JSON.parse(state) as CaseState, command, env);
    if (result.kind === 'refused') throw new Error(result.blockers[0]?.message);
    size += JSON.stringify([result.next, result.effects, result.entry]).length;
  }
  return size;
}
