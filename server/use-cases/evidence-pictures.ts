import { fieldsOf } from '../../engine/forms/index.ts';
import type { Context } from '../context.ts';
import type { PackPicture } from '../evidence/pack.ts';
import type { StoredFile } from '../files/vault.ts';
import { toldOf } from '../told.ts';
import type { OpenedCase } from './open-case.ts';

/** As which file of the case it stands in the pack. */
export function titleOf({ definition }: OpenedCase, { form, field }: StoredFile): string {
  const schema = definition.forms[form];
  const title = schema && fieldsOf(schema).find((one) => one.name === field)?.title;
  return `${schema?.title ?? form} ${title ?? field}`;
}

/** Pages of a PDF that are printed; the file stays the original. */
const MOST_PAGES = 10;

/** What can be printed of the files: pictures as they are, a PDF page by page. */
export async function picturesOf(
  context: Context,
  opened: OpenedCase,
  files: readonly StoredFile[],
): Promise<readonly PackPicture[]> {
  const { printedPicture } = await import('../evidence/picture.ts');
  const found: PackPicture[] = [];
  for (const file of files) {
    if (file.erasedAt !== undefined) continue;
    const title = titleOf(opened, file);
    const hash = `SHA-256 ${file.sha256}`;
    if (file.type === 'application/pdf') found.push(...(await pagesOf(context, file, title, hash)));
    else if (file.type.startsWith('image/')) {
      const image = await printedPicture(await context.vault.read(file));
      found.push({ title, note: image === null ? `这张图片不能印出，原件见系统。${hash}` : hash, image });
    }
  }
  return found;
}

async function pagesOf(
  { vault, recognizer, log }: Context,
  file: StoredFile,
  title: string,
  hash: string,
): Promise<readonly PackPicture[]> {
  try {
    const { pages, of } = await recognizer.pages(await vault.read(file), MOST_PAGES);
    const left = of > pages.length ? `（共 ${of} 页，印出前 ${pages.length} 页，其余见原件）` : '';
    return pages.map((page, at) => ({
      title: of === 1 ? title : `${title}，第 ${at + 1} 页${at === 0 ? left : ''}`,
      note: hash,
      image: Buffer.from(page),
    }));
  } catch (error) {
    // A pack without the picture is better than none: it says so, and the hash stands in it.
    log.warn({ file: file.id, error: toldOf(error) }, 'a PDF could not be drawn for an evidence pack');
    return [{ title, note: `这份 PDF 不能印出，原件见系统。${hash}`, image: null }];
  }
}
