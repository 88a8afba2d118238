import { expect, test } from 'vitest';
import { loadAll, runScenario, type ScenarioStep } from '../../engine/index.ts';
import { publishedCalendar } from '../../server/calendar.ts';
import { definitionFiles } from './definition-files.ts';

const definition = loadAll(definitionFiles()).projects.szmg!;
const calendar = publishedCalendar();

/** Through the queue of the reviewers, paid and proven, until nobody has looked for twelve days. */
const steps: readonly ScenarioStep[] = [
  { do: 'NEXT', times: 5 },
  { notice: 'SCANNED', with: { agentQr: 'right' } },
  { do: 'ID_UPLOADED' },
  { do: 'ORDER' },
  { notice: 'PAY_NOTICE', with: { transaction: 'pay-1', orderNumber: 'order-1', amount: 28_000 } },
  { do: 'CODE', fill: { randomCode: { code: 'right' } } },
  { expect: { at: 'main.work.review.queue' } },
  { advance: '12 days' },
];

/** Hours from the arrival until the time for the review is over; the process promises one working day. */
function hoursUntilBreach(now: string): number {
  const { session } = runScenario(definition, { scenario: now, project: 'szmg', now, steps }, { calendar });
  const arrived = session!.journal.find(({ entered }) => entered.includes('main.work.review.queue'));
  const breach = session!.journal.find(({ notified }) => notified.includes('slaBreach'));
  return (breach!.at - arrived!.at) / 3_600_000;
}

test('U-51 the time for a review stands still over the National Day and runs on a Saturday that is worked', () => {
  // Wednesday 30 September, off until 7 October.
  expect(hoursUntilBreach('2026-09-30T10:00:00+08:00')).toBe(8 * 24);
  // Friday 9 October: Saturday the 10th is worked.
  expect(hoursUntilBreach('2026-10-09T10:00:00+08:00')).toBe(24);
  // Friday 16 October: an ordinary weekend.
  expect(hoursUntilBreach('2026-10-16T10:00:00+08:00')).toBe(3 * 24);
});
