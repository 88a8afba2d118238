import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createRecognizer } from '../../../../server/connectors/ocr/index.ts';
import { qrPath } from '../../../../server/documents/qr.ts';

vi.setConfig({ testTimeout: 60_000 });
const recognizer = createRecognizer();
afterAll(() => recognizer.stop());

const text = '99926112310424301 7K3M-Q0ZD';

/** An A4 page at 150 dots an inch with the code where the printed documents have it, 15 mm wide. */
async function scan(): Promise<Buffer> {
  const { path, size } = qrPath(text);
  const dot = 150 / 25.4;
  const [width, height] = [Math.round(210 * dot), Math.round(297 * dot)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fbfaf6"/>
    <g transform="translate(${19 * dot} ${269 * dot}) scale(${(15 * dot) / size})"><path d="${path}" fill="#17202e"/></g></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** A PDF that is nothing but a scanned page, as office scanners make them. */
function pdfOf(jpeg: Buffer, width: number, height: number): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>`,
    '<</Length 26>>\nstream\n595 0 0 842 0 0 cm /I Do  \nendstream',
  ].map((body, at) => Buffer.from(`${at + 1} 0 obj\n${body}\nendobj\n`, 'latin1'));
  const head = `5 0 obj\n<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>\nstream\n`;
  const image = Buffer.concat([Buffer.from(head, 'latin1'), jpeg, Buffer.from('\nendstream\nendobj\n', 'latin1')]);
  return Buffer.concat([
    Buffer.from('%PDF-1.4\n'),
    ...objects,
    image,
    Buffer.from('trailer<</Root 1 0 R/Size 6>>\n%%EOF'),
  ]);
}

describe('the code on a scan', () => {
  it('is read where it is tilted, blurred and compressed', async () => {
    const page = await scan();
    const spoilt = await sharp(page).rotate(3, { background: '#fff' }).blur(0.8).jpeg({ quality: 45 }).toBuffer();
    expect(await recognizer.codes({ type: 'image/jpeg', image: spoilt })).toEqual([text]);
    const turned = await sharp(page).rotate(180).modulate({ brightness: 0.7 }).jpeg({ quality: 60 }).toBuffer();
    expect(await recognizer.codes({ type: 'image/jpeg', image: turned })).toEqual([text]);
  });

  it('is read in a PDF of scanned pages', async () => {
    const { data, info } = await sharp(await scan())
      .jpeg({ quality: 60 })
      .toBuffer({ resolveWithObject: true });
    expect(await recognizer.codes({ type: 'application/pdf', image: pdfOf(data, info.width, info.height) })).toEqual([
      text,
    ]);
  });

  it('is none where none is; what is broken is refused', async () => {
    const white = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await recognizer.codes({ type: 'image/png', image: white })).toEqual([]);
    await expect(
      recognizer.codes({ type: 'application/pdf', image: Buffer.from('%PDF-1.4 broken') }),
    ).rejects.toThrow();
  });
});
