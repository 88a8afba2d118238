import { expect, test } from 'vitest';
import { readCsv } from '../../../ui/app/read-csv.ts';

const read = (...bytes: readonly number[]) => readCsv(new Blob([Uint8Array.from(bytes)]));

test('UTF-8, with or without its mark, and GB 18030 as banks write it', async () => {
  expect(await read(0xe4, 0xb8, 0xad, 0x2c, 0x31)).toBe('中,1');
  expect(await read(0xef, 0xbb, 0xbf, 0xe4, 0xb8, 0xad)).toBe('中');
  expect(await read(0xd6, 0xd0, 0xb9, 0xfa, 0x2c, 0x31)).toBe('中国,1');
});

test('what is no text is told apart: a picture, a spreadsheet', async () => {
  expect(await read(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00)).toBeNull();
  expect(await read(0x50, 0x4b, 0x03, 0x04, 0x00, 0x14)).toBeNull();
});
