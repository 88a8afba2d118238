import { describe, expect, test } from 'vitest';
import type { Definition } from '../../../engine/model/definition.ts';
import { createNumbers, stamp } from '../../../server/cases/numbers.ts';
import { createReservations } from '../../../server/cases/reservations.ts';
import { caseOfToken, createSecrets, judge, nextSecrets } from '../../../server/cases/secrets.ts';
import { createClock } from '../../../server/clock.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { caseDocument, caseState } from '../../support/case-document.ts';

const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));

describe('case numbers (N-01)', () => {
  test('17 digits: project, yyMMddHHmmss in Asia/Shanghai, sequence', async () => {
    const time = Date.parse('2026-11-22T23:30:05Z');
    const number = await createNumbers(
      createMemoryStore(),
      createClock(0, () => time),
    )('016', 'case-1');
    expect(number).toBe('01626112307300501');
    expect(stamp(Date.parse('2026-12-31T16:00:00Z'))).toBe('270101000000');
  });

  test('U-78 two hundred at once are all different; the hundredth waits for the next second', async () => {
    let time = Date.parse('2026-11-23T01:00:00Z');
    const clock = createClock(0, () => time);
    const numbers = createNumbers(createMemoryStore(), clock);
    const ticking = setInterval(() => {
      time += 100;
      clock.moveTo(clock.now());
    }, 5);
    const all = await Promise.all(Array.from({ length: 200 }, (_, n) => numbers('016', `case-${n}`)));
    clearInterval(ticking);
    expect(new Set(all).size).toBe(200);
    expect(all.every((number) => /^016\d{14}$/.test(number))).toBe(true);
    expect(new Set(all.map((number) => number.slice(3, 15))).size).toBeGreaterThan(1);
    expect(Math.max(...all.map((number) => Number(number.slice(15))))).toBeLessThanOrEqual(99);
  });

  test('a number of before a restart is not given again', async () => {
    const store = createMemoryStore();
    const clock = createClock(0, () => Date.parse('2026-11-23T01:00:00Z'));
    const first = await createNumbers(store, clock)('016', 'a');
    const second = await createNumbers(store, clock)('016', 'b');
    expect([first.slice(15), second.slice(15)]).toEqual(['01', '02']);
  });
});

describe('reservations', () => {
  const definition = {
    declared: { reservations: { open: { title: '一份', key: 'x', taken: '已有一份' } } },
  } as unknown as Definition;
  const state = (id: string, key: string | null, over = false) =>
    caseState(id, { reservations: key === null ? {} : { open: key }, over });

  async function world() {
    const store = createMemoryStore();
    const commit = async (next: ReturnType<typeof state>): Promise<void> => {
      await store.createCase(caseDocument(next.id, { state: next })).catch(async () => {
        await store.updateCase(next.id, (now) => ({ ...now, state: next }));
      });
    };
    return { store, commit, reservations: createReservations(store, crypto) };
  }

  test('the second case that wants a key is refused with the words of the definition', async () => {
    const { reservations, commit } = await world();
    const first = await reservations.take(definition, null, state('a', 'K'));
    expect(first.blockers).toEqual([]);
    await commit(state('a', 'K'));
    await first.release(true);
    const second = await reservations.take(definition, null, state('b', 'K'));
    expect(second.blockers).toEqual([{ code: 'reserved', params: { reservation: '一份' }, message: '已有一份' }]);
    const other = await reservations.take(definition, null, state('b', 'L'));
    expect(other.blockers).toEqual([]);
  });

  test('of two at the same time one gets it', async () => {
    const { reservations } = await world();
    const both = await Promise.all([
      reservations.take(definition, null, state('a', 'K')),
      reservations.take(definition, null, state('b', 'K')),
    ]);
    expect(both.map(({ blockers }) => blockers.length).sort()).toEqual([0, 1]);
  });

  test('it is free again when the case is over, wants another key, or was never committed', async () => {
    const { reservations, commit } = await world();
    const first = await reservations.take(definition, null, state('a', 'K'));
    await first.release(false);
    const again = await reservations.take(definition, null, state('b', 'K'));
    expect(again.blockers).toEqual([]);
    await commit(state('b', 'K'));
    await again.release(true);
    const over = await reservations.take(definition, state('b', 'K'), state('b', 'K', true));
    await commit(state('b', 'K', true));
    await over.release(true);
    expect((await reservations.take(definition, null, state('c', 'K'))).blockers).toEqual([]);
  });

  test('a key left by a crash before the commit may be taken over, one of a living case may not', async () => {
    const { store, commit } = await world();
    await createReservations(store, crypto).take(definition, null, state('a', 'K'));
    // The process died here: case a was never written. A new process knows nothing of it.
    const later = createReservations(store, crypto);
    const taken = await later.take(definition, null, state('b', 'K'));
    expect(taken.blockers).toEqual([]);
    await commit(state('b', 'K'));
    await taken.release(true);
    expect((await createReservations(store, crypto).take(definition, null, state('c', 'K'))).blockers).toHaveLength(1);
  });

  test('among all projects, when the definition says so', async () => {
    const { reservations } = await world();
    const wide = { declared: { reservations: { open: { title: '一份', taken: '已有一份', across: true } } } };
    const other = { ...state('b', 'K'), project: 'another' };
    await reservations.take(wide as unknown as Definition, null, state('a', 'K'));
    expect((await reservations.take(wide as unknown as Definition, null, other)).blockers).toHaveLength(1);
    await reservations.take(definition, null, state('c', 'L'));
    const apart = { ...state('d', 'L'), project: 'another' };
    expect((await reservations.take(definition, null, apart)).blockers).toEqual([]);
  });

  describe('a release that says otherwise about `across` than the one before', () => {
    const wide = { declared: { reservations: { open: { title: '一份', taken: '已有一份', across: true } } } };
    const [narrow, across] = [definition, wide as unknown as Definition];
    const blockersOf = async (
      { reservations, commit }: Awaited<ReturnType<typeof world>>,
      ...[under, before, next, former]: Parameters<ReturnType<typeof createReservations>['take']>
    ) => {
      const taken = await reservations.take(under, before, next, former);
      if (taken.blockers.length === 0) await commit(next);
      await taken.release(taken.blockers.length === 0);
      return taken.blockers.length;
    };
    const elsewhere = (id: string) => ({ ...state(id, 'K'), project: 'another' });

    test.each([
      ['then among all', narrow, across, 1],
      ['then of the project', across, narrow, 0],
    ])('a case that is moved holds its key as the new one says: %s', async (_title, before, after, others) => {
      const here = await world();
      expect(await blockersOf(here, before, null, state('a', 'K'))).toBe(0);
      expect(await blockersOf(here, after, state('a', 'K'), state('a', 'K'), before)).toBe(0);
      expect(await blockersOf(here, after, null, state('b', 'K'))).toBe(1);
      expect(await blockersOf(here, across, null, elsewhere('c'))).toBe(others);
      expect(await blockersOf(here, after, state('a', 'K'), state('a', 'K', true))).toBe(0);
      expect(await blockersOf(here, after, null, state('d', 'K'))).toBe(0);
    });

    test.each([
      ['among all', narrow, across],
      ['of the project', across, narrow],
    ])('cases of both releases keep each other off: the new one %s', async (_title, before, after) => {
      const here = await world();
      expect(await blockersOf(here, before, null, state('a', 'K'))).toBe(0);
      expect(await blockersOf(here, after, null, state('b', 'K'))).toBe(1);
      const together = await Promise.all(
        [before, after].map((one, index) => here.reservations.take(one, null, state(`n${index}`, 'L'))),
      );
      expect(together.map(({ blockers }) => blockers.length).sort()).toEqual([0, 1]);
    });

    test('what is shared is counted in both places', async () => {
      const sharing = (wideOne: boolean) =>
        ({
          declared: { reservations: { sum: { title: '一笔款', taken: '余额不够', of: 'receipts', across: wideOne } } },
        }) as unknown as Definition;
      const part = (id: string, amount: number) =>
        caseState(id, { shares: { sum: [{ key: 'T-1', part: amount, whole: 100 }] } });
      const here = await world();
      expect(await blockersOf(here, sharing(false), null, part('a', 60))).toBe(0);
      expect(await blockersOf(here, sharing(true), null, part('b', 60))).toBe(1);
      expect(await blockersOf(here, sharing(true), null, part('b', 40))).toBe(0);
      expect(await blockersOf(here, sharing(false), null, part('c', 1))).toBe(1);
    });
  });

  describe('U-33 what several cases share', () => {
    const shared = {
      declared: { reservations: { sum: { title: '一笔款', taken: '余额不够', of: 'receipts', across: true } } },
    } as unknown as Definition;
    const taking = (id: string, parts: readonly number[], whole = 100, over = false) =>
      caseState(id, { shares: { sum: parts.map((part) => ({ key: 'T-1', part, whole })) }, over });
    const refused = { code: 'reserved', params: { reservation: '一笔款' }, message: '余额不够' };
    /** Takes and commits. @returns the blockers */
    async function take(
      { reservations, commit }: Awaited<ReturnType<typeof world>>,
      next: ReturnType<typeof taking>,
      before: ReturnType<typeof taking> | null = null,
    ) {
      const taken = await reservations.take(shared, before, next);
      if (taken.blockers.length === 0) await commit(next);
      await taken.release(taken.blockers.length === 0);
      return taken.blockers;
    }

    test('all cases together take no more than there is, also when one of them is over', async () => {
      const here = await world();
      expect(await take(here, taking('a', [40]))).toEqual([]);
      expect(await take(here, taking('b', [40], 100, true))).toEqual([]);
      expect(await take(here, taking('c', [30]))).toEqual([refused]);
      expect(await take(here, taking('c', [20]))).toEqual([]);
    });

    test('a case that takes a second time is counted with both', async () => {
      const here = await world();
      await take(here, taking('a', [40]));
      await take(here, taking('b', [30]));
      expect(await take(here, taking('a', [40, 40]), taking('a', [40]))).toEqual([refused]);
      expect(await take(here, taking('a', [40, 30]), taking('a', [40]))).toEqual([]);
    });

    test('a case that says another whole is refused', async () => {
      const here = await world();
      await take(here, taking('a', [40]));
      expect(await take(here, taking('b', [10], 200))).toEqual([refused]);
    });

    test('a case that was never committed has taken nothing; a restart forgets nothing', async () => {
      const here = await world();
      await here.reservations.take(shared, null, taking('a', [90]));
      const later = { ...here, reservations: createReservations(here.store, crypto) };
      expect(await take(later, taking('b', [60]))).toEqual([]);
      const again = { ...here, reservations: createReservations(here.store, crypto) };
      expect(await take(again, taking('c', [60]))).toEqual([refused]);
    });

    test('of two at the same time that do not both fit one gets it', async () => {
      const { reservations } = await world();
      const both = await Promise.all([
        reservations.take(shared, null, taking('a', [60])),
        reservations.take(shared, null, taking('b', [60])),
      ]);
      expect(both.map(({ blockers }) => blockers.length).sort()).toEqual([0, 1]);
    });
  });

  test('the key itself is not in the store', async () => {
    const { store, reservations } = await world();
    await reservations.take(definition, null, state('a', '91440300CANARY0000'));
    for await (const { id, document } of store.listDocuments('reservation')) {
      expect(id + JSON.stringify(document)).not.toContain('CANARY');
    }
  });
});

describe('secrets', () => {
  const secrets = createSecrets(crypto);
  const make = (generation: number, validUntil: number | null = null) =>
    secrets.make('case-1', {
      kind: 'makeSecret',
      key: 'k',
      secret: 'code',
      generation,
      shape: { digits: 6 },
      validUntil,
    });
  const plainOf = (sealed: ReturnType<typeof make>): string => {
    const document = caseDocument('case-1', { secrets: { code: sealed } });
    return String(secrets.fill(document, { code: { $secret: 'code', generation: sealed.generation } })?.code);
  };
  const held = (sealed: ReturnType<typeof make>) => caseDocument('case-1', { secrets: { code: sealed } });

  test('has the digits asked for, is not in the document, and only its own generation is sent', () => {
    const sealed = make(2);
    const plain = plainOf(sealed);
    expect(plain).toMatch(/^\d{6}$/);
    expect(JSON.stringify(sealed)).not.toContain(plain);
    expect(secrets.fill(held(sealed), { code: { $secret: 'code', generation: 1 } })).toBeNull();
  });

  test('right, wrong, expired, used', () => {
    const sealed = make(1, 1_000);
    const plain = plainOf(sealed);
    const other = plain === '000000' ? '000001' : '000000';
    expect(secrets.verdict(held(sealed), 'code', plain, 999)).toBe('right');
    expect(secrets.verdict(held(sealed), 'code', other, 999)).toBe('wrong');
    expect(secrets.verdict(held(sealed), 'code', plain, 1_000)).toBe('expired');
    expect(secrets.verdict(held({ ...sealed, usedAt: 5 }), 'code', plain, 999)).toBe('used');
    expect(secrets.verdict(caseDocument('case-1'), 'code', plain, 999)).toBe('wrong');
  });

  test('the code of an older generation is wrong, even when by chance a case had it', () => {
    const first = make(1);
    expect(secrets.verdict(held({ ...first, generation: 2 }), 'code', plainOf(first), 0)).toBe('wrong');
  });

  test('a form carries the verdict and never what was typed; the right one burns', () => {
    const sealed = make(1);
    const schema = { title: 'x', properties: { code: { 'x-secret': 'code' }, note: {} } } as never;
    const spaced = ` ${plainOf(sealed).slice(0, 3)} ${plainOf(sealed).slice(3)}`;
    const { values, burn } = judge(secrets, held(sealed), schema, { code: spaced, note: 'n' }, 0);
    expect(values).toEqual({ code: 'right', note: 'n' });
    expect(burn).toEqual(['code']);
    const after = nextSecrets(secrets, held(sealed), caseState('case-1'), [], burn, 77);
    expect(after.code?.usedAt).toBe(77);
    expect(judge(secrets, held(sealed), schema, { code: '' }, 0)).toEqual({ values: { code: '' }, burn: [] });
    expect(judge(secrets, held(sealed), schema, { code: 'right' }, 0).values).toEqual({ code: 'wrong' });
  });

  test('a token names its case and nothing else does', () => {
    const sealed = secrets.make('0123456789abc', {
      kind: 'makeSecret',
      key: 'k',
      secret: 'qr',
      generation: 1,
      shape: { token: true },
      validUntil: null,
    });
    const token = secrets.token(caseDocument('0123456789abc', { secrets: { qr: sealed } }), 'qr')!;
    expect(caseOfToken(token)).toBe('0123456789abc');
    expect(token.split('.')[1]).toHaveLength(32);
    for (const bad of ['', 'x', '../../etc', `${token}x`, 'a.b']) expect(caseOfToken(bad)).toBeNull();
    expect(
      secrets.token(caseDocument('0123456789abc', { secrets: { qr: { ...sealed, usedAt: 1 } } }), 'qr'),
    ).toBeNull();
  });
});
