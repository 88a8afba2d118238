import type { Json } from '../model/json.ts';
import type { FileSlot, FormLocale } from './types.ts';

/** `1.4 MB`: units of 1024, as the limits of the slots are. */
export function readableBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  if (kilo < 1000) return `${Math.round(kilo)} KB`;
  return `${(kilo / 1024).toFixed(1).replace(/\.0$/, '')} MB`;
}

/**
 * Why a file does not fit its slot, with the limit and what to do; null when it fits by name and size.
 * What the bytes really are is for the server to see.
 */
export function fileProblem(
  slot: FileSlot,
  file: { readonly name: string; readonly size: number },
  locale: FormLocale = 'zh-CN',
): string | null {
  const zh = locale === 'zh-CN';
  const extension = /\.([A-Za-z0-9]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (slot.types.length > 0 && !slot.types.includes(extension)) {
    const allowed = slot.types.join(zh ? '、' : ', ');
    if (extension === '')
      return zh ? `文件名没有扩展名，请上传 ${allowed} 文件` : `The name has no extension; use ${allowed}`;
    return zh ? `这里不收 ${extension} 文件，请上传 ${allowed}` : `${extension} is not accepted here; use ${allowed}`;
  }
  if (file.size === 0) return zh ? '文件是空的，请重新选择' : 'The file is empty; choose another one';
  if (file.size > slot.maxBytes) {
    const [size, limit] = [readableBytes(file.size), readableBytes(slot.maxBytes)];
    return zh
      ? `文件 ${size}，超过上限 ${limit}，请压缩或重新拍照后再上传`
      : `The file has ${size}, the limit is ${limit}; make it smaller and try again`;
  }
  return null;
}

/** True for `{ id, name, size, type, sha256 }`, the reference that stands in a form for an uploaded file. */
export function isFileReference(
  value: Json | undefined,
): value is { id: string; name: string; size: number; type: string; sha256: string } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return (
    typeof value.id === 'string' &&
    value.id !== '' &&
    typeof value.name === 'string' &&
    typeof value.size === 'number' &&
    typeof value.type === 'string' &&
    typeof value.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(value.sha256)
  );
}
