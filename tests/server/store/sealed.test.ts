import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import { openValue, type Sealer, sealValue } from '../../../server/store/sensitive.ts';
import type { CaseDocument, Store } from '../../../server/store/store.ts';
import { caseDocument, caseState } from '../../support/case-document.ts';
import { runs } from '../../support/runs.ts';

const CANARY = '990101199001010113';
const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
const schema = {
  title: 'x',
  properties: {
    name: { type: 'string' },
    idNumber: { type: 'string', 'x-sensitive': true },
    people: { type: 'array', items: { type: 'object', properties: { number: { 'x-sensitive': true } } } },
  },
} as const;

function opened() {
  const inner = createMemoryStore();
  const store = sealedStore(inner, crypto, async () => ({
    forms: { agent: schema as never },
    records: { checks: schema as unknown as Json },
  }));
  return { inner, store };
}

const document = caseDocument('case-1', {
  state: caseState('case-1', {
    forms: { agent: { name: '张三', idNumber: CANARY, people: [{ number: CANARY }] } },
    records: { checks: [{ at: 1, by: null, data: { idNumber: CANARY } }] },
  }),
  outbox: [
    {
      effect: {
        kind: 'call',
        key: 'case-1:1:0',
        call: 'a',
        generation: 1,
        connector: 'telecom',
        operation: 'verify',
        input: { number: CANARY, secret: { $secret: 'code', generation: 1 } },
      },
      since: 1,
      tries: 0,
      due: 1,
    },
    {
      effect: { kind: 'notice', key: 'case-1:1:1', notice: 'n', by: 'sms', to: CANARY, text: `致${CANARY}` },
      since: 1,
      tries: 0,
      due: 1,
    },
  ],
});

describe('the store that seals', () => {
  test('keeps no sensitive value in the clear: forms, lists, records, inputs of calls, notices', async () => {
    const { inner, store } = opened();
    await store.createCase(document);
    const stored = JSON.stringify(await inner.readCase('case-1'));
    expect(stored).not.toContain(CANARY);
    expect(stored).toContain('张三');
    expect(await store.readCase('case-1')).toEqual(document);
  });

  test('keeps nothing in the clear of what others answered while nobody waited, what was asked, what was told', async () => {
    const { inner, store } = opened();
    const outcome = { call: 'main.check', generation: 1, outcome: 'OK', data: { payer: CANARY, parts: [CANARY] } };
    const call = { generation: 1, connector: 'bank', operation: 'pay', status: 'waiting', since: 1 } as const;
    const aside = caseDocument('case-2', {
      state: caseState('case-2', {
        parked: { 'main.check': { timers: {}, outcomes: [outcome, { call: 'b', generation: 1, outcome: 'NONE' }] } },
        calls: { pay: { ...call, asked: { account: CANARY } }, other: call },
      }),
      notices: [{ at: 5, text: `给${CANARY}` }],
      inbox: [
        { key: 'case-2:1:0', at: 5, text: `给${CANARY}` },
        { key: 'case-2:1:1', at: 5, text: `再给${CANARY}` },
      ],
    });
    await store.createCase(aside);
    expect(JSON.stringify(await inner.readCase('case-2'))).not.toContain(CANARY);
    expect(await store.readCase('case-2')).toEqual(aside);
    // The first of a list is dropped: what is left still opens.
    const next = await store.updateCase('case-2', (now) => ({ ...now, inbox: now.inbox!.slice(1) }));
    expect(next.inbox).toEqual([aside.inbox![1]]);
    expect((await store.readCase('case-2'))?.inbox).toEqual(next.inbox);
  });

  test('reads what an older program left in the clear, and seals it with the next change', async () => {
    const { inner, store } = opened();
    const old = caseDocument('case-3', {
      state: caseState('case-3', {
        parked: {
          a: { timers: {}, outcomes: [{ call: 'a', generation: 1, outcome: 'OK', data: { payer: CANARY } }] },
        },
      }),
      notices: [{ at: 5, text: CANARY }],
    });
    await inner.createCase(old);
    expect(await store.readCase('case-3')).toEqual(old);
    await store.updateCase('case-3', (now) => ({ ...now, consumed: ['x'] }));
    expect(JSON.stringify(await inner.readCase('case-3'))).not.toContain(CANARY);
    expect((await store.readCase('case-3'))?.notices).toEqual(old.notices);
  });

  test('an update sees and returns plain values', async () => {
    const { inner, store } = opened();
    await store.createCase(document);
    const next = await store.updateCase('case-1', (now) => {
      expect(now.state.forms.agent?.idNumber).toBe(CANARY);
      return { ...now, state: { ...now.state, revision: 2 } };
    });
    expect(next.state.forms.agent?.idNumber).toBe(CANARY);
    expect(JSON.stringify(await inner.readCase('case-1'))).not.toContain(CANARY);
  });

  test('a case that is put under another release is sealed by that; what it knows no more is sealed whole', async () => {
    const inner = createMemoryStore();
    const store = sealedStore(inner, crypto, async (release) => ({
      forms: release === 'newer' ? { agent: { title: '', properties: { name: {} } } } : { agent: schema as never },
      records: release === 'newer' ? {} : { checks: schema as unknown as Json },
    }));
    await store.createCase(document);
    const moved = await store.updateCase('case-1', (now) => ({ ...now, state: { ...now.state, release: 'newer' } }));
    expect(moved.state).toEqual({ ...document.state, release: 'newer' });
    const stored = JSON.stringify(await inner.readCase('case-1'));
    expect(stored).toContain('"newer"');
    expect(stored).not.toContain(CANARY);
    expect(await store.readCase('case-1')).toEqual({ ...document, state: moved.state });
  });

  test('a sealed value that is moved to another case or field does not open', async () => {
    const { inner, store } = opened();
    await store.createCase(document);
    const raw = (await inner.readCase('case-1'))!;
    await inner.createCase({ ...raw, state: { ...raw.state, id: 'case-2' } });
    await expect(store.readCase('case-2')).rejects.toThrow(/cannot open/);
    await inner.updateCase('case-1', (now) => ({
      ...now,
      state: { ...now.state, forms: { agent: { ...now.state.forms.agent, name: now.state.forms.agent!.idNumber! } } },
    }));
    await expect(store.readCase('case-1')).rejects.toThrow(/cannot open/);
  });

  test('drafts, files and notices of the desk are sealed as a whole', async () => {
    const { inner, store } = opened();
    for (const kind of ['draft', 'file', 'deskNotice', 'audit', 'account']) {
      await store.writeDocument(kind, 'x', { value: CANARY });
      expect(JSON.stringify(await inner.readDocument(kind, 'x'))).not.toContain(CANARY);
      expect((await store.readDocument(kind, 'x'))?.data).toEqual({ value: CANARY });
      for await (const { document: listed } of store.listDocuments(kind))
        expect(listed.data).toEqual({ value: CANARY });
    }
  });
});

/** A store that gives back what was written, as that of PostgreSQL does; `lose` forgets it. */
function givingBack() {
  const inner = createMemoryStore();
  const written = new Map<string, CaseDocument>();
  const store: Store = {
    ...inner,
    lookCase: async (id) => written.get(id) ?? (await inner.readCase(id)),
    updateCase: (id, change, expected) =>
      inner.updateCase(
        id,
        (now) => {
          const next = change(written.get(id) ?? now);
          if (next) written.set(id, next);
          return next;
        },
        expected,
      ),
  };
  return { inner, store, lose: () => written.clear() };
}

describe('the store that seals, on one that gives back what was written', () => {
  const rules = async () => ({
    forms: { agent: schema as never },
    records: { checks: schema as unknown as Json },
  });
  const bump = (now: CaseDocument): CaseDocument => ({
    ...now,
    state: { ...now.state, revision: now.state.revision + 1 },
  });

  test('opens and seals nothing that has not changed, and all of it when the key has', async () => {
    const keys = [1, 2].map((n) => `k${n}:${Buffer.alloc(32, n).toString('base64')}`);
    const ring = parseKeyRing(keys.join(' '));
    const counted = createCrypto(ring);
    let sealed = 0;
    const { inner, store: raw } = givingBack();
    const store = sealedStore(
      raw,
      {
        ...counted,
        sealText(...given) {
          sealed += 1;
          return counted.sealText(...given);
        },
      },
      rules,
    );
    await store.createCase(document);
    await store.updateCase('case-1', bump);
    const before = await inner.readCase('case-1');
    sealed = 0;
    await store.updateCase('case-1', bump);
    expect(sealed).toBe(0);
    expect((await inner.readCase('case-1'))?.state.forms).toEqual(before?.state.forms);
    const other = await store.updateCase('case-1', (now) => ({
      ...now,
      state: { ...now.state, forms: { agent: { ...now.state.forms.agent, idNumber: '1' } } },
    }));
    expect(sealed).toBe(1);
    expect((await store.readCase('case-1'))?.state).toEqual(other.state);
    Object.assign(ring, { current: 'k2' });
    const last = await store.updateCase('case-1', bump);
    const texts = JSON.stringify(await inner.readCase('case-1')).match(/(?<="(?:\$sealed|sealed)":")[^"]+/g) ?? [];
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.filter((text) => !counted.isCurrent(text))).toEqual([]);
    expect((await store.readCase('case-1'))?.state).toEqual(last.state);
  });

  test('a value that was moved to another place is sealed for that place', async () => {
    const { store: raw } = givingBack();
    const store = sealedStore(raw, crypto, rules);
    await store.createCase(document);
    await store.updateCase('case-1', bump);
    const moved = await store.updateCase('case-1', ({ state, ...now }) => ({
      ...now,
      state: {
        ...state,
        forms: { other: state.forms.agent! },
        records: { checks: [...state.records.checks!, ...state.records.checks!] },
      },
    }));
    expect(await store.readCase('case-1')).toEqual(moved);
  });

  test('what somebody else has written meanwhile is opened, not what was written here', async () => {
    const { inner, store: raw, lose } = givingBack();
    const store = sealedStore(raw, crypto, rules);
    const elsewhere = sealedStore(inner, crypto, rules);
    await store.createCase(document);
    await store.updateCase('case-1', bump);
    await elsewhere.updateCase('case-1', (now) => ({ ...bump(now), notices: [{ at: 7, text: '别处' }] }));
    lose();
    const next = await store.updateCase('case-1', bump);
    expect(next.notices).toEqual([{ at: 7, text: '别处' }]);
    expect(next.state.revision).toBe(4);
    // The same state beside other parts is another document.
    const seen: unknown[] = [];
    await raw.updateCase('case-1', (now) => ({ ...now, notices: [] }));
    await store.updateCase('case-1', (now) => {
      seen.push(now.notices);
      return bump(now);
    });
    expect(seen).toEqual([[]]);
  });

  test('what was given is frozen; what its JSON would not say is opened from its text', async () => {
    const { store: raw } = givingBack();
    const store = sealedStore(raw, crypto, rules);
    await store.createCase(document);
    const first = await store.updateCase('case-1', bump);
    expect(await store.readCase('case-1')).toBe(first);
    expect(() => Object.assign(first.state.forms.agent!, { name: '李四' })).toThrow(TypeError);
    await store.updateCase('case-1', (now) => ({ ...bump(now), consumed: ['a', undefined as never] }));
    expect((await store.readCase('case-1'))?.state.forms.agent?.name).toBe('张三');
  });
});

describe('sealing by schema', () => {
  const sealer: Sealer = {
    seal: (plain, path) => crypto.sealText('field', plain, path),
    open: (sealed, path) => crypto.openText('field', sealed, path),
  };

  test('any value of any shape comes back as it was, also one that pretends to be sealed', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('name', 'idNumber', 'people', 'number', '$sealed', 'x'), tie('value')),
      ),
    })).value as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(json, (value) => {
        // The wire knows no undefined and no prototype-less objects.
        const plain = JSON.parse(JSON.stringify(value)) as Json;
        const sealed = sealValue(schema as unknown as JsonObject, plain, 'forms.agent', sealer);
        expect(openValue(JSON.parse(JSON.stringify(sealed)) as Json, 'forms.agent', sealer)).toEqual(plain);
      }),
      runs(100),
    );
  });
});
