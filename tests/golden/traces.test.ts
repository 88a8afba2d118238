import { expect, test } from 'vitest';
import { diagram } from '../../engine/explain/index.ts';
import { runScenario, type ScenarioStep } from '../../engine/simulate/index.ts';
import { loan } from '../engine/run/support.ts';
import { trace } from './trace.ts';

/**
 * What a process did, line by line, as it stands beside this file. A change of it is either meant, then the file is
 * renewed (`npx vitest run tests/golden -u`) and read in the change, or a mistake.
 */
const definition = loan();
const steps: readonly ScenarioStep[] = [
  { do: 'NEXT' },
  { do: 'REJECT', fill: { opinion: { flags: [{ field: 'person.name', reason: '错字' }] } } },
  { world: { 'registry.check': 'UNAVAILABLE' } },
  { do: 'RESUBMIT', fill: { person: { name: '李四' } } },
  { do: 'CODE', fill: { code: { code: 'wrong' } } },
  { do: 'HOLD' },
  { advance: '2 days' },
  { do: 'UNHOLD' },
  { do: 'CODE', fill: { code: { code: 'right' } } },
  { do: 'APPROVE' },
  { notice: 'PAID' },
  { do: 'APPROVE' },
  { do: 'PAY_BACK' },
];

test('the trace of a case', async () => {
  const result = runScenario(definition, { scenario: '走一遍', project: 'demo', steps });
  expect(result.failure).toBeNull();
  await expect(trace(result)).toMatchFileSnapshot('./loan.trace.txt');
});

test('the edges of the diagram', async () => {
  const lines = diagram(definition).edges.map(
    (edge) =>
      `${edge.from} -> ${edge.to} ${edge.kind} ${edge.title}${edge.main ? ' main' : ''}${edge.removed ? ' removed' : ''}`,
  );
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./loan.edges.txt');
});
