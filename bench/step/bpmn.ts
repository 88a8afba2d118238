import { createRequire } from 'node:module';
import type { CaseState } from '../../engine/model/case.ts';
import type { ChartState, Transition } from '../../engine/model/composed.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { within } from '../../engine/run/configuration.ts';
import type { Recorded } from './recording.ts';

interface Execution {
  readonly environment: { assignVariables(variables: object): void };
  signal(message: { id: string }): void;
}
interface EngineOf {
  execute(): Promise<Execution>;
  recover(state: unknown): EngineOf;
  resume(): Promise<Execution>;
  getState(): Promise<unknown>;
  stop(): Promise<void>;
}

/** One moment of the way: the state of the chart that waits in it, and the data of the case then. */
interface Task {
  readonly state: ChartState;
  readonly heard: readonly Transition[];
  /** All of the case but its states, as XState's peer carries it. */
  readonly data: object;
}

/**
 * bpmn-engine: recover + signal + save, from JSON text to JSON text, over the tasks of the recorded way in their order.
 * Each task has what its state has: a boundary timer for each deadline and reminder, a gateway with a flow for each
 * branch of what it hears, and the data of the case in the engine's variables. Conditions of the flows that are not taken
 * cost it next to nothing; regions at the same time, actions and forms it does not have at all.
 */
export async function bpmnPeer(definition: Definition, recorded: readonly Recorded[]): Promise<() => Promise<number>> {
  const require = createRequire(new URL('../package.json', import.meta.url));
  const { Engine } = require('bpmn-engine') as { Engine: new (options?: object) => EngineOf };
  const tasks = recorded.map((each) => taskOf(definition, each));
  const engine = new Engine({ name: 'case', source: source(tasks), variables: { other: false } });
  await engine.execute();
  const begun = JSON.stringify(await engine.getState());
  void engine.stop();
  return async () => {
    let state = begun;
    for (const [index, { data }] of tasks.entries()) {
      const recovered = new Engine().recover(JSON.parse(state));
      const execution = await recovered.resume();
      execution.environment.assignVariables(data);
      execution.signal({ id: `task${index}` });
      state = JSON.stringify(await recovered.getState());
      void recovered.stop();
    }
    if (!state.includes('"end"')) throw new Error('the peer does not come to the end');
    return state.length;
  };
}

/** The innermost active state that hears the command. */
function taskOf({ chart }: Definition, { state: text, command }: Recorded): Task {
  const { active, snapshot: _snapshot, ...data } = JSON.parse(text) as CaseState;
  const timer = command.kind === 'timer' ? data.timers[command.timer]?.state : undefined;
  const hears = (state: ChartState) =>
    command.kind === 'outcome'
      ? command.call === state.address
      : command.kind === 'timer'
        ? timer === state.address
        : command.event in state.on;
  const states = active.map((address) => chart.states[address] as ChartState);
  // A late message that no state hears is a task like the others.
  const state = states.filter(hears).sort((one, two) => (within(one.address, two.address) ? -1 : 1))[0] ?? states[0];
  if (state === undefined) throw new Error(`nothing is active at ${JSON.stringify(command)}`);
  const heard = [...Object.values(state.on), ...Object.values(state.outcomes)];
  return { state, heard, data };
}

function source(tasks: readonly Task[]): string {
  const flow = (id: string, from: string, to: string) =>
    `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`;
  const body = tasks.flatMap(({ state, heard }, index) => {
    const task = `task${index}`;
    const next = index + 1 < tasks.length ? `task${index + 1}` : 'end';
    const delays = [...state.after.map(() => 'after'), ...state.remind.map(() => 'remind')];
    const branches = heard.flatMap((transition) => transition.branches).slice(1);
    return [
      `<userTask id="${task}" name="${index}" />`,
      flow(`${task}-done`, task, `${task}-way`),
      `<exclusiveGateway id="${task}-way" default="${task}-next" />`,
      flow(`${task}-next`, `${task}-way`, next),
      ...branches.map(
        (_branch, at) =>
          `<sequenceFlow id="${task}-other${at}" sourceRef="${task}-way" targetRef="other"><conditionExpression xsi:type="tFormalExpression">\${environment.variables.other}</conditionExpression></sequenceFlow>`,
      ),
      ...delays.flatMap((kind, at) => [
        `<boundaryEvent id="${task}-timer${at}" attachedToRef="${task}" cancelActivity="${kind === 'after'}">`,
        '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">P30D</timeDuration></timerEventDefinition></boundaryEvent>',
        flow(`${task}-late${at}`, `${task}-timer${at}`, 'other'),
      ]),
    ];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="case" targetNamespace="urn:case">
<process id="process" isExecutable="true"><startEvent id="start" />${flow('begin', 'start', 'task0')}
${body.join('\n')}
<endEvent id="end" /><endEvent id="other" /></process></definitions>`;
}
