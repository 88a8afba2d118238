import type { Box } from './boxes.ts';
import type { Models } from './models.ts';
import { type Picture, planes } from './picture.ts';

/** What stands in one box. */
export interface Reading {
  readonly text: string;
  /** 0 to 1, the mean of its characters. */
  readonly score: number;
  readonly characters: readonly Character[];
}

export interface Character {
  readonly sign: string;
  readonly score: number;
  /** Its middle along the box, 0 to 1. */
  readonly at: number;
  /** Digits and capital letters that it might be instead, likeliest first, itself included when it is one. */
  readonly others: readonly { readonly sign: string; readonly score: number }[];
}

/** Height of the recogniser's input. */
const height = 48;
const normal = { scale: [2 / 255, 2 / 255, 2 / 255], shift: [-1, -1, -1] };

/** Reads the text in a box, in the direction of its width. */
export async function readLine(models: Models, picture: Picture, box: Box): Promise<Reading> {
  const width = Math.min(2_400, Math.max(24, Math.round((box.width / Math.max(1, box.height)) * height)));
  const input = planes(picture, within(box, width, height), normal);
  const { data, dims } = await models.recognise(input, [1, 3, height, width]);
  return decode(data, dims[1] ?? 0, dims[2] ?? 0, models.characters);
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

/** The likeliest class of each step; repetitions are one character, class 0 is none. */
function decode(data: Float32Array, steps: number, classes: number, known: readonly string[]): Reading {
  const characters: Character[] = [];
  let before = 0;
  for (let step = 0; step < steps; step++) {
    const start = step * classes;
    let best = 0;
    for (let one = 1; one < classes; one++) if ((data[start + one] ?? 0) > (data[start + best] ?? 0)) best = one;
    if (best !== 0 && best !== before) {
      const score = data[start + best] ?? 0;
      const at = (step + 0.5) / steps;
      characters.push({ sign: known[best - 1] ?? '', score, at, others: othersOf(data, start, known) });
    }
    before = best;
  }
  const sum = characters.reduce((total, { score }) => total + score, 0);
  return {
    text: characters.map(({ sign }) => sign).join(''),
    score: characters.length === 0 ? 0 : sum / characters.length,
    characters,
  };
}

let plain: { readonly known: readonly string[]; readonly classes: readonly number[] } | null = null;

function othersOf(data: Float32Array, start: number, known: readonly string[]): Character['others'] {
  if (plain?.known !== known) {
    const classes = known.flatMap((sign, at) => (/^[0-9A-Z]$/.test(sign) ? [at + 1] : []));
    plain = { known, classes };
  }
  return plain.classes
    .map((one) => ({ sign: known[one - 1] ?? '', score: data[start + one] ?? 0 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 4);
}
