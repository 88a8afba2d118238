import { MOVE_KIND, MovedAway } from '../store/moving.ts';
import type { Store } from '../store/store.ts';
import { isEmpty, notePlace, type OpenedBucket, placeOfFiles } from './place.ts';
import { type Piece, type SealedFiles, sha256Of } from './sealed-files.ts';

export interface MovedFiles {
  readonly files: number;
  readonly bytes: number;
  /** What was there already, of an earlier try. */
  readonly kept: number;
}

type Documents = Pick<Store, 'readDocument' | 'writeDocument' | 'removeDocument'>;

/** Notes with which bucket a move was begun and not ended: what is in it is of these cases, whatever is noted else. */
const UNDER_WAY = 'files';

/**
 * Puts uploaded files into a bucket, or back beside the cases, while no server runs. Every piece is read back and compared;
 * then the place is noted, then the old side is emptied. Ended at any moment and called again, it does the rest. Nothing is
 * opened. @throws MovedAway when the bucket is another hall's, or they are there
 */
export async function moveFiles(
  { store, files: own }: { readonly store: Documents; readonly files: SealedFiles },
  bucket: OpenedBucket,
  to: 's3' | 'store',
  tell: (line: string) => void,
): Promise<MovedFiles> {
  const [source, target] = to === 's3' ? [own, bucket.files] : [bucket.files, own];
  const noted = await placeOfFiles(store);
  if (noted !== null && noted.id !== bucket.id)
    throw new MovedAway(`文件在 ${noted.title}，而 S3_ 开头的设置指向 ${bucket.files.title}。请改回原来的存储桶和前缀`);
  const begun = (await store.readDocument(MOVE_KIND, UNDER_WAY))?.data as { place: string } | undefined;
  const isBegun = begun?.place === bucket.id;
  const isThere = to === 's3' ? noted !== null : noted === null;
  let moved: MovedFiles = { files: 0, bytes: 0, kept: 0 };
  if (isThere && !isBegun) throw new MovedAway(`上传的文件已经在 ${target.title}`);
  if (!isThere) {
    if (to === 's3' && !isBegun && !(await isEmpty(target)))
      throw new MovedAway(
        `${target.title} 里已有别的文件，不会覆盖。请换一个空的存储桶，或用 S3_PREFIX 指定另一个前缀`,
      );
    await store.writeDocument(MOVE_KIND, UNDER_WAY, { place: bucket.id });
    moved = await copy(source, target, tell);
    await notePlace(store, to === 's3' ? { id: bucket.id, title: target.title } : null);
  }
  // Never copied again: a server may have erased some on the new side since it was noted.
  for await (const piece of source.all()) await source.remove(piece);
  await store.removeDocument(MOVE_KIND, UNDER_WAY);
  return moved;
}

async function copy(source: SealedFiles, target: SealedFiles, tell: (line: string) => void): Promise<MovedFiles> {
  let [files, bytes, kept] = [0, 0, 0];
  const names = new Set<string>();
  for await (const piece of source.all()) {
    names.add(placeOf(piece));
    const given = await source.get(piece);
    if (given === null) continue;
    const there = await target.get(piece).catch(() => null);
    if (there?.equals(given)) kept += 1;
    else {
      await target.put(piece, given);
      const back = await target.get(piece);
      if (back === null || sha256Of(back) !== sha256Of(given))
        throw new MovedAway(`${target.title} 里的 ${placeOf(piece)} 读回来与原来不同，没有启用它`);
    }
    files += 1;
    bytes += given.length;
    if (files % 1_000 === 0) tell(`已复制 ${files} 个文件`);
  }
  // Erased on the old side since an earlier try.
  for await (const piece of target.all()) if (!names.has(placeOf(piece))) await target.remove(piece);
  return { files, bytes, kept };
}

const placeOf = ({ caseId, name }: Piece): string => `${caseId}/${name}`;
