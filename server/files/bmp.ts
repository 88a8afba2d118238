const FILE_HEADER = 14;
const INFO_HEADER = 40;
/** Compression: none, runs of 8 bits, runs of 4 bits, none with masks. */
const [NONE, RLE8, RLE4, MASKED] = [0, 1, 2, 3];

/**
 * Writes a BMP anew with its pixels and nothing else: no gaps, no profile, nothing behind it. The picture library reads no BMP,
 * which the forms take. @returns null when it is broken or of a kind that nobody sends
 */
export function cleanBmp(bytes: Buffer): Buffer | null {
  if (bytes.length < FILE_HEADER + INFO_HEADER) return null;
  const header = bytes.readUInt32LE(FILE_HEADER);
  if (header < INFO_HEADER || header > 124) return null;
  const width = bytes.readInt32LE(FILE_HEADER + 4);
  const height = Math.abs(bytes.readInt32LE(FILE_HEADER + 8));
  const bits = bytes.readUInt16LE(FILE_HEADER + 14);
  const compression = bytes.readUInt32LE(FILE_HEADER + 16);
  if (width <= 0 || height <= 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) return null;
  if (![NONE, RLE8, RLE4, MASKED].includes(compression)) return null;

  const colours = bits > 8 ? 0 : bytes.readUInt32LE(FILE_HEADER + 32) || 2 ** bits;
  if (colours > 256) return null;
  // Masks stand behind the shortest header, and within a longer one at the same place.
  const extra = bytes.subarray(
    FILE_HEADER + INFO_HEADER,
    FILE_HEADER + INFO_HEADER + (compression === MASKED ? 12 : 0),
  );
  const paletteAt = FILE_HEADER + Math.max(header, INFO_HEADER + extra.length);
  const palette = bytes.subarray(paletteAt, paletteAt + colours * 4);
  const from = bytes.readUInt32LE(10);
  const packed = compression === RLE8 || compression === RLE4;
  const size = packed ? bytes.readUInt32LE(FILE_HEADER + 20) : Math.ceil((width * bits) / 32) * 4 * height;
  const pixels = bytes.subarray(from, from + size);
  if (size === 0 || pixels.length !== size || palette.length !== colours * 4) return null;

  const info = Buffer.from(bytes.subarray(FILE_HEADER, FILE_HEADER + INFO_HEADER));
  info.writeUInt32LE(INFO_HEADER, 0);
  info.writeUInt32LE(size, 20);
  const head = Buffer.alloc(FILE_HEADER);
  head.write('BM', 'latin1');
  const start = FILE_HEADER + INFO_HEADER + extra.length + palette.length;
  head.writeUInt32LE(start + size, 2);
  head.writeUInt32LE(start, 10);
  return Buffer.concat([head, info, extra, palette, pixels]);
}
