import type { Json } from '../../engine/model/json.ts';
import { Conflict, type Store } from '../store/store.ts';
import type { S3Files } from './s3/s3-files.ts';
import type { SealedFiles } from './sealed-files.ts';

/** A bucket that files cannot be kept in, or the wrong one, in a sentence that says what to do. */
export class FilesUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FilesUnusable';
  }
}

export interface OpenedBucket {
  readonly files: S3Files;
  /** Says which place it is, whatever its address: written into it by whoever came first. */
  readonly id: string;
}

/** Noted beside the cases, so that nobody starts with another bucket than that of their files. It is copied with them. */
export interface FilesPlace {
  readonly id: string;
  readonly title: string;
}

const KIND = 'filesPlace';
const ID = 'now';

type Documents = Pick<Store, 'readDocument' | 'writeDocument' | 'removeDocument'>;

export async function placeOfFiles(store: Pick<Store, 'readDocument'>): Promise<FilesPlace | null> {
  return ((await store.readDocument(KIND, ID))?.data ?? null) as FilesPlace | null;
}

export async function notePlace(store: Documents, place: FilesPlace | null): Promise<void> {
  if (place === null) await store.removeDocument(KIND, ID);
  else await store.writeDocument(KIND, ID, place as unknown as Json);
}

/**
 * The files of these cases are where the settings say. An empty hall begins with the bucket that it is given.
 * @throws FilesUnusable
 */
export async function requireFiles(
  { store, files: own }: { readonly store: Documents; readonly files: SealedFiles },
  bucket: OpenedBucket | null,
): Promise<void> {
  const noted = await placeOfFiles(store);
  if (bucket === null) {
    if (noted === null) return;
    throw new FilesUnusable(
      `上传的文件在 ${noted.title}。请设置 FILES=s3 和 S3_ 开头的几项，或用 certflow move --files --from s3 --to store 搬回来`,
    );
  }
  const { id, files } = bucket;
  if (noted !== null && noted.id === id) return;
  if (noted !== null) throw new FilesUnusable(elsewhere(noted.title, files.title));
  if (!(await isEmpty(own)))
    throw new FilesUnusable(
      `上传的文件还在 ${own.title}。请先运行 certflow move --files --from store --to s3 搬过去，再用 FILES=s3 启动`,
    );
  if (!(await isEmpty(files)))
    throw new FilesUnusable(`${files.title} 里是另一个营业厅的文件。请换一个空的存储桶，或用 S3_PREFIX 指定另一个前缀`);
  const place: FilesPlace = { id, title: files.title };
  await store.writeDocument(KIND, ID, place as unknown as Json, 0).catch(async (error: unknown) => {
    // Another node came at the same time, with the same bucket or with another one.
    if (!(error instanceof Conflict)) throw error;
    const first = await placeOfFiles(store);
    if (first?.id !== id) throw new FilesUnusable(elsewhere(first?.title ?? '', files.title));
  });
}

const elsewhere = (noted: string, set: string): string =>
  `上传的文件在 ${noted}，而现在设置的是另一个地方 ${set}。请改回原来的存储桶和前缀`;

export async function isEmpty(files: SealedFiles): Promise<boolean> {
  for await (const _ of files.all()) return false;
  return true;
}
