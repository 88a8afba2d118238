import type { Box } from './boxes.ts';
import { type Character, charactersOf } from './ctc.ts';
import type { Models } from './models.ts';
import { type Picture, planes } from './picture.ts';

/** What stands in one box. */
export interface Reading {
  readonly text: string;
  /** 0 to 1, the mean of its characters. */
  readonly score: number;
  readonly characters: readonly Character[];
}

/** Height of the recogniser's input. */
const height = 48;
const normal = { scale: [2 / 255, 2 / 255, 2 / 255], shift: [-1, -1, -1] };

/** Another way to look at a box: how much wider the print is drawn, and how much more is seen above and below. */
export interface Look {
  readonly wide?: number;
  readonly tall?: number;
}

/** Reads the text in a box, in the direction of its width. */
export async function readLine(models: Models, picture: Picture, box: Box, look: Look = {}): Promise<Reading> {
  const { wide = 1, tall = 1 } = look;
  const width = Math.min(2_400, Math.max(24, Math.round((box.width / Math.max(1, box.height)) * height * wide)));
  const input = planes(picture, within({ ...box, height: box.height * tall }, width, height), normal);
  const { data, dims } = await models.recognise(input, [1, 3, height, width]);
  const characters = charactersOf({ data, steps: dims[1] ?? 0, classes: dims[2] ?? 0 }, models.characters);
  const sum = characters.reduce((total, { score }) => total + score, 0);
  return {
    text: characters.map(({ sign }) => sign).join(''),
    score: characters.length === 0 ? 0 : sum / characters.length,
    characters,
  };
}

/** How likely the text stands on its head, 0 to 1. */
export async function onItsHead(models: Models, picture: Picture, box: Box): Promise<number> {
  const width = Math.min(192, Math.max(24, Math.round((box.width / Math.max(1, box.height)) * height)));
  const seen = planes(picture, within(box, width, height), normal);
  const input = new Float32Array(3 * height * 192);
  for (let row = 0; row < 3 * height; row++) input.set(seen.subarray(row * width, (row + 1) * width), row * 192);
  const { data } = await models.turned(input, [1, 3, height, 192]);
  return data[1] ?? 0;
}

function within(box: Box, width: number, height: number) {
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  const [stepX, stepY] = [box.width / width, box.height / height];
  const across = [cos * stepX, sin * stepX] as const;
  const down = [-sin * stepY, cos * stepY] as const;
  const [u, v] = [(width - 1) / 2, (height - 1) / 2];
  const origin = [box.x - u * across[0] - v * down[0] - 0.5, box.y - u * across[1] - v * down[1] - 0.5] as const;
  return { width, height, origin, across, down };
}
