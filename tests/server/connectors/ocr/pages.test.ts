import sharp from 'sharp';
import { afterAll, expect, it, vi } from 'vitest';
import { createRecognizer } from '../../../../server/connectors/ocr/index.ts';
import { drawPack } from '../../../../server/evidence/draw.ts';

vi.setConfig({ testTimeout: 60_000 });
const recognizer = createRecognizer();
afterAll(() => recognizer.stop());

const section = (title: string) => ({ kind: 'rows' as const, title, rows: [{ label: '名称', text: '示例有限公司' }] });
const page = { title: '图', note: '', image: null };
const pack = {
  ...{ title: '证据', caseNumber: '1', author: '示例', digest: '0'.repeat(64), head: [] },
  ...{ sections: [section('内容')], pictures: [page, page, page] },
};

it('draws the first pages of a PDF, each whole and on white', async () => {
  const { pages, of } = await recognizer.pages(await drawPack(pack), 2);
  expect([pages.length, of]).toEqual([2, 4]);
  for (const one of pages) {
    const { width, height, format } = await sharp(Buffer.from(one)).metadata();
    expect([format, height]).toEqual(['jpeg', 1600]);
    expect((width ?? 0) / 1600).toBeCloseTo(210 / 297, 2);
    const { channels, dominant } = await sharp(Buffer.from(one)).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
    // There is ink on it.
    expect(channels[0]?.min).toBeLessThan(80);
  }
});

it('refuses what is no PDF, and goes on with the next', async () => {
  await expect(recognizer.pages(Buffer.from('%PDF-1.7 and nothing more'), 2)).rejects.toThrow('reader');
  expect((await recognizer.pages(await drawPack({ ...pack, pictures: [] }), 2)).of).toBe(1);
});
