import { expect, test } from 'vitest';
import { runScenario, type ScenarioStep } from '../../../engine/simulate/index.ts';
import { loan } from './support.ts';

test('[RUN-23] a correction knows which open fields it left as they were', () => {
  const definition = loan([
    'on: { RESUBMIT: next }',
    'on: { RESUBMIT: [{ if: size(event.untouched) > 0, refuse: "还有 {event.untouched}" }, { to: next }] }',
  ]);
  const play = (...steps: readonly ScenarioStep[]) =>
    runScenario(definition, { scenario: 'x', project: 'demo', steps });
  const flagged: readonly ScenarioStep[] = [
    { through: 'main.work.review.first' },
    {
      do: 'REJECT',
      fill: {
        opinion: {
          flags: [
            { field: 'person.name', reason: '错字' },
            { field: 'item', reason: '不清楚' },
          ],
        },
      },
    },
  ];
  const one = { person: { name: '李四丰' } };
  expect(play(...flagged, { refused: 'RESUBMIT', why: '还有 person.name；item' }).failure).toBeNull();
  expect(play(...flagged, { refused: 'RESUBMIT', fill: one, why: '还有 item' }).failure).toBeNull();
  // A flag on a whole form is answered by any field of it.
  expect(play(...flagged, { do: 'RESUBMIT', fill: { ...one, item: { days: 2 } } }).failure).toBeNull();
  expect(play(...flagged, { refused: 'RESUBMIT', fill: { ...one, item: { days: 2 } } }).failure).not.toBeNull();
});
