import { beforeEach, describe, expect, test } from 'vitest';
import { type Codes, createCodes } from '../../../server/accounts/codes.ts';
import { createClock } from '../../../server/clock.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { codeOf, testCrypto } from '../../support/accounts.ts';

const MINUTE = 60_000;
const mobile = '13900000001';
describe('codes by SMS', () => {
  let time = 1_000_000;
  let sent: { mobile: string; code: string }[] = [];
  let store = createMemoryStore();
  let codes: Codes;
  beforeEach(() => {
    time += 100 * 24 * 60 * MINUTE;
    sent = [];
    store = createMemoryStore();
    codes = make();
  });
  const make = (perAddress = 100, send = async (to: string, code: string) => void sent.push({ mobile: to, code })) =>
    createCodes({ store, crypto: testCrypto(), clock: createClock(0, () => time), perAddress, send });
  const ask = async (purpose: 'login' | 'reset' | 'mobile' = 'login', to = mobile) => {
    const { request } = await codes.ask(purpose, to, '1.2.3.4');
    return { purpose, mobile: to, request, code: sent.at(-1)?.code ?? '' };
  };
  const take = (given: Awaited<ReturnType<typeof ask>>) => codes.take(given, async () => ({ value: 'in' }));
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

  test('is good once, with spaces and full-width digits too', async () => {
    const given = await ask();
    expect(given.code).toMatch(/^\d{6}$/);
    const wide = given.code.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await take({ ...given, code: ` ${wide.slice(0, 3)} ${wide.slice(3)}` })).toBe('in');
    expect(await codeOf(take(given))).toBe('code-over');
  });

  test('is good for ten minutes, its purpose, its number and its request only', async () => {
    const given = await ask();
    expect(await codeOf(take({ ...given, purpose: 'reset' }))).toBe('code-wrong');
    expect(await codeOf(take({ ...given, mobile: '13900000002' }))).toBe('code-wrong');
    time += MINUTE;
    const other = await ask();
    expect(await codeOf(take({ ...other, code: given.code === other.code ? 'x' : given.code }))).toBe('code-wrong');
    time += 9 * MINUTE + 1;
    expect(await codeOf(take(given))).toBe('code-over');
    expect(await take(other)).toBe('in');
  });

  test('five wrong ones are the end of it, also when they come at once', async () => {
    const given = await ask();
    const guesses = Array.from({ length: 20 }, () => codeOf(take({ ...given, code: wrong(given.code) })));
    const answers = await Promise.all(guesses);
    expect(answers.filter((one) => one === 'code-wrong')).toHaveLength(4);
    expect(answers.slice(4).every((one) => one === 'code-over' || one === 'too-many-requests')).toBe(true);
    expect(await codeOf(take(given))).toBe('code-over');
  });

  test('of two that use it at once one gets in', async () => {
    const given = await ask();
    expect((await Promise.all([codeOf(take(given)), codeOf(take(given))])).sort()).toEqual(['code-over', 'done']);
  });

  test('is kept for another try when something else was missing', async () => {
    const given = await ask();
    expect(await codes.take(given, async () => ({ value: 'name missing', keep: true }))).toBe('name missing');
    expect(await take(given)).toBe('in');
  });

  test('is sent once a minute, five times an hour and ten times a day to a number', async () => {
    expect(await codeOf(ask())).toBe('done');
    expect(await codeOf(ask())).toBe('too-many-requests');
    for (let n = 0; n < 4; n += 1) {
      time += MINUTE;
      expect(await codeOf(ask())).toBe('done');
    }
    time += MINUTE;
    expect(await codeOf(ask())).toBe('too-many-requests');
    expect(await codeOf(ask('login', '13900000009'))).toBe('done');
    for (let n = 0; n < 5; n += 1) {
      time += 61 * MINUTE;
      expect(await codeOf(ask())).toBe('done');
    }
    time += 61 * MINUTE;
    expect(await codeOf(ask())).toBe('too-many-requests');
  });

  test('an address has a limit of its own, also for numbers that all differ', async () => {
    codes = make(3);
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => codeOf(ask('login', `1390000001${n}`))));
    expect(all.filter((one) => one === 'done')).toHaveLength(3);
  });

  test('neither the number nor the code stands in the store', async () => {
    const given = await ask();
    const all: unknown[] = [];
    for await (const { id, document } of store.listDocuments('smsCode')) all.push(id, document);
    expect(all).toHaveLength(2);
    expect(JSON.stringify(all)).not.toContain(given.code);
    expect(JSON.stringify(all)).not.toContain(mobile);
  });

  test('what could not be sent is told, and what is no number is not tried', async () => {
    codes = make(100, async () => {
      throw new Error('down');
    });
    expect(await codeOf(ask())).toBe('sms-failed');
    expect(await codeOf(ask('login', '12345'))).toBe('mobile-invalid');
    const left: string[] = [];
    for await (const { id } of store.listDocuments('smsCode')) left.push(id);
    expect(left).toEqual([]);
  });

  test('what is over is swept', async () => {
    await ask();
    time += 11 * MINUTE;
    await codes.sweep();
    for await (const { id } of store.listDocuments('smsCode')) expect(id).toBe('nothing');
  });
});
