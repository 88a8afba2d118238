import { inflateSync } from 'node:zlib';

/**
 * Reads the text of our own PDFs (one font map for each font, two bytes for each character), page by page. Enough for tests; no
 * reader of PDFs at large.
 */
export function pdfText(pdf: Buffer): string[] {
  const objects = new Map<string, { head: string; stream: Buffer | null }>();
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = '', body = ''] = match;
    const [head = ''] = body.split('stream\n', 1);
    const begin = body.indexOf('stream\n');
    const raw = begin < 0 ? null : Buffer.from(body.slice(begin + 7, body.lastIndexOf('\nendstream')), 'latin1');
    const packed = raw !== null && head.includes('FlateDecode') && !head.includes('Length1');
    objects.set(id, { head, stream: packed ? inflateSync(raw) : raw });
  }
  const pages = [...objects.values()].filter(({ head }) => head.includes('/Type /Page\n'));
  return pages.map((page) => {
    const contents = objects.get(reference(page.head, 'Contents'))?.stream?.toString('latin1') ?? '';
    const resources = objects.get(reference(page.head, 'Resources'))?.head ?? '';
    const maps = new Map<string, string[]>();
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = objects.get(reference(objects.get(id)?.head ?? '', 'ToUnicode'))?.stream?.toString('latin1') ?? '';
      maps.set(name, characters(map));
    }
    return shown(contents, maps);
  });
}

function reference(head: string, name: string): string {
  return new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? '';
}

/** The characters of a map whose ranges are written out one by one. */
function characters(map: string): string[] {
  const result: string[] = [];
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    let at = Number.parseInt(from, 16);
    for (const [, code = ''] of list.matchAll(/<([0-9a-f ]+)>/g))
      result[at++] = Buffer.from(code.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
  }
  return result;
}

function shown(contents: string, maps: ReadonlyMap<string, string[]>): string {
  let font: string[] = [];
  let result = '';
  for (const [, name, array] of contents.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = maps.get(name) ?? [];
    else
      for (const [, hex = ''] of (array ?? '').matchAll(/<([0-9a-f]+)>/g))
        for (const code of hex.match(/.{4}/g) ?? []) result += font[Number.parseInt(code, 16)] ?? '\ufffd';
  }
  return result;
}
