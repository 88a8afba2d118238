import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../engine/forms/formats/index.ts';
import { readFields } from '../../../../server/connectors/ocr/reader/fields.ts';
import type { Models } from '../../../../server/connectors/ocr/reader/models.ts';

/** Second and third looks, with models that say what the test wants: what they see depends on how wide the line is drawn. */
const number = formatOf('idNumber')!.example(5);
const label = '公民身份号码';
const characters = [...new Set(`${label}${number}0123456789X民族汉汗`)];
const picture = { width: 960, height: 320, data: new Uint8Array(960 * 320 * 3).fill(255) };

interface Said {
  readonly text: string;
  readonly score?: number;
}

/** One line of text, found at the same place however closely it is looked at. @param say what is read when the line is so many pixels wide */
function models(say: (width: number, first: number) => Said): Models {
  let first = 0;
  return {
    characters,
    turned: () => Promise.resolve({ data: new Float32Array([1, 0]), dims: [1, 2] }),
    detect(_input, dims) {
      const [height = 0, width = 0] = dims.slice(2);
      const data = new Float32Array(width * height);
      for (let y = 100; y < 120; y++) data.fill(1, y * width + 100, y * width + 700);
      return Promise.resolve({ data, dims: [1, 1, height, width] });
    },
    recognise(_input, dims) {
      const width = dims[3] ?? 0;
      first ||= width;
      const { text, score = 0.99 } = say(width, first);
      const steps = Math.floor(width / 4);
      const classes = characters.length + 1;
      const data = new Float32Array(steps * classes);
      for (let step = 0; step < steps; step++) data[step * classes] = 1;
      for (const [at, sign] of [...text].entries()) {
        const step = Math.floor(((at + 0.5) / [...text].length) * steps);
        data[step * classes] = 1 - score;
        data[step * classes + 1 + characters.indexOf(sign)] = score;
      }
      return Promise.resolve({ data, dims: [1, steps, classes] });
    },
  };
}
const lost = number.slice(0, 8) + number.slice(10);
const isWider = (width: number, first: number, by: number) => Math.abs(width / first - by) < 0.02;

describe('a number that the first look does not make out', () => {
  it('is read by other looks, and confirmed when two of them agree', async () => {
    const wider = models((width, first) => ({ text: label + (width > 1.2 * first ? number : lost) }));
    expect((await readFields(wider, picture, 'idCardFront')).number).toMatchObject({ value: number, checked: true });
  });

  it('is only proposed when a single look says it, though its check digit fits', async () => {
    const once = models((width, first) => ({ text: label + (isWider(width, first, 1.3) ? number : lost) }));
    const read = (await readFields(once, picture, 'idCardFront')).number;
    expect(read).toMatchObject({ value: number, checked: false });
    expect(read!.score).toBeLessThan(0.9);
  });

  it('is not looked at again when it is confirmed at once', async () => {
    const widths = new Set<number>();
    const clear = models((width) => {
      widths.add(width);
      return { text: label + number };
    });
    expect((await readFields(clear, picture, 'idCardFront')).number).toMatchObject({ value: number, checked: true });
    expect(widths.size).toBe(1);
  });
});

describe('print that is doubtful or was not found', () => {
  it('is looked at smaller, and the better reading stays', async () => {
    const smeared = models((width, first) =>
      isWider(width, first, 0.9) ? { text: '民族汉' } : { text: '民族汗', score: 0.6 },
    );
    expect((await readFields(smeared, picture, 'idCardFront')).nation).toMatchObject({ value: '汉', score: 0.99 });
    const worse = models((width, first) => ({ text: '民族汉', score: isWider(width, first, 0.9) ? 0.5 : 0.7 }));
    expect((await readFields(worse, picture, 'idCardFront')).nation?.score).toBeCloseTo(0.7);
  });

  it('beside a label with nothing behind it is looked for there', async () => {
    const alone = models((width, first) => ({ text: width > 1.05 * first ? '民族汉' : '民族' }));
    expect((await readFields(alone, picture, 'idCardFront')).nation?.value).toBe('汉');
  });
});
