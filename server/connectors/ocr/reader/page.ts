import { type Box, facing } from './boxes.ts';
import { detect } from './detect.ts';
import { type Character, onItsHead, type Reading, readLine } from './line.ts';
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

/** A picture with more is no card and no form. */
const mostLines = 120;

/** Reads all text of a picture, whichever way it lies. @param longest side on which text is looked for, in pixels */
export async function readPage(models: Models, picture: Picture, longest = 960): Promise<Line[]> {
  const found = await detect(models, picture, longest);
  const boxes = [...found.boxes].sort((a, b) => b.width - a.width).slice(0, mostLines);
  const turned = await isTurned(models, picture, boxes);
  const direction = found.direction + (turned ? Math.PI : 0);
  const lines: Line[] = [];
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

function straight(box: Box, reading: Reading, direction: number): Line {
  const [cos, sin] = [Math.cos(-direction), Math.sin(-direction)];
  const x = box.x * cos - box.y * sin;
  const y = box.x * sin + box.y * cos;
  const { width, height } = box;
  return { ...reading, x: x - width / 2, y, width, height };
}
