import { type Box, boxesOf, directionOf, facing } from './boxes.ts';
import type { Models } from './models.ts';
import { type Picture, planes } from './picture.ts';

const mean = [0.485, 0.456, 0.406];
const deviation = [0.229, 0.224, 0.225];
const normal = {
  scale: deviation.map((one) => 1 / 255 / one),
  shift: mean.map((one, i) => -one / (deviation[i] ?? 1)),
};

/**
 * Where text stands, all boxes facing the same way; which of the two ways is not known yet.
 * @param longest side that the detector sees, in pixels: it takes time with its square
 */
export async function detect(
  models: Models,
  picture: Picture,
  longest: number,
): Promise<{ boxes: Box[]; direction: number }> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const width = wholeCells(picture.width * scale);
  const height = wholeCells(picture.height * scale);
  const [across, down] = [picture.width / width, picture.height / height];
  const input = planes(
    picture,
    { width, height, origin: [across / 2 - 0.5, down / 2 - 0.5], across: [across, 0], down: [0, down] },
    normal,
  );
  const { data } = await models.detect(input, [1, 3, height, width]);
  // Cells are so nearly square that a rectangle stays one.
  const even = Math.sqrt(across * down);
  const boxes = boxesOf({ width, height, data }).map((box) => ({
    x: box.x * across,
    y: box.y * down,
    width: box.width * even,
    height: box.height * even,
    angle: box.angle,
  }));
  const direction = directionOf(boxes);
  return { boxes: boxes.map((box) => facing(box, direction)), direction };
}

/** The detector takes multiples of 32. */
function wholeCells(size: number): number {
  return Math.max(32, Math.round(size / 32) * 32);
}
