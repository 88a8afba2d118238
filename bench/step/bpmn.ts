import { createRequire } from 'node:module';

const steps = 12;

interface Execution {
  getState(): unknown;
  signal(message: { id: string }): void;
}
interface EngineOf {
  execute(): Promise<Execution>;
  recover(state: unknown): EngineOf;
  resume(): Promise<Execution>;
  getState(): Promise<unknown>;
  stop(): Promise<void>;
}

/** bpmn-engine: recover + signal + save, over as many user tasks as our case has moments in which somebody acts. */
export async function bpmnPeer(): Promise<{ run: () => Promise<number>; steps: number }> {
  const require = createRequire(new URL('../package.json', import.meta.url));
  const { Engine } = require('bpmn-engine') as { Engine: new (options?: object) => EngineOf };
  const engine = new Engine({ name: 'case', source: source() });
  await engine.execute();
  const begun = JSON.stringify(await engine.getState());
  void engine.stop();
  const run = async () => {
    let state = begun;
    for (let index = 0; index < steps; index++) {
      const recovered = new Engine().recover(JSON.parse(state));
      const execution = await recovered.resume();
      execution.signal({ id: `task${index}` });
      state = JSON.stringify(await recovered.getState());
      void recovered.stop();
    }
    return state.length;
  };
  return { run, steps };
}

function source(): string {
  const ids = Array.from({ length: steps }, (_, index) => `task${index}`);
  const nodes = ['start', ...ids, 'end'];
  const flows = nodes
    .slice(1)
    .map((to, index) => `<sequenceFlow id="flow${index}" sourceRef="${nodes[index]}" targetRef="${to}" />`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="case" targetNamespace="urn:case">
<process id="process" isExecutable="true"><startEvent id="start" />
${ids.map((id) => `<userTask id="${id}" />`).join('')}<endEvent id="end" />${flows.join('')}</process></definitions>`;
}
