import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../server/fault.ts';
import { pictureSize, sniff } from '../../../server/files/sniff.ts';
import { JPEG } from '../../support/server.ts';

const ALL = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'pdf'];
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const pdf = (body: string): Buffer => Buffer.from(`%PDF-1.7\n${body}\ntrailer\n<< /Root 1 0 R >>\n%%EOF`, 'latin1');

function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(header);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  // file-type looks at the chunk that follows.
  return Buffer.concat([header, Buffer.from('0000000049444154', 'hex'), Buffer.alloc(40)]);
}

const codeOf = (bytes: Buffer, extension: string, allowed = ALL): Promise<string> =>
  sniff(bytes, extension, allowed).catch((fault: Fault) => fault.code);

describe('U-06 what a file really is', () => {
  test('pictures and papers pass', async () => {
    expect(await codeOf(JPEG, 'jpg')).toBe('image/jpeg');
    expect(await codeOf(JPEG, 'jpeg')).toBe('image/jpeg');
    expect(await codeOf(GIF, 'gif')).toBe('image/gif');
    expect(await codeOf(png(100, 100), 'png')).toBe('image/png');
    expect(await codeOf(pdf('1 0 obj << /Type /Catalog >> endobj'), 'pdf')).toBe('application/pdf');
  });

  test.each([
    ['a program called .jpg', Buffer.from('MZ\x90\0\x03'), 'jpg', 'file-content'],
    ['a page called .png', Buffer.from('<html><script>alert(1)</script>'), 'png', 'file-content'],
    [
      'a drawing with script called .gif',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      'gif',
      'file-content',
    ],
    ['a picture called .pdf', JPEG, 'pdf', 'file-content'],
    ['a drawing by its own name', Buffer.from('<svg/>'), 'svg', 'file-type'],
    ['a phone format', Buffer.from('x'), 'heic', 'file-type'],
    ['nothing in it', Buffer.alloc(0), 'jpg', 'file-content'],
    ['a head without a body', JPEG.subarray(0, 12), 'jpg', 'file-content'],
  ])('%s is refused', async (_name, bytes, extension, code) => {
    expect(await codeOf(bytes, extension)).toBe(code);
  });

  test('a type that the slot does not take is refused though the server knows it', async () => {
    expect(await codeOf(GIF, 'gif', ['jpg', 'png'])).toBe('file-type');
  });

  test('a small file that unpacks to a huge picture is refused', async () => {
    expect(await codeOf(png(16_000, 16_000), 'png')).toBe('file-pixels');
    expect(await codeOf(png(0, 100), 'png')).toBe('file-content');
  });

  test.each([
    ['script', '1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >> endobj'],
    ['script behind an escaped name', '1 0 obj << /S /J#61vaScript /J#53 (x) >> endobj'],
    ['a program to be launched', '1 0 obj << /S /Launch /F (cmd.exe) >> endobj'],
    ['another file inside', '1 0 obj << /Names << /EmbeddedFiles 2 0 R >> >> endobj'],
  ])('a PDF with %s is refused', async (_name, body) => {
    expect(await codeOf(pdf(body), 'pdf')).toBe('file-active');
  });

  test('also when it is packed away in an object stream', async () => {
    const packed = deflateSync(Buffer.from('<< /S /JavaScript /JS (app.alert(1)) >>')).toString('latin1');
    const body = `5 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream endobj`;
    expect(await codeOf(pdf(body), 'pdf')).toBe('file-active');
  });

  test('a PDF with a password says so', async () => {
    expect(await codeOf(pdf('trailer << /Encrypt 9 0 R >>'), 'pdf')).toBe('file-encrypted');
  });

  test('bytes of a picture that spell a name by chance do not count', async () => {
    const body = '4 0 obj << /Length 20 >>\nstream\n xx /JS /Launch yy \nendstream endobj';
    expect(await codeOf(pdf(body), 'pdf')).toBe('application/pdf');
  });

  test('sizes are read from the headers', () => {
    expect(pictureSize(JPEG, 'image/jpeg')).toEqual({ width: 1, height: 1 });
    expect(pictureSize(GIF, 'image/gif')).toEqual({ width: 1, height: 1 });
    expect(pictureSize(png(3, 4), 'image/png')).toEqual({ width: 3, height: 4 });
  });
});
