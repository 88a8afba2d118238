import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { nameOf, type Piece, type SealedFiles } from '../../server/files/sealed-files.ts';
import { StoreCorrupt } from '../../server/store/store.ts';

async function all(files: SealedFiles): Promise<string[]> {
  const found: string[] = [];
  for await (const { caseId, name } of files.all()) found.push(`${caseId}/${name}`);
  return found.sort();
}

function piece(caseId: string, id: string, bytes: Buffer): Piece {
  return { caseId, name: nameOf(id, bytes) };
}

/** What every place for uploaded files promises. An implementation joins by calling this. */
export function sealedFilesContract(name: string, open: () => Promise<SealedFiles>): void {
  describe(`sealed files contract: ${name}`, () => {
    let files: SealedFiles;
    const [one, two] = [randomBytes(100_000), randomBytes(37)];
    const [first, second] = [piece('case1', 'aaaa', one), piece('case1', 'bbbb', two)];
    beforeEach(async () => {
      files = await open();
    });

    test('what was put is read back to the byte, an empty one and one of megabytes too', async () => {
      const large = randomBytes(3_000_000);
      for (const [id, bytes] of [
        ['a', one],
        ['b', Buffer.alloc(0)],
        ['c', large],
      ] as const) {
        await files.put(piece('case1', id, bytes), bytes);
        expect((await files.get(piece('case1', id, bytes)))?.equals(bytes)).toBe(true);
      }
    });

    test('what is not there is null, and a case without files has none', async () => {
      expect(await files.get(first)).toBeNull();
      expect(await files.of('case1')).toEqual([]);
      expect(await all(files)).toEqual([]);
      await files.put(second, two);
      expect(await files.get(first)).toBeNull();
      expect(await files.get({ ...second, caseId: 'case2' })).toBeNull();
    });

    test('put again, also by several at the same time, it is there once', async () => {
      await Promise.all([files.put(first, one), files.put(second, two)]);
      await files.put(first, one);
      expect(await files.of('case1')).toHaveLength(2);
      expect((await files.get(first))?.equals(one)).toBe(true);
    });

    test('a case has its own, and all are seen', async () => {
      await files.put(first, one);
      await files.put(second, two);
      await files.put({ ...second, caseId: 'case10' }, two);
      expect([...(await files.of('case1'))].sort()).toEqual([first.name, second.name].sort());
      expect(await all(files)).toEqual([`case1/${first.name}`, `case1/${second.name}`, `case10/${second.name}`].sort());
    });

    test('removed is gone, and what is gone may be removed again', async () => {
      await files.put(first, one);
      await files.put(second, two);
      await files.remove(first);
      await files.remove(first);
      await files.remove({ ...first, caseId: 'nobody' });
      expect(await files.get(first)).toBeNull();
      expect((await files.get(second))?.equals(two)).toBe(true);
    });

    test('a case is cleared, another one is left', async () => {
      for (let n = 0; n < 20; n += 1) await files.put(piece('case1', `f${n}`, two), two);
      await files.put({ ...second, caseId: 'case10' }, two);
      await files.clear('case1');
      await files.clear('case1');
      expect(await files.of('case1')).toEqual([]);
      expect(await all(files)).toEqual([`case10/${second.name}`]);
    });

    test('bytes that are not those of the name are damage, not a file', async () => {
      await files.put(first, Buffer.from('something else'));
      await expect(files.get(first)).rejects.toBeInstanceOf(StoreCorrupt);
    });

    test('a name of an older hall says nothing of its bytes, and is kept as it is', async () => {
      await files.put({ caseId: 'case1', name: 'cccc' }, one);
      expect((await files.get({ caseId: 'case1', name: 'cccc' }))?.equals(one)).toBe(true);
      expect(await files.of('case1')).toEqual(['cccc']);
    });

    test('an id that would be another place is refused', async () => {
      for (const bad of ['..', '../other', 'a/b', '', '.hidden', 'a?b', 'a b', 'a\u0000b']) {
        const inCase: Piece = { ...first, caseId: bad };
        await expect(files.put(inCase, one)).rejects.toThrow('is no name');
        await expect(files.get(inCase)).rejects.toThrow('is no name');
        await expect(files.put({ caseId: 'case1', name: bad }, one)).rejects.toThrow('is no name');
      }
      expect(await all(files)).toEqual([]);
    });

    test('nothing troubles it', async () => {
      expect(await files.trouble()).toBeNull();
    });
  });
}
