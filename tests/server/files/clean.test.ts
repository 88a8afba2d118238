import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../server/fault.ts';
import { cleanBmp } from '../../../server/files/bmp.ts';
import { clean } from '../../../server/files/clean.ts';
import { sniff } from '../../../server/files/sniff.ts';
import { bmp, corpus, papers } from '../../support/uploads/corpus.ts';

const ALL = ['jpg', 'jpeg', 'png', 'gif', 'bmp', 'pdf'];
const MOST = 20 * 1024 * 1024;
const readable = (kind: string) => !['file-size', 'file-type', 'request-too-large'].includes(kind);

describe('what is kept of an upload', async () => {
  const all = [...(await corpus()), ...papers()].filter(({ refused }) => refused === null || readable(refused));
  test.each(all.map((one) => [one.title, one] as const))('%s', async (_title, { name, bytes, refused, gone }) => {
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const kept = await sniff(bytes, extension, ALL)
      .then((type) => clean(bytes, type, MOST))
      .catch((fault: Fault) => fault.code);
    if (refused !== null) return expect(kept).toBe(refused);
    if (typeof kept === 'string') throw new Error(`refused: ${kept}`);
    for (const part of gone ?? []) expect(kept.includes(part as string)).toBe(false);
    // It is still what it was.
    expect(await sniff(kept, extension, ALL)).toBe(await sniff(bytes, extension, ALL));
  });

  test('a picture is turned as its camera held it, and looks the same', async () => {
    const wide = sharp({ create: { width: 60, height: 20, channels: 3, background: '#c82828' } });
    const turned = await wide.withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const kept = sharp(await clean(turned, 'image/jpeg', MOST));
    const { width, height, orientation, exif } = await kept.metadata();
    expect([width, height, orientation, exif]).toEqual([20, 60, undefined, undefined]);
    const { channels } = await kept.stats();
    expect(channels.map(({ mean }) => Math.round(mean / 10))).toEqual([20, 4, 4]);
  });

  test('it fits into its slot, at the cost of quality', async () => {
    const noise = await sharp({
      create: {
        width: 600,
        height: 600,
        channels: 3,
        background: '#888888',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg({ quality: 60 })
      .toBuffer();
    const best = await clean(noise, 'image/jpeg', MOST);
    const kept = await clean(noise, 'image/jpeg', noise.length + 1000);
    expect(best.length).toBeGreaterThan(noise.length + 1000);
    expect(kept.length).toBeLessThanOrEqual(noise.length + 1000);
  });

  test('a bitmap keeps its pixels', () => {
    const plain = bmp();
    expect(cleanBmp(plain)?.equals(plain)).toBe(true);
    expect(cleanBmp(bmp('behind'))?.equals(plain)).toBe(true);
    for (let at = 0; at < 54; at += 1) {
      const changed = Buffer.from(plain);
      changed[at] = changed[at]! ^ 0xff;
      // Whatever its head says, nothing is read that is not there.
      expect(cleanBmp(changed)?.length ?? 0).toBeLessThanOrEqual(plain.length + 1100);
    }
  });
});

test('the library opens nothing else: no drawing, whatever it is said to be', () => {
  const program = `
    const { clean, openOnlyPictures } = await import('./server/files/clean.ts');
    const { default: sharp } = await import('sharp');
    openOnlyPictures();
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } }).png().toBuffer();
    const told = async (bytes) => clean(bytes, 'image/png', 1e6).then(() => 'open', (error) => error.code);
    console.log(await told(png), await told(drawing));`;
  const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect(out.trim()).toBe('open file-broken');
});
