/**
 * The text of a CSV file: UTF-8, or GB 18030 as banks and spreadsheets in China write it. `null` when it is neither, or no text at all.
 */
export async function readCsv(file: Blob): Promise<string | null> {
  const bytes = await file.arrayBuffer();
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes('\u0000') ? null : text;
    } catch {
      // The next one.
    }
  }
  return null;
}
