import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** Back through the steps of the wizard: by a done step of the bar, by the browser's Back, and out of the case. */
const browser = useBrowser();
const { server } = useServer();

describe('the way back through the steps', () => {
  it('is a done step of the bar, or the browser’s Back, and loses nothing that was typed', () =>
    visit(browser(), server.url, 'hall-back', async (hall) => {
      const { page } = hall;
      await hall.begin('szmg');
      await hall.agree();
      await hall.press('下一步');
      await hall.title('选择证书类型和年限');
      expect(await page.locator('.steps button').count()).toBe(0);
      await hall.choose('1 年');
      await hall.press('下一步');
      await hall.title('填写申请信息');
      await hall.field('organization', 'name').fill('深圳市虚拟云帆一号科技有限公司');

      // Straight away: what is still on its way to the server goes with it.
      await page
        .locator('.steps')
        .getByRole('button', { name: /^选择应用/ })
        .click();
      await hall.title('选择证书类型和年限');
      await hall.press('下一步');
      await hall.title('填写申请信息');
      expect(await hall.field('organization', 'name').inputValue()).toBe('深圳市虚拟云帆一号科技有限公司');

      await page.goBack();
      await hall.title('选择证书类型和年限');
      await hall.press('下一步');
      await hall.title('填写申请信息');
      await hall.press('上一步');
      await hall.title('选择证书类型和年限');
      // The page's own button went back in the history as well: one more Back leaves the case.
      await expect.poll(() => page.evaluate(() => history.state?.caseSteps?.length)).toBe(1);
      await page.goBack();
      await page.waitForURL((url) => !url.pathname.startsWith('/cases/'));
    }));
});
