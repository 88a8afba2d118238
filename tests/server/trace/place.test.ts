import { expect, test } from 'vitest';
import { createLog } from '../../../server/log.ts';
import { forCase, here, newPlace, readTraceparent, traceparent, within } from '../../../server/trace/place.ts';
import { plainTracing, traced } from '../../../server/trace/tracing.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test('a traceparent is read as the standard says, and nothing else is', () => {
  expect(readTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual({ trace: TRACE, span: SPAN, sampled: true });
  expect(readTraceparent(`00-${TRACE}-${SPAN}-02`)).toEqual({ trace: TRACE, span: SPAN, sampled: false });
  // A later version may say more.
  expect(readTraceparent(`cc-${TRACE}-${SPAN}-01-what-comes-later`)?.trace).toBe(TRACE);
  for (const wrong of [
    ...[undefined, '', 'nonsense', `00-${TRACE}-${SPAN}`, `00-${TRACE}-${SPAN}-01-more`],
    ...[`ff-${TRACE}-${SPAN}-01`, `00-${'0'.repeat(32)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`],
    ...[`00-${TRACE.toUpperCase()}-${SPAN}-01`, `00-${TRACE}\n-${SPAN}-01`, ` 00-${TRACE}-${SPAN}-01`],
  ])
    expect(readTraceparent(wrong), wrong).toBeNull();
});

test('a place goes on in its trace with a number of its own; what is written can be read', () => {
  const first = newPlace(null);
  const second = newPlace(first, { case: 'c1' });
  expect(second).toMatchObject({ trace: first.trace, case: 'c1' });
  expect(second.span).not.toBe(first.span);
  expect(newPlace(null).trace).not.toBe(first.trace);
  expect(readTraceparent(traceparent(second))).toEqual({ trace: second.trace, span: second.span, sampled: false });
});

test('every line of the log says of which trace and case it is, also after waiting; what is said itself counts', async () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const said = (): { trace?: string; case?: string } => JSON.parse(lines.at(-1) ?? '{}') as object;
  log.info('outside');
  expect(said()).not.toHaveProperty('trace');
  const one = newPlace(null);
  const other = newPlace(null);
  const speak = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.info('inside');
    return said();
  };
  const [first, second] = await Promise.all([
    within(one, () => forCase('c1', () => speak(20))),
    within(other, () => speak(5)),
  ]);
  expect(first).toMatchObject({ trace: one.trace, case: 'c1' });
  expect(second).toMatchObject({ trace: other.trace });
  expect(second).not.toHaveProperty('case');
  within({ ...one, case: 'c1' }, () => log.info({ case: 'c2' }, 'about another'));
  expect(lines.at(-1)?.match(/"case"/g)).toHaveLength(1);
  expect(said().case).toBe('c2');
  expect(here()).toBeUndefined();
});

test('what is traced fails as it would without', async () => {
  const fails = traced(plainTracing, { name: 'one', kind: 'inside' }, async () => {
    throw new TypeError('as it is');
  });
  await expect(fails).rejects.toThrow(new TypeError('as it is'));
});
