import { StoreCorrupt } from '../../store/store.ts';
import { checked, hashOf, type Piece, pathOf, requirePlain, type SealedFiles } from '../sealed-files.ts';
import { S3Client } from './client.ts';
import type { ObjectStorage } from './settings.ts';

/** Files in a bucket, which also knows addresses under which others can fetch them. */
export interface S3Files extends SealedFiles {
  /**
   * Everything that has to be in a copy of the bucket, by name.
   * @param seconds how long each address gives the sealed bytes to whoever has it; a week at most
   */
  addresses(seconds: number): AsyncIterable<Addressed>;
}

export interface Addressed {
  readonly key: string;
  /** Null where the name does not say. */
  readonly sha256: string | null;
  readonly url: string;
}

/** What says whose files are in the bucket, see open.ts. */
export const MARK = 'certflow.json';

/** Removed side by side. */
const AT_ONCE = 8;
const PAGE = 1_000;
/** A storage that did not answer is asked again so much later, when somebody looks how it does, ms. */
const LOOK_AGAIN = 5_000;

/**
 * Files in a bucket: `<prefix>files/<case>/<name>`. Needs a storage that shows what was written to whoever reads next, as S3
 * and MinIO do.
 */
export function s3Files(storage: ObjectStorage, client = new S3Client(storage)): S3Files {
  const { prefix } = storage;
  const keyOf = (piece: Piece): string => prefix + pathOf(piece);
  let looked = 0;

  async function get(piece: Piece): Promise<Buffer | null> {
    const { status, bytes } = await client.ask({ method: 'GET', key: keyOf(piece) });
    return status === 404 ? null : checked(piece, bytes);
  }
  async function* list(under: string): AsyncIterable<Piece> {
    const begin = `${prefix}files/`;
    for (let last = ''; ; ) {
      const query = { 'list-type': '2', prefix: begin + under, 'max-keys': String(PAGE) };
      const { bytes } = await client.ask({
        ...{ method: 'GET', key: '' },
        // Behind the last name, not by a token: a page that is asked for again is the same page.
        query: { ...query, ...(last !== '' && { 'start-after': last }) },
      });
      const text = bytes.toString('utf8');
      const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
      for (const key of keys) {
        const [caseId = '', name = '', more] = key.slice(begin.length).split('/');
        if (name !== '' && more === undefined) yield { caseId, name };
      }
      last = keys.at(-1) ?? '';
      if (last === '' || !/<IsTruncated>true<\/IsTruncated>/.test(text)) return;
    }
  }
  async function remove(piece: Piece): Promise<void> {
    await client.ask({ method: 'DELETE', key: keyOf(piece) });
  }
  async function of(caseId: string): Promise<readonly string[]> {
    requirePlain(caseId);
    const names: string[] = [];
    for await (const { name } of list(`${caseId}/`)) names.push(name);
    return names;
  }

  return {
    title: `${storage.endpoint}/${storage.bucket}/${prefix}`.replace(/\/$/, ''),
    async put(piece, bytes) {
      await client.ask({ method: 'PUT', key: keyOf(piece), body: bytes });
    },
    // Changed on the way, it is right the second time.
    get: (piece) =>
      get(piece).catch((error: unknown) => {
        if (!(error instanceof StoreCorrupt)) throw error;
        return get(piece);
      }),
    of,
    all: () => list(''),
    remove,
    async clear(caseId) {
      const names = [...(await of(caseId))];
      while (names.length > 0) await Promise.all(names.splice(0, AT_ONCE).map((name) => remove({ caseId, name })));
    },
    async trouble() {
      // It goes away with the first request that is answered; where nobody uploads, looking is one.
      if (client.trouble !== null && Date.now() - looked > LOOK_AGAIN) {
        looked = Date.now();
        const query = { 'list-type': '2', prefix: `${prefix}files/`, 'max-keys': '1' };
        await client.ask({ method: 'GET', key: '', query }, 1).catch(() => undefined);
      }
      return client.trouble;
    },
    async *addresses(seconds) {
      const mark = prefix + MARK;
      yield { key: mark, sha256: null, url: await client.presign(mark, seconds) };
      for await (const piece of list('')) {
        const key = keyOf(piece);
        yield { key, sha256: hashOf(piece.name), url: await client.presign(key, seconds) };
      }
    },
  };
}
