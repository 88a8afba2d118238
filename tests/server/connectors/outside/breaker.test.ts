import { expect, test } from 'vitest';
import { ContractViolation, TechnicalFailure } from '../../../../server/connectors/failure.ts';
import { CircuitOpen, createBreaker } from '../../../../server/connectors/outside/breaker.ts';

function world() {
  let now = 0;
  let asked = 0;
  const breaker = createBreaker({ now: () => now });
  const fail = () => {
    asked += 1;
    return Promise.reject(new TechnicalFailure('pay.query', 'down'));
  };
  const work = () => {
    asked += 1;
    return Promise.resolve('ok');
  };
  const run = (what: () => Promise<string>) =>
    breaker.run('pay', 'pay.query', what).catch((error: Error) => error.constructor.name);
  return { breaker, fail, work, run, wait: (ms: number) => (now += ms), asked: () => asked };
}

test('after five failures in a row nothing is sent for a while, then one request tries, then all go', async () => {
  const { run, fail, work, wait, asked, breaker } = world();
  for (let n = 0; n < 5; n += 1) expect(await run(fail)).toBe('TechnicalFailure');
  expect(await run(work)).toBe('CircuitOpen');
  wait(29_999);
  expect(await run(work)).toBe('CircuitOpen');
  expect(asked()).toBe(5);
  wait(1);
  let release: (value: string) => void = () => undefined;
  const trial = run(() => new Promise<string>((resolve) => (release = resolve)));
  expect(await run(work)).toBe('CircuitOpen');
  release('back');
  expect(await trial).toBe('back');
  expect(await run(work)).toBe('ok');
  expect(breaker.states()).toEqual({ pay: { failures: 0, openUntil: null } });
});

test('a trial that fails waits twice as long, five minutes at most', async () => {
  const { run, fail, wait, breaker } = world();
  for (let n = 0; n < 5; n += 1) await run(fail);
  const waits: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const open = breaker.states().pay!.openUntil!;
    wait(open - waits.reduce((sum, one) => sum + one, 0));
    waits.push(open - waits.reduce((sum, one) => sum + one, 0));
    await run(fail);
  }
  expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
});

test('an answer in between, and mistakes of our own, do not open it; other systems are not touched', async () => {
  const { run, fail, work, breaker } = world();
  for (let n = 0; n < 4; n += 1) await run(fail);
  await run(work);
  for (let n = 0; n < 4; n += 1) await run(fail);
  expect(await run(work)).toBe('ok');
  for (let n = 0; n < 9; n += 1) await run(() => Promise.reject(new ContractViolation('pay.query', 'wrong')));
  expect(await run(work)).toBe('ok');
  for (let n = 0; n < 5; n += 1) await run(fail);
  expect(await breaker.run('bank', 'bank.pay', work)).toBe('ok');
  const error = await breaker.run('pay', 'pay.query', work).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(CircuitOpen);
  expect(error).toBeInstanceOf(TechnicalFailure);
});
