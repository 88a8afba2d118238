/** Pixels as a canvas gives them: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Above it print is hard to read; found by trying, see tests/ui/form/picture.test.ts. */
const mostBlur = 0.55;

/** Print is hard to make out. What has hardly any edges (an empty page) is not judged. */
export function isBlurred(pixels: Pixels): boolean {
  return blurOf(pixels) > mostBlur;
}

/**
 * How little a picture changes when it is smeared once more, 0 (crisp) to 1 (smeared already); the worse of both directions is
 * taken, so that a shaken camera is noticed too (after Crete and others, 2007).
 */
export function blurOf(pixels: Pixels): number {
  const { width, height } = pixels;
  const grey = greyOf(pixels);
  return Math.max(along(grey, width, height, 1), along(grey, width, height, width));
}

function greyOf({ width, height, data }: Pixels): Float32Array {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at++)
    grey[at] = 0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0);
  return grey;
}

/** Half the width of the smear. */
const reach = 4;
/** Differences below it are grain and paper, not print. */
const leastEdge = 6;

function along(grey: Float32Array, width: number, height: number, step: number): number {
  let edges = 0;
  let lost = 0;
  const [alongX, alongY] = step === 1 ? [reach + 1, 0] : [0, reach + 1];
  for (let y = alongY; y < height - alongY; y++) {
    for (let x = alongX; x < width - alongX; x++) {
      const at = y * width + x;
      const sharp = Math.abs((grey[at] ?? 0) - (grey[at - step] ?? 0));
      if (sharp < leastEdge) continue;
      // The means of two neighbouring stretches differ only by their ends.
      const smeared = Math.abs((grey[at + reach * step] ?? 0) - (grey[at - (reach + 1) * step] ?? 0)) / (2 * reach + 1);
      edges += sharp;
      lost += Math.max(0, sharp - smeared);
    }
  }
  return edges < width * height * 0.02 ? 0 : 1 - lost / edges;
}

/** A seal is so large, in shares of the picture's shorter side. */
const seal = { least: 0.05, most: 0.6 };

/** There is something red of the size and the shape of a seal. */
export function hasSeal(pixels: Pixels): boolean {
  const { width, height } = pixels;
  const red = redOf(pixels);
  const side = Math.min(width, height);
  const seen = new Uint8Array(red.length);
  for (let at = 0; at < red.length; at++) {
    if (!red[at] || seen[at]) continue;
    const { left, right, top, bottom, count } = patch(red, width, height, at, seen);
    const [wide, high] = [right - left + 1, bottom - top + 1];
    const share = count / (wide * high);
    const size = Math.max(wide, high) / side;
    const square = wide / high;
    if (size >= seal.least && size <= seal.most && square > 0.55 && square < 1.8 && share > 0.06 && share < 0.85)
      return true;
  }
  return false;
}

function redOf({ width, height, data }: Pixels): Uint8Array {
  const red = new Uint8Array(width * height);
  for (let at = 0; at < red.length; at++) {
    const [r, g, b] = [data[at * 4] ?? 0, data[at * 4 + 1] ?? 0, data[at * 4 + 2] ?? 0];
    // Ink on paper, also in shade or under a white lamp; skin and wood are less red than this.
    red[at] = r > 80 && r - Math.max(g, b) > 0.22 * r + 14 && Math.abs(g - b) < 0.4 * r ? 1 : 0;
  }
  return red;
}

/** What hangs together, small gaps included: a seal is lines and signs, not an area. */
function patch(red: Uint8Array, width: number, height: number, start: number, seen: Uint8Array) {
  const gap = Math.max(2, Math.round(Math.min(width, height) / 100));
  const found = { left: width, right: 0, top: height, bottom: 0, count: 0 };
  const open = [start];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    found.count += 1;
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
    for (let ny = Math.max(0, y - gap); ny <= Math.min(height - 1, y + gap); ny++) {
      for (let nx = Math.max(0, x - gap); nx <= Math.min(width - 1, x + gap); nx++) {
        const next = ny * width + nx;
        if (!red[next] || seen[next]) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  return found;
}
