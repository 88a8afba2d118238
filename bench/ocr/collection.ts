/** The first font of a TrueType collection as a font of its own: browsers take no collections. */
export function firstOf(collection: Buffer): Buffer {
  if (collection.toString('latin1', 0, 4) !== 'ttcf') return collection;
  const from = collection.readUInt32BE(12);
  const tables = collection.readUInt16BE(from + 4);
  const head = Buffer.from(collection.subarray(from, from + 12 + tables * 16));
  const parts = [head];
  let at = head.length;
  for (let table = 0; table < tables; table++) {
    const record = 12 + table * 16;
    const [offset, length] = [head.readUInt32BE(record + 8), head.readUInt32BE(record + 12)];
    head.writeUInt32BE(at, record + 8);
    const part = Buffer.alloc(Math.ceil(length / 4) * 4);
    collection.copy(part, 0, offset, offset + length);
    parts.push(part);
    at += part.length;
  }
  return Buffer.concat(parts);
}
