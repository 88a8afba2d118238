import { type Box, facing } from './boxes.ts';
import type { Character } from './ctc.ts';
import { detect } from './detect.ts';
import { type Look, onItsHead, type Reading, readLine } from './line.ts';
import type { Models } from './models.ts';
import type { Picture } from './picture.ts';

/** A stretch of text as if the picture lay straight: pixels, y downwards, `x` its left end, `y` its middle. */
export interface Line {
  readonly text: string;
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly characters: readonly Character[];
}

/** A line with the place on the picture where it was read, to look there again. */
export interface Seen extends Line {
  readonly box: Box;
  /** In which the text of the whole picture runs. */
  readonly direction: number;
}

/** A picture with more is no card and no form. */
const mostLines = 120;

/** Reads all text of a picture, whichever way it lies. @param longest side on which text is looked for, in pixels */
export async function readPage(models: Models, picture: Picture, longest = 960): Promise<Seen[]> {
  const found = await detect(models, picture, longest);
  const boxes = [...found.boxes].sort((a, b) => b.width - a.width).slice(0, mostLines);
  const turned = await isTurned(models, picture, boxes);
  const direction = found.direction + (turned ? Math.PI : 0);
  const lines: Seen[] = [];
  for (const box of boxes) {
    const facingBox = facing(box, direction);
    const reading = await readLine(models, picture, facingBox);
    if (reading.text.trim() !== '') lines.push(straight(facingBox, reading, direction));
  }
  return lines.sort((a, b) => a.y - b.y || a.x - b.x);
}

/** The longest lines are asked; where they do not agree, the better reading decides. */
async function isTurned(models: Models, picture: Picture, boxes: readonly Box[]): Promise<boolean> {
  const asked = boxes.slice(0, 6);
  if (asked.length === 0) return false;
  let sum = 0;
  for (const box of asked) sum += await onItsHead(models, picture, box);
  const share = sum / asked.length;
  if (share < 0.15 || share > 0.85) return share > 0.5;
  let better = 0;
  for (const box of asked.slice(0, 3)) {
    const upright = await readLine(models, picture, box);
    const turned = await readLine(models, picture, facing(box, box.angle + Math.PI));
    better += turned.score - upright.score;
  }
  return better > 0;
}

/** The same line looked at in another way. */
export async function lookAgain(models: Models, picture: Picture, { box, direction }: Seen, look: Look): Promise<Seen> {
  return straight(box, await readLine(models, picture, box, look), direction);
}

/** The same line and what stands behind it, so many heights further. */
export async function readOn(models: Models, picture: Picture, { box, direction }: Seen, times: number): Promise<Seen> {
  const more = times * box.height;
  const longer = {
    ...box,
    x: box.x + (more / 2) * Math.cos(box.angle),
    y: box.y + (more / 2) * Math.sin(box.angle),
    width: box.width + more,
  };
  return straight(longer, await readLine(models, picture, longer), direction);
}

function straight(box: Box, reading: Reading, direction: number): Seen {
  const [cos, sin] = [Math.cos(-direction), Math.sin(-direction)];
  const x = box.x * cos - box.y * sin;
  const y = box.x * sin + box.y * cos;
  const { width, height } = box;
  return { ...reading, x: x - width / 2, y, width, height, box, direction };
}
