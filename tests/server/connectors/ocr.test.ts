import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRecognizer } from '../../../server/connectors/ocr/index.ts';
import { sampleKeyword } from '../../../server/connectors/ocr/sample.ts';

const recognizer = createRecognizer({ development: true });
const written = JSON.stringify({
  kind: 'idCardFront',
  fields: { name: '张示例', number: '110101199001010015' },
  unsure: ['name'],
});

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
}

function png(...chunks: Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.alloc(13)),
    ...chunks,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const international = (text: Buffer, packed: number) =>
  chunk('iTXt', Buffer.concat([Buffer.from(`${sampleKeyword}\0`), Buffer.from([packed, 0, 0, 0]), text]));

function jpeg(text: string): Buffer {
  const comment = Buffer.from(`${sampleKeyword}\0${text}`);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(comment.length + 2, 4);
  return Buffer.concat([head, comment, Buffer.from([0xff, 0xd9])]);
}

const expected = {
  name: { value: '张示例', score: expect.any(Number), checked: false },
  number: { value: '110101199001010015', score: expect.any(Number), checked: true },
};

describe("the sandbox's recogniser", () => {
  it.each([
    ['text in a PNG', png(international(Buffer.from(written), 0))],
    ['packed text in a PNG', png(international(deflateSync(Buffer.from(written)), 1))],
    ['a comment in a JPEG', jpeg(written)],
  ])('reads %s', async (_title, image) => {
    const result = await recognizer.recognize({ kind: 'idCardFront', image });
    expect(result.fields).toEqual(expected);
    expect(result.fields.name?.score).toBeLessThan(result.fields.number?.score ?? 0);
  });

  it('reads nothing of a picture of another kind', async () => {
    expect((await recognizer.recognize({ kind: 'businessLicense', image: jpeg(written) })).fields).toEqual({});
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['a PNG without text', png()],
    ['a PNG that ends in the middle', png(international(Buffer.from(written), 0)).subarray(0, 60)],
    [
      'a PNG with a length that lies',
      Buffer.concat([png().subarray(0, 8), Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from('iTXt')]),
    ],
    ['packed text that is not packed', png(international(Buffer.from(written), 1))],
    ['packed text that grows without end', png(international(deflateSync(Buffer.alloc(10_000_000)), 1))],
    ['a text that is not JSON', jpeg('{')],
    ['a text without fields', jpeg('{"kind":"idCardFront"}')],
    ['a JPEG that ends in the middle', jpeg(written).subarray(0, 5)],
  ])('reads nothing of %s, and does not fail', async (_title, image) => {
    expect((await recognizer.recognize({ kind: 'idCardFront', image })).fields).toEqual({});
  });

  it('is not there in production', async () => {
    const real = createRecognizer({ development: false });
    expect((await real.recognize({ kind: 'idCardFront', image: jpeg(written) })).fields).toEqual({});
  });
});
