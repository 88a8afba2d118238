import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../server/manual/camera.ts';
import { fitted, type Laid, type Row } from '../../../server/manual/fitting.ts';

const room = 700;

function pictureOf(height: number, breaks: readonly number[] = []): Picture {
  return { jpeg: Buffer.alloc(0), width: 400, height, marks: [], breaks };
}

const text = (height: number, more: Partial<Laid> = {}) => ({ height, wraps: false, ahead: 0, rows: [], ...more });
const figure = (picture: Picture, more: Partial<Laid> = {}, row: Partial<Row> = {}) =>
  text(picture.height + 20, {
    wraps: true,
    rows: [{ pictures: [picture], height: picture.height, least: 0.7, ...row }],
    ...more,
  });

/** One below the other, with 10 points of air. */
function sheet(...parts: readonly Omit<Laid, 'top'>[]): readonly Laid[] {
  let top = 70;
  return parts.map((part) => {
    const laid = { ...part, top };
    top += part.height + 10;
    return laid;
  });
}

describe('pictures and the room that there is for them', () => {
  test('one that has room stays as it is', () => {
    const { scales, cuts } = fitted(sheet(text(300), figure(pictureOf(360))), room);
    expect([scales.size, cuts.size]).toEqual([0, 0]);
  });

  test('one that nearly has room is made as small as the room, with its words and the air before it', () => {
    const picture = pictureOf(400);
    const { scales, cuts } = fitted(sheet(text(300), figure(picture)), room);
    const scale = scales.get(picture) ?? 1;
    expect(cuts.size).toBe(0);
    expect(scale).toBeGreaterThan(0.8);
    expect(300 + 10 + 20 + 400 * scale).toBeLessThanOrEqual(room);
    expect(300 + 10 + 20 + 400 * scale).toBeGreaterThan(room - 10);
  });

  test('one for which there is much less room is cut at the last place that fits, else it begins the next page', () => {
    const cuttable = pictureOf(500, [60, 180, 290, 420]);
    expect([...fitted(sheet(text(350), figure(cuttable)), room).cuts]).toEqual([[cuttable, 290]]);
    const whole = pictureOf(500, [60, 450]);
    const { scales, cuts } = fitted(sheet(text(350), figure(whole), figure(pictureOf(120))), room);
    expect([scales.size, cuts.size]).toEqual([0, 0]);
  });

  test('what belongs together with words is made smaller, and never cut', () => {
    const [one, two] = [pictureOf(200, [100]), pictureOf(200, [100])];
    const row = (picture: Picture): Row => ({ pictures: [picture], height: 200, least: 0.7 });
    const both = text(440, { rows: [row(one), row(two)] });
    const near = fitted(sheet(text(320), both), room);
    expect(near.scales.get(one)).toBe(near.scales.get(two));
    expect(near.scales.get(one)).toBeLessThan(1);
    const far = fitted(sheet(text(450), both), room);
    expect([far.scales.size, far.cuts.size]).toEqual([0, 0]);
  });

  test('what a picture left behind counts for the next ones', () => {
    const first = pictureOf(500, [290]);
    const second = pictureOf(400);
    // 290 stand on the first page, 210 begin the second: 450 are left there.
    expect(fitted(sheet(text(350), figure(first), figure(second)), room).scales.size).toBe(0);
    const third = pictureOf(480);
    const { scales } = fitted(sheet(text(350), figure(first), figure(third)), room);
    expect(scales.get(third)).toBeLessThan(0.95);
  });

  test('a text goes on over the page, a heading takes what follows along', () => {
    const picture = pictureOf(480);
    const { scales } = fitted(sheet(text(900, { wraps: true }), figure(picture)), room);
    expect(scales.get(picture)).toBeLessThan(1);
    const heading = text(40, { ahead: 90 });
    // Too low for the heading: both begin the next page, where the picture has room.
    expect(fitted(sheet(text(600), heading, figure(picture)), room).scales.size).toBe(0);
  });
});
