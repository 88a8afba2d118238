import { type Crypto, createCrypto } from '../../server/crypto/crypto.ts';
import { openDataKeys } from '../../server/crypto/data-keys.ts';
import { loadKeyRing } from '../../server/crypto/keys.ts';
import { newId } from '../../server/ids.ts';
import { openFileStore } from '../../server/store/file/file-store.ts';
import { diskIo, type Io } from '../../server/store/file/io.ts';
import { sealedStore } from '../../server/store/sealed.ts';
import { sensitiveSchemas } from '../../server/store/sensitive-schemas.ts';
import type { CaseDocument } from '../../server/store/store.ts';
import { creditCode } from '../../tests/support/credit-code.ts';
import { company, openStoreHall, type Way } from './hall.ts';

/** Written and not synced: the folder is for measuring starts, and nobody cuts the power. */
const quickIo: Io = { ...diskIo, syncFile: async () => undefined, syncFolder: async () => undefined };

/** The documents of one case after each step of the way. */
async function documentsOf(folder: string, way: Way): Promise<CaseDocument[]> {
  const hall = await openStoreHall(folder, way, quickIo);
  const id = await hall.start(0);
  const found = [(await hall.cases.read(id)).document];
  for (let at = 0; at < way.recorded.length; at += 1) {
    await hall.step(id, 0, at);
    found.push((await hall.cases.read(id)).document);
  }
  await hall.close();
  return found;
}

/** Which of the moments of the way cases stand at, and how much later than it each of them lives. */
export interface Filling {
  /** What the cases are sealed with; by default the keys of the folder. */
  readonly crypto?: Crypto;
  readonly at?: (document: CaseDocument) => boolean;
  /** Milliseconds for case number `n`. */
  readonly later?: (n: number) => number;
}

/** Puts so many cases into a data folder, each somewhere on its way: as many at one step as at any other. */
export async function fillFolder(
  dataDir: string,
  scratch: string,
  way: Way,
  count: number,
  { at = () => true, later = () => 0, crypto: given }: Filling = {},
): Promise<void> {
  const texts = (await documentsOf(scratch, way)).filter(at).map((document) => ({
    text: JSON.stringify(document),
    id: document.state.id,
    number: document.state.number,
  }));
  const raw = await openFileStore({
    folder: dataDir,
    io: quickIo,
    onFatal(message) {
      throw new Error(message);
    },
  });
  const crypto = given ?? createCrypto(await openDataKeys(raw, await loadKeyRing(null, dataDir), null, Date.now()));
  const store = sealedStore(raw, crypto, async () => sensitiveSchemas(way.definition));
  for (let n = 0; n < count; n += 1) {
    const { text, id, number } = texts[n % texts.length]!;
    const shift = later(n);
    const own = text
      .replaceAll(/(?<=":)1\d{12}(?=[,}\]])/g, (time) => String(Number(time) + shift))
      .replaceAll(id, newId())
      .replaceAll(number, `9${String(n).padStart(number.length - 1, '0')}`)
      .replaceAll(company, creditCode(n + 1))
      .replaceAll(creditCode(1), creditCode(n + 1))
      .replaceAll(way.owner, `applicant/${n % 5_000}`)
      // Deadlines of the recorded way are over; here nothing becomes due while it is measured.
      .replaceAll(/"due":1(\d{12})/g, '"due":4$1');
    await store.createCase(JSON.parse(own) as CaseDocument);
  }
  await store.close();
}
