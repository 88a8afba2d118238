import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { TechnicalFailure } from '../../../../server/connectors/failure.ts';
import { Bank } from './bank.ts';
import { cases } from './cases.ts';
import { Courier } from './courier.ts';
import { Invoice } from './invoice.ts';
import { requestOf, type Wire, wire } from './port.ts';
import type { Notice, Provider } from './provider.ts';
import { Registry } from './registry.ts';
import { Telecom } from './telecom.ts';

let open: Wire | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function start<P extends Provider>(provider: P, how: { timeout?: number } = {}): Promise<[P, Wire]> {
  open = await wire(provider, how);
  return [provider, open];
}

const inputOf = (connector: string, operation: string) => cases[connector]!.operations[operation]!.input;

describe('what goes over the wire', () => {
  test('the bank: who is paid, under our number, signed with a nonce that is never used twice', async () => {
    const [bank, port] = await start(new Bank());
    bank.next('microDeposit', { outcome: 'OK', data: { flow: 'F1' } });
    await port.perform('microDeposit', inputOf('bank', 'microDeposit'), requestOf('a'));
    expect(JSON.parse(bank.got[0]!.body)).toEqual({
      number: expect.stringMatching(/^[0-9a-f]{28}$/),
      payee: { name: '示例有限公司', branch: '示例银行示例支行', account: '4000000000000001' },
      remark: '482913',
      notify: `${port.url}/connectors/bank/callback`,
    });
    bank.next('confirmDeposit', { outcome: 'SAME' });
    await port.perform('confirmDeposit', { flow: 'F/1', amount: 37 }, requestOf('b'));
    expect(bank.got[1]).toMatchObject({ method: 'POST', path: '/small-transfers/F%2F1/confirmations' });
    expect(bank.got[0]?.headers['x-nonce']).not.toBe(bank.got[1]?.headers['x-nonce']);
    expect(bank.strangers).toBe(0);
  });

  test('the telecom aggregator: a form whose signature covers every parameter', async () => {
    const [telecom, port] = await start(new Telecom());
    telecom.next('verifyPerson', { outcome: 'MATCH' });
    await port.perform('verifyPerson', inputOf('telecom', 'verifyPerson'), requestOf('a'));
    const form = Object.fromEntries(new URLSearchParams(telecom.got[0]!.body));
    expect(form).toMatchObject({ name: '陈示例', idCard: '440305199001011234', mobile: '13800138000' });
    for (const name of ['name', 'idCard', 'mobile', 'serial', 'timestamp', 'nonce']) {
      const body = new URLSearchParams({ ...form, [name]: `${form[name]}1` }).toString();
      expect(telecom.authorize({ ...telecom.got[0]!, body }), name).toBe(false);
    }
  });

  test('the register: which company, which person, and which of the two is not right', async () => {
    const [registry, port] = await start(new Registry());
    const input = inputOf('registry', 'verifyLegalRep');
    for (const what of ['organization', 'legalRep']) {
      registry.next('verifyLegalRep', { outcome: 'MISMATCH', data: { what } });
      const said = await port.perform('verifyLegalRep', input, requestOf(what));
      expect(said).toEqual({ outcome: 'MISMATCH', data: { what } });
    }
    expect(JSON.parse(registry.got[0]!.body)).toEqual({
      enterprise: { name: '示例有限公司', code: '91440300723038758B' },
      person: { name: '陈示例', idCard: '440305199001011234' },
    });
    expect(registry.got[0]?.path).toMatch(/\?serial=[0-9a-f]{28}$/);
  });

  test('the invoice: yuan with two places, the reason in the authority’s numbers', async () => {
    const [invoice, port] = await start(new Invoice());
    for (const [amount, yuan] of [
      [28_005, '280.05'],
      [1, '0.01'],
      [30, '0.30'],
      [100_000_000, '1000000.00'],
    ] as const) {
      invoice.next('issue', { outcome: 'ISSUED', data: { number: 'N' } });
      await port.perform('issue', { ...inputOf('invoice', 'issue'), amount }, requestOf(yuan));
      expect(JSON.parse(invoice.got.at(-1)!.body).amount).toBe(yuan);
    }
    for (const [cause, reason] of [
      ['refund', '03'],
      ['mistake', '01'],
    ]) {
      invoice.next('reverse', { outcome: 'REVERSED', data: { number: 'R' } });
      await port.perform('reverse', { number: 'N', cause: cause! }, requestOf(cause!));
      expect(JSON.parse(invoice.got.at(-1)!.body)).toMatchObject({ invoice: 'N', reason });
    }
  });

  test('the courier: where to, and what it should tell us of', async () => {
    const [courier, port] = await start(new Courier());
    courier.next('ship', { outcome: 'SHIPPED', data: { carrier: 'zto', tracking: 'Z1' } });
    const shipped = await port.perform('ship', inputOf('courier', 'ship'), requestOf('a'));
    expect(JSON.parse(courier.got[0]!.body).to).toEqual({
      ...{ name: '李示例', phone: '13800138000', region: ['广东省', '深圳市'], street: '福田区示例路 1 号' },
    });
    // A carrier that the contract has no word for.
    expect(shipped).toEqual({ outcome: 'SHIPPED', data: { carrier: 'other', tracking: 'Z1' } });
    await port.perform('follow', inputOf('courier', 'follow'), requestOf('b'));
    for (const [status, word] of [
      ['accepted', 'accepted'],
      ['inTransit', 'inTransit'],
      ['returned', 'returned'],
      ['lost', 'lost'],
    ] as const) {
      await port.tell('follow', 'track', { status }, 1);
      expect(port.heard.at(-1)).toMatchObject({ name: 'courier.track', data: { status: word } });
    }
  });
});

describe('tokens', () => {
  const ask = (port: Wire, key: string) => port.perform('issue', inputOf('invoice', 'issue'), requestOf(key));

  test('one serves many requests, also those that come at once; one that was taken back is fetched anew', async () => {
    const [invoice, port] = await start(new Invoice());
    for (let n = 0; n < 5; n += 1) invoice.next('issue', { outcome: 'ISSUED', data: { number: 'N' } });
    await Promise.all([ask(port, 'a'), ask(port, 'b'), ask(port, 'c')]);
    await ask(port, 'd');
    expect(invoice.tokens).toEqual(['token-1']);
    invoice.revoke();
    expect(await ask(port, 'e')).toMatchObject({ outcome: 'ISSUED' });
    expect(invoice.tokens.at(-1)).toBe('token-3');
    expect(invoice.done('issue')).toHaveLength(5);
  });

  test('when none is given nothing is sent, and nobody is told what the secret is', async () => {
    const [invoice, port] = await start(new Invoice());
    invoice.before = () => ({ status: 401, body: { error: 'invalid_client' } });
    const failure = await ask(port, 'a').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TechnicalFailure);
    expect(String(failure)).not.toMatch(/a secret|hall/);
    expect(invoice.got).toEqual([]);
  });
});

test('who holds the line and says nothing is left after the time of the file, and asked what became of it', async () => {
  const [bank, port] = await start(new Bank(), { timeout: 300 });
  const input = inputOf('bank', 'microDeposit');
  bank.next('microDeposit', { manner: 'hang', outcome: 'OK', data: { flow: 'F1' } });
  const since = Date.now();
  await expect(port.perform('microDeposit', input, requestOf('a'))).rejects.toBeInstanceOf(TechnicalFailure);
  expect(Date.now() - since).toBeLessThan(3_000);
  const again = { ...requestOf('a'), again: true };
  expect(await port.perform('microDeposit', input, again)).toEqual({ outcome: 'OK', data: { flow: 'F1' } });
  expect(bank.done('microDeposit')).toHaveLength(1);
});

test('a transfer that was paid may come back: the case is told, whatever it was told before', async () => {
  const [bank, port] = await start(new Bank());
  bank.next('microDeposit', { manner: 'late' });
  expect(await port.perform('microDeposit', inputOf('bank', 'microDeposit'), requestOf('a'))).toBe('pending');
  await port.settle('microDeposit', 'OK', { flow: 'F9' });
  await port.tell('microDeposit', 'bounced', { flow: 'F9', reason: '账户已销户' }, 1);
  expect(port.heard).toEqual([
    { kind: 'outcome', call: 'main.work.a', generation: 4, outcome: { outcome: 'OK', data: { flow: 'F9' } } },
    { kind: 'event', name: 'bank.bounced', data: { flow: 'F9', reason: '账户已销户' } },
  ]);
});

/** Every way in which a message may be wrong, for every protocol that sends messages. */
const messengers: readonly {
  readonly name: string;
  readonly make: () => Provider;
  readonly operation: string;
  readonly outcome: string;
  readonly data: { readonly [name: string]: string };
  /** Changes something that the case would be told. */
  readonly tamper: (message: Notice) => Notice;
  readonly strip: (message: Notice) => Notice;
  /** The same message under a signature that is cut. */
  readonly cut: (message: Notice) => Notice;
}[] = [
  {
    name: 'bank',
    make: () => new Bank(),
    operation: 'microDeposit',
    outcome: 'OK',
    data: { flow: 'F1' },
    tamper: ({ headers, body }) => ({ headers, body: body.replace('F1', 'F2') }),
    strip: ({ headers: { 'x-signature': _, ...headers }, body }) => ({ headers, body }),
    cut: ({ headers, body }) => ({
      headers: { ...headers, 'x-signature': headers['x-signature']!.slice(0, 40) },
      body,
    }),
  },
  {
    name: 'invoice',
    make: () => new Invoice(),
    operation: 'issue',
    outcome: 'ISSUED',
    data: { number: 'N1' },
    tamper: ({ headers, body }) => ({ headers, body: body.replace('N1', 'N2') }),
    strip: ({ headers: { 'x-signature': _, ...headers }, body }) => ({ headers, body }),
    cut: ({ headers, body }) => ({ headers: { ...headers, 'x-signature': headers['x-signature']!.slice(0, 8) }, body }),
  },
  {
    name: 'courier',
    make: () => new Courier(),
    operation: 'follow',
    outcome: 'FOLLOWED',
    data: { status: 'delivered' },
    tamper: ({ headers, body }) => ({ headers, body: body.replace('SIGNED', 'LOST') }),
    strip: ({ headers, body }) => ({ headers, body: body.replace(/&sign=.*/, '') }),
    cut: ({ headers, body }) => ({ headers, body: body.slice(0, -32) }),
  },
];

describe.each(messengers)('messages of $name', ({ name, make, operation, outcome, data, tamper, strip, cut }) => {
  test('forged, unsigned, cut, tampered, replayed and orphaned ones are refused and recorded; nothing is told', async () => {
    const [provider, port] = await start(make());
    provider.next(operation, { manner: operation === 'follow' ? 'answer' : 'late', outcome: 'FOLLOWED' });
    await port.perform(operation, inputOf(name, operation), requestOf('a'));
    const deed = { ...provider.done(operation)[0]!, outcome, data };
    const good = provider.tell(deed, Date.now());
    const send = (message: Notice) => provider.send(deed.notify, message);
    const stranger = make();
    // A key that is not the provider's: RSA keys of another instance, and a hash under another secret.
    const forged =
      name === 'courier'
        ? {
            ...good,
            body: good.body.replace(/sign=.*/, `sign=${createHmac('sha256', 'guess').update('x').digest('hex')}`),
          }
        : name === 'invoice'
          ? {
              ...good,
              headers: {
                ...good.headers,
                'x-signature': createHmac('sha256', 'guess')
                  .update(`${good.headers['x-timestamp']}.${good.body}`)
                  .digest('base64'),
              },
            }
          : stranger.tell(deed, Date.now());
    for (const bad of [forged, strip(good), cut(good), tamper(good)]) expect(await send(bad)).toBe(401);
    expect(await send(provider.tell(deed, Date.now() - 601_000))).toBe(401);
    expect(await send(provider.tell(deed, Date.now() + 601_000))).toBe(401);
    expect(await send(provider.tell({ ...deed, number: 'f'.repeat(28) }, Date.now()))).toBe(404);
    expect(await send(provider.tell({ ...deed, number: '' }, Date.now()))).toBe(404);
    expect(port.heard).toEqual([]);
    const reasons = ['signature', 'signature', 'signature', 'signature', 'replay', 'replay', 'orphan', 'orphan'];
    expect(port.refused.map(({ reason }) => reason)).toEqual(reasons);
    expect(port.refused.every(({ connector }) => connector === name)).toBe(true);
    expect(await send(good)).toBe(200);
    expect(port.heard).toHaveLength(1);
    expect(port.refused).toHaveLength(reasons.length);
  });
});

test('a message that cannot be checked for want of a secret is neither believed nor refused for good', async () => {
  const bank = new Bank();
  Object.assign(bank.env, { CERTFLOW_SECRET_BANK_PUBLIC_KEY: '' });
  const [, port] = await start(bank);
  bank.next('microDeposit', { manner: 'late' });
  await port.perform('microDeposit', inputOf('bank', 'microDeposit'), requestOf('a'));
  const deed = bank.done('microDeposit')[0]!;
  expect(await bank.send(deed.notify, bank.tell({ ...deed, outcome: 'OK' }, Date.now()))).toBe(503);
  expect(port.refused).toEqual([{ connector: 'bank', reason: 'unverified' }]);
  expect(port.heard).toEqual([]);
});
