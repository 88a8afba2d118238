import sharp from 'sharp';

/** A decoded picture: RGB, three bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 40 megapixels, as an upload may have; what lies in memory is smaller, see `longest`. */
const mostPixels = 40_000_000;

/** Enough for the smallest print of a form that fills the picture. */
const longest = 2_400;

sharp.cache(false);
sharp.concurrency(1);

/**
 * Upright by its EXIF, on white where it is transparent, made smaller where it is larger than needed.
 * @throws Error when it cannot be decoded
 */
export async function decode(image: Uint8Array): Promise<Picture> {
  const { data, info } = await sharp(image, { limitInputPixels: mostPixels, failOn: 'none' })
    .autoOrient()
    .flatten({ background: '#fff' })
    .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
}

function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const result = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) {
    for (let c = 0; c < 3; c++) result[to + c] = data[from + (channels < 3 ? 0 : c)] ?? 0;
  }
  return result;
}

/** Bilinear; `scale` > 1 averages several points, so that small print does not break up. */
export interface Sampling {
  readonly width: number;
  readonly height: number;
  /** Where the middle of target pixel (x, y) lies in the picture: origin + x * across + y * down. */
  readonly origin: readonly [number, number];
  readonly across: readonly [number, number];
  readonly down: readonly [number, number];
}

/**
 * A stretch of the picture as the models want it: three planes, blue first (they were trained on BGR).
 * @param normal value of a byte v on plane p: v * normal.scale[p] + normal.shift[p]
 */
export function planes(
  picture: Picture,
  sampling: Sampling,
  normal: { readonly scale: readonly number[]; readonly shift: readonly number[] },
): Float32Array {
  const { width, height, origin, across, down } = sampling;
  const size = width * height;
  const result = new Float32Array(3 * size);
  const steps = Math.min(4, Math.max(1, Math.round(Math.hypot(down[0], down[1]))));
  const share = 1 / (steps * steps);
  const sum = new Float32Array(3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let i = 0; i < steps; i++) {
        for (let j = 0; j < steps; j++) {
          const u = x + (i + 0.5) / steps - 0.5;
          const v = y + (j + 0.5) / steps - 0.5;
          add(picture, origin[0] + u * across[0] + v * down[0], origin[1] + u * across[1] + v * down[1], sum);
        }
      }
      const at = y * width + x;
      for (let plane = 0; plane < 3; plane++) {
        result[plane * size + at] =
          (sum[2 - plane] ?? 0) * share * (normal.scale[plane] ?? 1) + (normal.shift[plane] ?? 0);
      }
    }
  }
  return result;
}

/** Adds the colour at a place between pixels; outside, the edge goes on. */
function add({ width, height, data }: Picture, x: number, y: number, sum: Float32Array): void {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const dx = cx - x0;
  const dy = cy - y0;
  const right = x0 + 1 < width ? 3 : 0;
  const below = y0 + 1 < height ? width * 3 : 0;
  const at = (y0 * width + x0) * 3;
  for (let c = 0; c < 3; c++) {
    const top = (data[at + c] ?? 0) * (1 - dx) + (data[at + right + c] ?? 0) * dx;
    const bottom = (data[at + below + c] ?? 0) * (1 - dx) + (data[at + below + right + c] ?? 0) * dx;
    sum[c] = (sum[c] ?? 0) + top * (1 - dy) + bottom * dy;
  }
}
