import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** What somebody may send to a slot for files, and what has to become of it. No file here does harm. */
export interface Upload {
  readonly title: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** Code of the refusal; null = it is taken, and nothing of `gone` is in what is kept. */
  readonly refused: string | null;
  readonly gone?: readonly (string | Buffer)[];
}

// Written apart, so that no virus scanner takes this file away.
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const HTML = '<html><script>alert(document.domain)</script></html>';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

export const pdf = (body: string): Buffer =>
  Buffer.from(`%PDF-1.7\n${body}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`, 'latin1');
const plain = '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj';
const packed = (text: string, filter: string, bytes = deflateSync(Buffer.from(text))): string =>
  `5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter ${filter} /Length ${bytes.length} >>\nstream\n${bytes.toString('latin1')}\nendstream endobj`;
const script = '<< /S /JavaScript /JS (app.alert(1)) >>';

const picture = () => sharp({ create: { width: 64, height: 48, channels: 3, background: { r: 200, g: 40, b: 40 } } });

/** A BMP of four pixels, with what is put behind it. */
export function bmp(behind = ''): Buffer {
  const bytes = Buffer.alloc(54 + 16);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(2, 18);
  bytes.writeInt32LE(2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(16, 34);
  bytes.fill(0x7f, 54);
  return Buffer.concat([bytes, Buffer.from(behind)]);
}

/** A PNG that says to be of this size; its pixels are packed zeros. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export async function corpus(): Promise<readonly Upload[]> {
  const jpeg = await picture().jpeg().toBuffer();
  const png = await picture().png().toBuffer();
  const gif = await picture().gif().toBuffer();
  const located = await picture()
    .withExif({
      IFD0: { Artist: '金丝雀', Make: 'CANARY-PHONE' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 32/1 0/1' },
    })
    .jpeg()
    .toBuffer();
  const comment = Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xfe, 0, HTML.length + 2]),
    Buffer.from(HTML),
    jpeg.subarray(2),
  ]);
  const zip = Buffer.from(`PK\x03\x04${'x'.repeat(30)}evil.exe PK\x05\x06${'\0'.repeat(18)}`, 'latin1');
  return [
    { title: 'a picture', name: 'a.jpg', bytes: jpeg, refused: null },
    {
      title: 'a picture with place, device and author',
      name: 'a.jpg',
      bytes: located,
      refused: null,
      gone: ['CANARY-PHONE', 'Exif', '金丝雀'],
    },
    { title: 'a picture with a page in its comment', name: 'a.jpg', bytes: comment, refused: null, gone: ['<script>'] },
    {
      title: 'a picture and an archive in one file',
      name: 'a.jpg',
      bytes: Buffer.concat([jpeg, zip]),
      refused: null,
      gone: ['evil.exe', 'PK\x03\x04'],
    },
    {
      title: 'a picture and a page in one file',
      name: 'a.gif',
      bytes: Buffer.concat([gif, Buffer.from(HTML)]),
      refused: null,
      gone: ['<script>'],
    },
    {
      title: 'a picture with the test virus behind it',
      name: 'a.png',
      bytes: Buffer.concat([png, Buffer.from(EICAR)]),
      refused: 'file-harmful',
    },
    { title: 'a drawing with script', name: 'a.svg', bytes: Buffer.from(SVG), refused: 'file-type' },
    { title: 'a drawing with script, renamed', name: 'a.png', bytes: Buffer.from(SVG), refused: 'file-content' },
    { title: 'a page, renamed', name: 'a.jpg', bytes: Buffer.from(HTML), refused: 'file-content' },
    {
      title: 'a program, renamed',
      name: 'a.jpg',
      bytes: Buffer.from('MZ\x90\0\x03', 'latin1'),
      refused: 'file-content',
    },
    { title: 'a picture under the name of another kind', name: 'a.png', bytes: jpeg, refused: 'file-content' },
    { title: 'a name with two ends', name: 'a.jpg.exe', bytes: jpeg, refused: 'file-type' },
    { title: 'a name with a path', name: '../../../etc/cron.d/a.jpg', bytes: jpeg, refused: null, gone: ['cron'] },
    { title: 'a bomb of 400 million pixels', name: 'a.png', bytes: bomb(20_000, 20_000), refused: 'file-pixels' },
    {
      title: 'a picture that breaks off',
      name: 'a.png',
      bytes: png.subarray(0, png.length - 20),
      refused: 'file-broken',
    },
    { title: 'a head without a picture', name: 'a.png', bytes: bomb(64, 48).subarray(0, 60), refused: 'file-broken' },
    { title: 'the test virus', name: 'a.jpg', bytes: Buffer.from(EICAR), refused: 'file-content' },
    { title: 'nothing', name: 'a.jpg', bytes: Buffer.alloc(0), refused: 'file-size' },
    {
      title: 'much too much',
      name: 'a.jpg',
      bytes: Buffer.concat([jpeg, Buffer.alloc(19 * 1024 * 1024)]),
      refused: 'file-size',
    },
    {
      title: 'more than any slot takes',
      name: 'a.jpg',
      bytes: Buffer.concat([jpeg, Buffer.alloc(21 * 1024 * 1024)]),
      refused: 'request-too-large',
    },
  ];
}

/** For slots that take papers and BMP. */
export function papers(): readonly Upload[] {
  return [
    { title: 'a paper', name: 'a.pdf', bytes: pdf(plain), refused: null },
    {
      title: 'a paper with the test virus in it',
      name: 'a.pdf',
      bytes: pdf(`${plain}\n%${EICAR}`),
      refused: 'file-harmful',
    },
    {
      title: 'a script',
      name: 'a.pdf',
      bytes: pdf(`1 0 obj << /OpenAction ${script} >> endobj`),
      refused: 'file-active',
    },
    {
      title: 'a script behind escaped names',
      name: 'a.pdf',
      bytes: pdf('1 0 obj << /S /J#61vaScript /J#53 (x) >> endobj'),
      refused: 'file-active',
    },
    {
      title: 'a script packed away',
      name: 'a.pdf',
      bytes: pdf(packed(script, '/FlateDecode')),
      refused: 'file-active',
    },
    {
      title: 'a script packed away under an escaped name',
      name: 'a.pdf',
      bytes: pdf(packed(script, '/FlateDecode').replace('ObjStm', 'Obj#53tm')),
      refused: 'file-active',
    },
    {
      title: 'something packed twice',
      name: 'a.pdf',
      bytes: pdf(packed('', '[/ASCIIHexDecode /FlateDecode]', Buffer.from('789c'))),
      refused: 'file-active',
    },
    {
      title: 'a script after a stream that is none',
      name: 'a.pdf',
      bytes: pdf(`1 0 obj << /X (1 0 obj >>\nstream\n) /OpenAction ${script} /Y (endstream) >> endobj`),
      refused: 'file-active',
    },
    {
      title: 'an object hidden in a stream',
      name: 'a.pdf',
      bytes: pdf(`4 0 obj << /Length 60 >>\nstream\n7 0 obj ${script} endobj\nendstream endobj`),
      refused: 'file-active',
    },
    {
      title: 'a program to be launched',
      name: 'a.pdf',
      bytes: pdf('1 0 obj << /S /Launch /F (cmd.exe) >> endobj'),
      refused: 'file-active',
    },
    {
      title: 'another file inside',
      name: 'a.pdf',
      bytes: pdf('1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj'),
      refused: 'file-active',
    },
    {
      title: 'a form that is sent',
      name: 'a.pdf',
      bytes: pdf('1 0 obj << /S /SubmitForm /F (https://example.com) >> endobj'),
      refused: 'file-active',
    },
    { title: 'a password', name: 'a.pdf', bytes: pdf('trailer << /Encrypt 9 0 R >>'), refused: 'file-encrypted' },
    {
      title: 'a paper and an archive in one file',
      name: 'a.pdf',
      bytes: Buffer.concat([pdf(plain), Buffer.alloc(2000, 'PK')]),
      refused: 'file-broken',
    },
    { title: 'a paper that breaks off', name: 'a.pdf', bytes: pdf(plain).subarray(0, 30), refused: 'file-broken' },
    { title: 'a bitmap with a page behind it', name: 'a.bmp', bytes: bmp(HTML), refused: null, gone: ['<script>'] },
    { title: 'a bitmap without its pixels', name: 'a.bmp', bytes: bmp().subarray(0, 60), refused: 'file-broken' },
  ];
}
