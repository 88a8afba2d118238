/** Longest side that a photo keeps: enough to read the smallest print of an A4 page. */
const longest = 2600;
const qualities = [0.86, 0.78, 0.7, 0.6, 0.5];

/** What happened to a file on its way. */
export interface Prepared {
  readonly file: Blob;
  readonly name: string;
  /** Size before, when it was made smaller; else null. */
  readonly before: number | null;
}

/**
 * Makes a photo small enough for its slot; everything else goes as it is. Photos above the limit are drawn again as
 * JPEG, smaller step by step, until they fit.
 * @throws Error when the picture cannot be opened
 */
export async function prepare(
  file: File,
  slot: { readonly types: readonly string[]; readonly maxBytes: number },
): Promise<Prepared> {
  const asIs = { file, name: file.name, before: null };
  const photo = /^image\/(jpeg|png|bmp|webp)$/.test(file.type) || /\.(jpe?g|png|bmp|webp)$/i.test(file.name);
  const jpeg = slot.types.length === 0 || slot.types.includes('jpg') || slot.types.includes('jpeg');
  if (!photo || !jpeg || file.size <= slot.maxBytes) return asIs;
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    let scale = Math.min(1, longest / Math.max(image.width, image.height));
    for (let round = 0; round < 4; round += 1, scale *= 0.75) {
      const canvas = draw(image, scale);
      for (const quality of qualities) {
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
        if (blob && blob.size <= slot.maxBytes) {
          const extension = slot.types.length === 0 || slot.types.includes('jpg') ? 'jpg' : 'jpeg';
          return { file: blob, name: `${file.name.replace(/\.[^.]*$/, '')}.${extension}`, before: file.size };
        }
      }
    }
    return asIs;
  } finally {
    image.close();
  }
}

function draw(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  // JPEG knows no transparency: what shows through becomes paper.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}
