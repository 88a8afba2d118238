import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createRecognizer } from '../../../../server/connectors/ocr/index.ts';

/** The engine itself, on the pictures that the sandbox offers; `npm run bench -- ocr` reads hundreds. */
vi.setConfig({ testTimeout: 120_000 });
const recognizer = createRecognizer({ limit: 100_000, patience: 110_000 });
afterAll(() => recognizer.stop());

const samples = JSON.parse(readFileSync('server/sandbox/samples/samples.json', 'utf8')) as {
  file: string;
  kind: string;
  fields: { [name: string]: string };
}[];
const imageOf = (file: string) => readFileSync(`server/sandbox/samples/${file}`);
const read = async (kind: string, image: Buffer) =>
  Object.fromEntries(
    Object.entries((await recognizer.recognize({ kind, image })).fields).map(([name, { value }]) => [name, value]),
  );

describe('what stands on a picture', () => {
  it.each(['business-licence.jpg', 'id-front-agent.jpg', 'id-back.jpg'])('%s', async (file) => {
    const { kind, fields } = samples.find((one) => one.file === file)!;
    const plain = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.replaceAll(' ', '')]));
    expect(await read(kind, imageOf(file))).toMatchObject(plain);
  });

  it('a picture that lies on its head, and that its camera marked as turned besides', async () => {
    const turned = sharp(imageOf('id-front-agent.jpg')).rotate(90).withMetadata({ orientation: 6 });
    const expected = { name: '张示例', number: '990000199206200025' };
    expect(await read('idCardFront', await turned.jpeg().toBuffer())).toMatchObject(expected);
  });

  it('nothing on an empty picture, and a broken one is refused', async () => {
    const empty = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await read('idCardFront', empty)).toEqual({});
    await expect(read('idCardFront', imageOf('id-back.jpg').subarray(0, 40))).rejects.toMatchObject({
      reason: 'unreadable',
    });
  });

  it('a small file that would be an enormous picture is refused, and the next one is read', async () => {
    const bomb = await sharp({ create: { width: 9_000, height: 5_000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(1_000_000);
    await expect(read('idCardFront', bomb)).rejects.toMatchObject({ reason: 'unreadable' });
    expect(await read('idCardBack', imageOf('id-back.jpg'))).toHaveProperty('validFrom');
  });
});
