import { expect, test } from 'vitest';
import { runScenario, type ScenarioStep } from '../../engine/simulate/index.ts';
import { loan } from '../engine/run/support.ts';
import { trace } from './trace.ts';

/** What a case does when the world misbehaves, line by line; renewed like the others: `npx vitest run tests/golden -u`. */
/** The registry's contract gives up after ten minutes; the state itself waits for two working days. */
const definition = loan(['    retry: [1 second]\n', '    retry: [1 second]\n    limit: 10 minutes\n']);
const paid = { id: 'm-1', amount: 50_000 };

const worlds: { readonly [kind: string]: readonly ScenarioStep[] } = {
  late: [
    { world: { 'registry.check': { outcome: 'FOUND', after: '3 working days' } } },
    { do: 'NEXT' },
    { advance: '4 working days' },
  ],
  duplicated: [
    { world: { 'registry.check': { outcome: 'MISMATCH', times: 2 } } },
    { do: 'NEXT' },
    { notice: 'PAID', with: paid, times: 2 },
  ],
  lost: [{ world: { 'registry.check': 'lost' } }, { do: 'NEXT' }, { advance: '3 working days' }],
  forged: [
    { world: { 'registry.check': 'none' } },
    { do: 'NEXT' },
    { answer: 'registry.check', outcome: 'FOUND', forged: true },
    { notice: 'PAID', with: paid, forged: true },
  ],
  'out-of-order': [
    { world: { 'registry.check': 'none' } },
    { do: 'NEXT' },
    { advance: '10 minutes' },
    { do: 'AGAIN' },
    { answer: 'registry.check', outcome: 'MISMATCH', attempt: 1 },
    { answer: 'registry.check', outcome: 'FOUND', attempt: 2 },
  ],
};

test.each(Object.entries(worlds))('the trace of answers that are %s', async (kind, steps) => {
  const result = runScenario(definition, { scenario: kind, project: 'demo', steps });
  expect(result.failure).toBeNull();
  await expect(trace(result)).toMatchFileSnapshot(`./world/${kind}.trace.txt`);
});
