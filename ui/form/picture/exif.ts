/**
 * How a JPEG's camera was held: 1 upright, 3 on its head, 6 and 8 on a side, the even rest mirrored (EXIF tag 0x0112). 1 when the
 * file does not say.
 */
export function orientationOf(bytes: DataView): number {
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 4 <= bytes.byteLength; ) {
    const marker = bytes.getUint16(at);
    // Behind the start of the scan there are only pixels.
    if (marker === 0xffda || marker >> 8 !== 0xff) return 1;
    const length = bytes.getUint16(at + 2);
    if (marker === 0xffe1) {
      const found = inExif(bytes, at + 4, at + 2 + length);
      if (found !== null) return found;
    }
    at += 2 + length;
  }
  return 1;
}

function inExif(bytes: DataView, from: number, end: number): number | null {
  const last = Math.min(end, bytes.byteLength);
  // `Exif\0\0`, then a TIFF header.
  if (from + 14 > last || bytes.getUint32(from) !== 0x45786966) return null;
  const tiff = from + 6;
  const little = bytes.getUint16(tiff) === 0x4949;
  const directory = tiff + bytes.getUint32(tiff + 4, little);
  if (directory + 2 > last) return null;
  const entries = bytes.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > last) return null;
    if (bytes.getUint16(at, little) !== 0x0112) continue;
    const value = bytes.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
