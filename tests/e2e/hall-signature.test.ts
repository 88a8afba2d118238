import { expect, it } from 'vitest';
import { desktop, phone, useBrowser } from './support/browser.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** 签名验证: in the browser alone, for whoever comes, logged in or not. */
const browser = useBrowser();
const { server } = useServer();
const fixture = (name: string) => `tests/fixtures/signatures/${name}`;

it.each([
  { name: 'desktop', viewport: desktop },
  { name: 'phone', viewport: phone },
])('says who signed and whether the file was changed: $name', async ({ viewport }) => {
  await visit(
    browser(),
    server.url,
    'signature',
    async (hall) => {
      const { page } = hall;
      const sent: string[] = [];
      await page.goto('/');
      if (viewport === desktop) await page.getByRole('link', { name: '签名验证' }).click();
      else await page.goto('/signature');
      await hall.title('签名验证');
      const result = page.getByRole('region', { name: '验证结果' });
      await hall.press('验证');
      await page.getByText('请先选择签名文件').waitFor();
      page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));

      await page.locator('#signature').setInputFiles(fixture('attached.p7m'));
      await hall.press('验证');
      await result.getByText('签名有效，内容没有被改过').waitFor();
      await result.getByText('CN=示例科技有限公司').first().waitFor();
      await result.getByText('含原文', { exact: true }).waitFor();

      // Without its file, with it, and with another one.
      await page.locator('#signature').setInputFiles(fixture('ecdsa.p7s'));
      await expect.poll(() => result.count()).toBe(0);
      await hall.press('验证');
      await result.getByText('请选择签名的原文再验证').waitFor();
      await page.locator('#content').setInputFiles(fixture('content.txt'));
      await hall.press('验证');
      await result.getByText('签名有效，内容没有被改过').waitFor();
      const other = { name: 'bid.txt', mimeType: 'text/plain', buffer: Buffer.from('改过的标书') };
      await page.locator('#content').setInputFiles(other);
      await hall.press('验证');
      await result.getByText('内容与签名不一致').waitFor();

      await page.locator('#signature').setInputFiles(fixture('content.txt'));
      await hall.press('验证');
      await page.getByText('这不是能识别的 PKCS#7 签名').waitFor();
      expect(await result.count()).toBe(0);
      expect(sent).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    },
    viewport,
  );
});
