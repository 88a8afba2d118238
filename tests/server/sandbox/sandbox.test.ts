import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Order, Request, SentMessage, StatementEntry } from '../../../server/sandbox/state.ts';
import { startWorld, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());
beforeEach(() => world.heard.splice(0));
afterEach(async () => {
  world.up = true;
  await world.api('DELETE', '/next');
});

const deposit = { name: '示例有限公司', branch: '示例银行示例支行', account: '4000000000000001', remark: '482913' };
const perform = (operation: string, input: object, key: string, call = 'main.work') => {
  const [connector = '', name = ''] = operation.split('.');
  const contract = world.contracts[connector];
  if (contract === undefined) throw new Error(connector);
  return world.connectors.perform(contract, name, input as never, world.context(key, { call }));
};
const order = { amount: 28000, provider: 'wechat', attempt: 1, description: '示例' };

describe('the sandbox answers by the contract', () => {
  it('puts a small transfer with its remark on the statement, once for one key', async () => {
    expect(await perform('bank.microDeposit', deposit, 'k1')).toEqual({ outcome: 'OK', data: expect.anything() });
    expect(await perform('bank.microDeposit', deposit, 'k1')).toEqual({ outcome: 'OK', data: expect.anything() });
    const { body } = await world.api('GET', '/statement');
    const entries = (body as StatementEntry[]).filter((entry) => entry.remark === '482913');
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ holder: '示例有限公司', account: '4000000000000001' });
  });

  it('gives each operation of each contract a first outcome that fits its own contract', async () => {
    for (const contract of Object.values(world.contracts))
      for (const [name, operation] of Object.entries(contract.operations)) {
        const { fitTo } = await import('../../../server/sandbox/sample.ts');
        const result = await perform(
          `${contract.id}.${name}`,
          fitTo(operation.input, {}),
          `all:${contract.id}.${name}`,
        );
        expect(result, `${contract.id}.${name}`).toMatchObject({ outcome: expect.any(String) });
      }
  });

  it('gives each outcome that can be chosen data that fit its own contract', async () => {
    const { fitTo } = await import('../../../server/sandbox/sample.ts');
    for (const contract of Object.values(world.contracts))
      for (const [name, operation] of Object.entries(contract.operations))
        for (const outcome of Object.keys(operation.outcomes)) {
          const full = `${contract.id}.${name}`;
          expect((await world.api('POST', '/next', { operation: full, outcome })).status).toBe(200);
          const result = await perform(full, fitTo(operation.input, {}), `each:${full}:${outcome}`);
          expect(result, `${full} ${outcome}`).toMatchObject({ outcome });
        }
  });

  it('issues a certificate that can be looked at, says 测试, and is in the list when it was revoked', async () => {
    const input = {
      type: 'organization',
      years: 2,
      organization: '示例有限公司',
      number: 'N1',
      holder: '王小明',
      pin: '1',
    };
    const made = await perform('ca.produce', input, 'certificate');
    const serial = made !== 'pending' ? String(made.data?.serial) : '';
    const { body } = await world.api('GET', `/certificates/${serial}`);
    const { certificate, root } = body as { certificate: string; root: string; list: string };
    const read = new X509Certificate(certificate);
    expect(read.serialNumber).toBe(serial);
    expect(read.subject).toContain('CN=测试 王小明');
    expect(read.verify(new X509Certificate(root).publicKey)).toBe(true);
    // The contract counts days as the other side does, in China.
    const lastDay = new Date(Date.parse(read.validTo) + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(made).toMatchObject({ data: { validTo: lastDay } });
    await perform('ca.revoke', { serial }, 'revocation');
    const after = await world.api('GET', `/certificates/${serial}`);
    const der = Buffer.from((after.body as { list: string }).list.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(der.includes(Buffer.from(serial, 'hex'))).toBe(true);
    expect((await world.api('GET', '/certificates/00')).status).toBe(404);
  });

  it('refuses an input that the contract does not know, before anything is sent', async () => {
    await expect(perform('bank.microDeposit', { name: 1 }, 'k2')).rejects.toThrow('input');
    await expect(perform('bank.unknown', {}, 'k3')).rejects.toThrow('unknown operation');
  });

  it('refuses a choice of an operation or outcome that there is not', async () => {
    expect((await world.api('POST', '/next', { operation: 'bank.nothing' })).status).toBe(400);
    expect((await world.api('POST', '/next', { operation: 'bank.microDeposit', outcome: 'MAYBE' })).status).toBe(400);
  });
});

describe('manners', () => {
  it('unavailable: a technical failure, then as usual again', async () => {
    await world.api('POST', '/next', { operation: 'bank.microDeposit', manner: 'unavailable' });
    await expect(perform('bank.microDeposit', deposit, 'm1')).rejects.toThrow('503');
    expect(await perform('bank.microDeposit', deposit, 'm1')).toMatchObject({ outcome: 'OK' });
  });

  it('late: pending, then the outcome by callback with the call and its generation', async () => {
    await world.api('POST', '/next', {
      operation: 'telecom.verifyPerson',
      manner: 'late',
      outcome: 'MISMATCH',
      seconds: 0,
    });
    const person = { name: '张示例', number: '110101199001010015', mobile: '13800000000' };
    expect(await perform('telecom.verifyPerson', person, 'm2', 'main.check')).toBe('pending');
    const heard = await until('callback', () => world.heard[0]);
    expect(heard).toMatchObject({
      kind: 'outcome',
      call: 'main.check',
      generation: 1,
      outcome: { outcome: 'MISMATCH' },
    });
    expect(await perform('telecom.verifyPerson', person, 'm2', 'main.check')).toMatchObject({ outcome: 'MISMATCH' });
  });

  it('silence: nothing until somebody answers it', async () => {
    await world.api('POST', '/next', { operation: 'bank.microDeposit', manner: 'silence' });
    expect(await perform('bank.microDeposit', deposit, 'm3')).toBe('pending');
    const { body } = await world.api('GET', '/requests');
    const open = (body as Request[]).find((one) => one.context.key === 'm3' && one.status === 'open');
    expect((await world.api('POST', '/answer', { id: open?.id ?? 0, outcome: 'FAILED' })).status).toBe(200);
    const heard = await until('callback', () => world.heard[0]);
    expect(heard).toMatchObject({ outcome: { outcome: 'FAILED', data: { reason: expect.any(String) } } });
    expect((await world.api('POST', '/answer', { id: open?.id ?? 0 })).status).toBe(404);
  });

  it('duplicate: the same outcome twice', async () => {
    await world.api('POST', '/next', { operation: 'bank.microDeposit', manner: 'duplicate' });
    expect(await perform('bank.microDeposit', deposit, 'm4')).toBe('pending');
    await until('two callbacks', () => world.heard.length === 2);
    expect(world.heard[0]).toEqual(world.heard[1]);
  });

  it('holds for as many requests as it was chosen for', async () => {
    await world.api('POST', '/next', { operation: 'bank.microDeposit', outcome: 'FAILED', left: 2 });
    const outcomes = [];
    for (const key of ['n1', 'n2', 'n3']) outcomes.push(await perform('bank.microDeposit', deposit, key));
    expect(outcomes).toMatchObject([{ outcome: 'FAILED' }, { outcome: 'FAILED' }, { outcome: 'OK' }]);
  });

  it('calls back again until the server is there to hear it', async () => {
    await open('m5');
    world.up = false;
    await answer('m5');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(world.heard).toEqual([]);
    world.up = true;
    await until('callback', () => world.heard.length > 0);
    expect(world.heard).toHaveLength(1);
  });

  it('remembers over a restart: the statement, open requests, what it still has to tell', async () => {
    await open('m6');
    await open('m7');
    world.up = false;
    await answer('m6');
    const before = (await world.api('GET', '/statement')).body as StatementEntry[];
    await world.restart();
    world.up = true;
    await until('callback of m6', () => world.heard.length > 0);
    await answer('m7');
    await until('callback of m7', () => world.heard.length > 1);
    expect(world.heard).toHaveLength(2);
    const after = (await world.api('GET', '/statement')).body as StatementEntry[];
    expect(after.slice(0, before.length)).toEqual(before);
  });

  const open = async (key: string) => {
    await world.api('POST', '/next', { operation: 'bank.microDeposit', manner: 'silence' });
    expect(await perform('bank.microDeposit', deposit, key)).toBe('pending');
  };
  const answer = async (key: string) => {
    const { body } = await world.api('GET', '/requests');
    const request = (body as Request[]).find((one) => one.context.key === key);
    expect((await world.api('POST', '/answer', { id: request?.id ?? 0 })).status).toBe(200);
  };
});

describe('payment', () => {
  const newest = async (): Promise<Order> => {
    const { body } = await world.api('GET', '/orders');
    return (body as Order[]).at(-1) as Order;
  };

  it('tells the notice when the wallet pays, with the amount of the order', async () => {
    const made = await perform('payment.createOrder', order, 'p1');
    expect(made).toMatchObject({
      outcome: 'CREATED',
      data: { amount: 28000, codeUrl: expect.stringContaining('/sandbox/wallet/') },
    });
    expect(await perform('payment.query', { orderNumber: (await newest()).number }, 'p1q')).toMatchObject({
      outcome: 'UNPAID',
    });
    expect((await world.api('POST', '/pay', { order: (await newest()).number })).status).toBe(200);
    const heard = await until('notice', () => world.heard[0]);
    expect(heard).toMatchObject({ kind: 'event', name: 'payment.notice', data: { amount: 28000 } });
  });

  it('delivers the notice, always the same one, when a query or a closing finds it paid', async () => {
    await perform('payment.createOrder', order, 'p2');
    const { number } = await newest();
    await world.api('POST', '/pay', { order: number, do: 'quiet' });
    expect(world.heard).toEqual([]);
    expect(await perform('payment.query', { orderNumber: number }, 'p2q')).toMatchObject({ outcome: 'PAID' });
    expect(await perform('payment.close', { orderNumber: number }, 'p2c')).toMatchObject({ outcome: 'PAID' });
    await until('two notices', () => world.heard.length === 2);
    expect(world.heard[0]).toEqual(world.heard[1]);
  });

  it('knows a second payment and a payment after closing as payments of their own', async () => {
    await perform('payment.createOrder', order, 'p3');
    const { number } = await newest();
    await perform('payment.close', { orderNumber: number }, 'p3c');
    await world.api('POST', '/pay', { order: number, do: 'again' });
    await world.api('POST', '/pay', { order: number, do: 'again' });
    await until('two notices', () => world.heard.length === 2);
    const ids = world.heard.map((one) => one.kind === 'event' && one.data.transaction);
    expect(new Set(ids).size).toBe(2);
  });

  it('has no order that nobody made', async () => {
    expect((await world.api('POST', '/pay', { order: 'nothing' })).status).toBe(404);
  });
});

describe('messages, clock and pages', () => {
  it('keeps what was sent', async () => {
    await world.connectors.send({ by: 'sms', to: '13800000000', text: '【示例CA】您好。' }, world.context('s1'));
    await world.connectors.send({ by: 'sms', to: '13800000000', text: '【示例CA】您好。' }, world.context('s1'));
    const { body } = await world.api('GET', '/messages');
    expect((body as SentMessage[]).filter((one) => one.text === '【示例CA】您好。')).toHaveLength(1);
  });

  it("puts the server's clock forward, and never back", async () => {
    const { body } = await world.api('POST', '/clock', { advance: 86_400_000 });
    expect((body as { now: number }).now).toBeGreaterThan(Date.now() + 86_000_000);
    expect(world.clock.ahead).toBe(86_400_000);
    expect((await world.api('POST', '/clock', { advance: -1 })).status).toBe(400);
    expect(world.clock.ahead).toBe(86_400_000);
  });

  it('draws every page, with no script or style of its own inside', async () => {
    const pages = [
      '',
      '/bank',
      '/phone',
      '/wallet',
      '/samples',
      ...Object.keys(world.contracts).map((id) => `/systems/${id}`),
    ];
    for (const page of pages) {
      const answer = await fetch(`${world.base}/sandbox${page}`);
      const text = await answer.text();
      expect(answer.status, page).toBe(200);
      expect(text).toContain('<html lang="zh-CN">');
      expect(text).not.toMatch(/<script(?![^>]*src=)|<style|style="|onclick/);
    }
    expect((await fetch(`${world.base}/sandbox/systems/nothing`)).status).toBe(404);
  });

  it('writes nothing into a page that could be markup', async () => {
    await world.connectors.send(
      { by: 'sms', to: '13800000001', text: '<img src=x onerror=alert(1)>' },
      world.context('s2'),
    );
    const text = await (await fetch(`${world.base}/sandbox/phone`)).text();
    expect(text).not.toContain('<img src=x');
    expect(text).toContain('&#60;img src=x');
  });

  it('takes changes from its own pages only', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${world.base}/sandbox/clock`, {
        method: 'POST',
        body: 'advance=1',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  it('does not answer whoever does not come through the server', async () => {
    const own = world.sandbox.url();
    expect((await fetch(`${own}/sandbox`)).status).toBe(403);
    expect((await fetch(`${own}/operations/bank/microDeposit`, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});
