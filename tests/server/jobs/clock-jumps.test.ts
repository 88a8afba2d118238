import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createClock } from '../../../server/clock.ts';
import { drill } from '../../campaigns/disk/cycles.ts';
import { type House, openHouse } from '../../campaigns/disk/house.ts';
import { createProvider } from '../../campaigns/disk/provider.ts';
import { createSimulatedDisk } from '../store/simulated-disk.ts';

/** A case whose deadline is an hour away, on the machine's own clock. */
const minute = 60_000;
let house: House;
let id = '';

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T01:00:00Z') });
  const clock = { ...createClock(), forget: () => undefined };
  house = await openHouse(createSimulatedDisk(), clock, createProvider(), drill(), () => undefined);
  id = (await house.cases.start(drill(), 'writer/one')).state.id;
});
afterEach(async () => {
  await house.close();
  vi.useRealTimers();
});

const at = async () => (await house.cases.read(id)).document.state.active.join();
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

test('a clock that goes back an hour brings no deadline early and loses none', async () => {
  await pass(50 * minute);
  vi.setSystemTime(Date.now() - 60 * minute);
  await pass(60 * minute);
  expect(await at()).toBe('main.write');
  await pass(10 * minute + 1);
  expect(await at()).toBe('main.rest');
});

test('a clock that goes forward a day is noticed within a minute', async () => {
  vi.setSystemTime(Date.now() + 24 * 60 * minute);
  expect(await at()).toBe('main.write');
  await pass(minute);
  expect(await at()).toBe('main.rest');
});

test('a process that was frozen wakes with what is due by now: each deadline comes once', async () => {
  await pass(59 * minute + 30_000);
  // Frozen: time goes on and nothing of this process runs.
  vi.setSystemTime(Date.now() + minute);
  await pass(minute);
  expect(await at()).toBe('main.rest');
  const { document } = await house.cases.read(id);
  expect(document.journal.filter(({ what }) => what.startsWith('timer:'))).toHaveLength(1);
});
