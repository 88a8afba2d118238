import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pdfText } from '../support/pdf-text.ts';
import { useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { logIn, samplePath } from './support/people.ts';
import { useServer } from './support/server.ts';
import { openCase, visit } from './support/visit.ts';

/** 打印申请表 and 上传资料: the PDF with its digest, slots that refuse, a scan that is no longer of this data. */
const browser = useBrowser();
const { server } = useServer();

/** A case at 打印申请表. */
async function atPrint(hall: Hall): Promise<string> {
  const applicant = await logIn(server.url, 'applicant');
  const id = await applicant.start('szmg');
  for (const _ of [1, 2, 3]) await applicant.send(id, 'NEXT');
  await openCase(hall, id);
  await hall.title('核对并打印申请表');
  return id;
}

/** The application form that the page offers, opened like a person does. @returns its text */
async function printed(hall: Hall): Promise<string> {
  const link = hall.page.locator('.documents a').first();
  const address = await link.getAttribute('href');
  const answer = await hall.page.request.get(`${server.url}${address}`);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  const pdf = await answer.body();
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  return pdfText(pdf).join('\n');
}

const versionOf = (text: string): string => /版本码\s*([0-9A-Z-]+)/.exec(text)?.[1] ?? '';

describe('the printed form', () => {
  it('carries the data and their digest; changed data want another print and another scan', async () => {
    await visit(browser(), server.url, 'paper', async (hall) => {
      const { page } = hall;
      await atPrint(hall);
      const organization = await page.locator('.fv-read').filter({ hasText: '机构名称' }).innerText();
      const text = await printed(hall);
      const first = versionOf(text);
      expect(first, 'the digest on the paper').toMatch(/^[0-9A-Z-]{6,}$/);
      const name = /机构名称\s*\n?\s*(\S+)/.exec(organization)?.[1] ?? 'no name on the page';
      expect(text.replace(/\s/g, '')).toContain(name);
      expect(text).toContain('单位公章');
      await hall.press('下一步');
      await hall.title('上传证件资料');
      await hall.upload('documents', 'applicationForm', 'stamped-application-form');
      await hall.upload('documents', 'businessLicence', 'business-licence');
      await hall.upload('documents', 'sealSheet', 'stamped-seal-sheet');
      await page.locator('#form-documents').getByText('已上传', { exact: true }).nth(2).waitFor();

      // Back to the data, a word is changed, and the scan is of a paper that is no longer valid.
      await hall.press('上一步');
      await hall.title('核对并打印申请表');
      await hall.press('上一步');
      await hall.title('填写申请信息');
      await hall.field('organization', 'address').fill('福田区示例大道 6 号虚拟大厦 9 层');
      await hall.press('下一步');
      await hall.title('核对并打印申请表');
      const second = versionOf(await printed(hall));
      expect(second).not.toBe('');
      expect(second).not.toBe(first);
      await hall.press('下一步');
      await hall.title('上传证件资料');
      await hall.press('下一步');
      const summary = page.locator('.fv-summary');
      await summary.waitFor();
      expect(await summary.innerText()).toMatch(/申请表扫描件/);
      expect(await summary.getByRole('link').count()).toBe(1);
      await hall.title('上传证件资料');
      await hall.upload('documents', 'applicationForm', 'stamped-application-form');
      await expect.poll(() => summary.count()).toBe(0);
      await hall.press('下一步');
      await hall.title('用手机扫码，完成经办人认证');
    });
  });
});

describe('a slot', () => {
  it('refuses by extension, by content, by size and what is empty; says the limit; shows what it took', async () => {
    await visit(browser(), server.url, 'slots', async (hall) => {
      const { page } = hall;
      await atPrint(hall);
      await hall.press('下一步');
      await hall.title('上传证件资料');
      const slot = page.locator('[id="documents.applicationForm"], .fv-slot').first();
      const give = (name: string, mimeType: string, buffer: Buffer) =>
        hall.field('documents', 'applicationForm').setInputFiles({ name, mimeType, buffer });
      const refused = (said: RegExp) => page.getByText(said).first().waitFor();

      await give('setup.exe', 'application/octet-stream', Buffer.from('MZ\x90\0'));
      await refused(/不收 exe 文件，请上传 jpg、jpeg、bmp、gif、pdf/);
      await give('照片.pdf', 'application/pdf', Buffer.from('MZ\x90\0 a program that was renamed'));
      await refused(/内容与扩展名 \.pdf 不符/);
      // What was refused for good is not offered to be tried again.
      expect(await page.getByRole('button', { name: '再试一次' }).count()).toBe(0);
      await give('空.pdf', 'application/pdf', Buffer.alloc(0));
      await refused(/空/);
      await give(
        '大.pdf',
        'application/pdf',
        Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3 * 1024 * 1024)]),
      );
      await refused(/2 MB/);
      await page.getByText('未接收').first().waitFor();
      expect(await slot.count()).toBeGreaterThan(0);

      // Nothing of it arrived.
      await hall.press('下一步');
      await page.locator('.fv-summary').waitFor();
      expect(await page.locator('.fv-summary').getByRole('link').count()).toBe(3);

      await hall.field('documents', 'applicationForm').setInputFiles(samplePath('stamped-application-form'));
      await page.locator('#form-documents').getByText('已上传', { exact: true }).first().waitFor();
      await page.getByRole('button', { name: '查看大图' }).first().click();
      const viewer = page.getByRole('dialog');
      await viewer.getByRole('button', { name: '放大' }).click();
      await viewer.getByRole('button', { name: '旋转' }).click();
      const loaded = await viewer.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
      expect(loaded).toBeGreaterThan(0);
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'detached' });
      await page.reload();
      await hall.title('上传证件资料');
      await page.locator('#form-documents').getByText('已上传', { exact: true }).first().waitFor();
      // What is served back is the picture that was sent, made anew from its pixels.
      const thumb = await page.locator('.fv-thumb img').first().getAttribute('src');
      const back = await page.request.get(`${server.url}${thumb}`);
      expect(back.headers()['x-content-type-options']).toBe('nosniff');
      const [kept, sent] = await Promise.all(
        [await back.body(), readFileSync(samplePath('stamped-application-form'))].map((bytes) =>
          sharp(bytes).metadata(),
        ),
      );
      expect([kept?.format, kept?.width, kept?.height]).toEqual([sent?.format, sent?.width, sent?.height]);
    });
  });
});
