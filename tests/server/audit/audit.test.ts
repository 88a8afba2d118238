import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../engine/model/json.ts';
import { createAudit } from '../../../server/audit/audit.ts';
import { AUDIT_KIND, HEAD_KIND, nameOf, parseAnchor, textOfAnchor } from '../../../server/audit/chain.ts';
import { verifyAudit } from '../../../server/audit/verify.ts';
import { createCrypto } from '../../../server/crypto/crypto.ts';
import { parseKeyRing } from '../../../server/crypto/keys.ts';
import { createMemoryStore } from '../../../server/store/memory.ts';
import { sealedStore } from '../../../server/store/sealed.ts';
import type { Store } from '../../../server/store/store.ts';

const crypto = createCrypto(parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`));

function world() {
  const raw = createMemoryStore();
  const store = sealedStore(raw, crypto, async () => ({ forms: {}, records: {} }));
  return { raw, store, crypto, audit: createAudit(store, crypto) };
}
const fact = (n: number) => ({
  at: n,
  person: `p${n}`,
  action: 'unmask',
  caseId: 'c',
  path: 'agent.idNumber',
  reason: '核对',
});

async function chain(length: number) {
  const given = world();
  for (let n = 1; n <= length; n += 1) await given.audit.append(fact(n));
  return given;
}
const namesOf = async (raw: Store): Promise<string[]> => {
  const names: string[] = [];
  for await (const { id } of raw.listDocuments(AUDIT_KIND)) names.push(id);
  return names.sort();
};
const wrongs = async (given: Awaited<ReturnType<typeof chain>>, anchor?: string) =>
  (await verifyAudit(given, anchor === undefined ? null : parseAnchor(anchor))).wrong;

describe('the log of who did what', () => {
  test('is one chain, sealed, that is found whole', async () => {
    const given = await chain(5);
    expect(await verifyAudit(given)).toMatchObject({ entries: 5, end: { seq: 5 }, wrong: [] });
    expect(JSON.stringify(await given.raw.readDocument(AUDIT_KIND, nameOf(3)))).not.toContain('idNumber');
    expect((await given.audit.newest(2)).map(({ seq }) => seq)).toEqual([5, 4]);
  });

  test('two hundred at once from three writers make one chain, and every one is in it', async () => {
    const given = world();
    const writers = [given.audit, createAudit(given.store, crypto), createAudit(given.store, crypto)];
    const anchors = await Promise.all(Array.from({ length: 200 }, (_, n) => writers[n % 3]!.append(fact(n))));
    expect(new Set(anchors.map(({ seq }) => seq)).size).toBe(200);
    expect(await verifyAudit(given)).toMatchObject({ entries: 200, end: { seq: 200 }, wrong: [] });
  });

  test('any changed, removed, moved or repeated entry is found, also by whoever has the keys of the data but one', async () => {
    const rewritten = async (seq: number, change: (entry: JsonObject) => JsonObject) => {
      const given = await chain(8);
      const { data } = (await given.store.readDocument(AUDIT_KIND, nameOf(seq)))!;
      await given.store.writeDocument(AUDIT_KIND, nameOf(seq), change(data as JsonObject));
      return wrongs(given);
    };
    for (let seq = 1; seq <= 8; seq += 1) {
      for (const change of [
        { reason: '另一个理由' },
        { at: 99 },
        { person: 'x' },
        { mac: 'f'.repeat(64) },
        { previous: 'f'.repeat(64) },
        { more: 1 },
      ]) {
        const found = await rewritten(seq, (entry) => ({ ...entry, ...change }));
        expect(
          found.map((one) => one.seq),
          JSON.stringify(change),
        ).toContain(seq);
      }
      const removed = await chain(8);
      await removed.raw.removeDocument(AUDIT_KIND, nameOf(seq));
      expect(await wrongs(removed)).toEqual([{ seq, kind: seq === 8 ? 'cut' : 'missing' }]);
    }
    const swapped = await chain(4);
    const [two, three] = [
      await swapped.store.readDocument(AUDIT_KIND, nameOf(2)),
      await swapped.store.readDocument(AUDIT_KIND, nameOf(3)),
    ];
    await swapped.store.writeDocument(AUDIT_KIND, nameOf(2), three!.data);
    await swapped.store.writeDocument(AUDIT_KIND, nameOf(3), two!.data);
    expect((await wrongs(swapped)).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test('bytes that do not open any more are named', async () => {
    const given = await chain(3);
    const other = await given.raw.readDocument(AUDIT_KIND, nameOf(1));
    await given.raw.writeDocument(AUDIT_KIND, nameOf(2), other!.data);
    expect(await wrongs(given)).toEqual([{ seq: 2, kind: 'unreadable' }]);
  });

  test('an end that is cut off is found by the head, and with an old head by an anchor', async () => {
    const given = await chain(4);
    const old = await given.raw.readDocument(HEAD_KIND, 'head');
    await given.audit.append(fact(5));
    const anchor = textOfAnchor(await given.audit.append(fact(6)));
    expect(await wrongs(given, anchor)).toEqual([]);
    for (const seq of [5, 6]) await given.raw.removeDocument(AUDIT_KIND, nameOf(seq));
    expect((await wrongs(given)).map(({ kind }) => kind)).toEqual(['cut', 'cut']);
    // Everything as it was once: only what was kept elsewhere tells.
    await given.raw.writeDocument(HEAD_KIND, 'head', old!.data);
    expect(await wrongs(given)).toEqual([]);
    expect(await wrongs(given, anchor)).toEqual([{ seq: 6, kind: 'anchor' }]);
    // Written on from there it is another chain.
    const other = createAudit(given.store, crypto);
    for (const n of [5, 6, 7]) await other.append({ ...fact(n), reason: '改写' });
    expect(await wrongs(given)).toEqual([]);
    expect(await wrongs(given, anchor)).toEqual([{ seq: 6, kind: 'anchor' }]);
  });

  test('a head that is gone or invented is found', async () => {
    const gone = await chain(3);
    await gone.raw.removeDocument(HEAD_KIND, 'head');
    expect(await wrongs(gone)).toEqual([{ seq: null, kind: 'head' }]);
    const invented = await chain(3);
    const { data } = (await invented.raw.readDocument(HEAD_KIND, 'head'))!;
    await invented.raw.writeDocument(HEAD_KIND, 'head', { ...(data as JsonObject), seq: 2 });
    await invented.raw.removeDocument(AUDIT_KIND, nameOf(3));
    expect(await wrongs(invented)).toContainEqual({ seq: null, kind: 'head' });
  });

  test('a crash between an entry and its head loses nothing and is nothing wrong', async () => {
    const given = await chain(2);
    const old = await given.raw.readDocument(HEAD_KIND, 'head');
    await given.audit.append(fact(3));
    await given.raw.writeDocument(HEAD_KIND, 'head', old!.data);
    expect(await verifyAudit(given)).toMatchObject({ end: { seq: 3 }, wrong: [] });
    expect((await createAudit(given.store, crypto).append(fact(4))).seq).toBe(4);
    expect(await verifyAudit(given)).toMatchObject({ end: { seq: 4 }, wrong: [] });
  });

  test('entries that are older than the chain are held by it', async () => {
    const given = world();
    await given.store.writeDocument(AUDIT_KIND, 'abcdefghjk', { at: 1, person: 'x', action: 'unmask' });
    await given.audit.append(fact(1));
    expect(await verifyAudit(given)).toMatchObject({ entries: 2, wrong: [] });
    await given.store.writeDocument(AUDIT_KIND, 'abcdefghjk', { at: 2, person: 'x', action: 'unmask' });
    expect(await wrongs(given)).toEqual([{ seq: null, kind: 'older' }]);
  });

  test('what has been kept long enough goes from the beginning, and the rest is still one chain', async () => {
    const given = world();
    await given.store.writeDocument(AUDIT_KIND, 'abcdefghjk', { at: 1, person: 'x', action: 'unmask' });
    for (let n = 1; n <= 6; n += 1) await given.audit.append(fact(n));
    expect(await given.audit.prune(4, 100)).toBe(4);
    expect(await namesOf(given.raw)).toEqual([4, 5, 6, 7].map(nameOf));
    expect(await verifyAudit(given)).toMatchObject({ entries: 4, end: { seq: 7 }, wrong: [] });
    expect(await given.audit.prune(4, 100)).toBe(0);
    await given.raw.removeDocument(AUDIT_KIND, nameOf(4));
    expect(await wrongs(given)).toEqual([{ seq: 4, kind: 'missing' }]);
  });

  test('an anchor is written and read', () => {
    const mac = 'a'.repeat(64);
    expect(parseAnchor(`12:${mac}\n`)).toEqual({ seq: 12, mac });
    expect(parseAnchor('12')).toBeNull();
  });
});
