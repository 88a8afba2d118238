import { expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** Announcements of a project in the hall; when they are over by the server's clock they are gone. */
const browser = useBrowser();
const { server, world } = useServer();
const day = 86_400_000;

it('an announcement stands on the start page and on its project’s, has a page of its own, and goes with its last day', async () => {
  await visit(browser(), server.url, 'announcements', async (hall) => {
    const { page } = hall;
    const link = page.getByRole('link', { name: '元旦假期办理安排' });
    await page.goto('/');
    await link.click();
    await hall.title('元旦假期办理安排');
    await page.getByText('2026-11-20 至 2027-01-04').waitFor();
    await page.locator('main li', { hasText: '假期不计入' }).waitFor();
    const address = page.url();
    await page.getByRole('link', { name: '去这个项目办理' }).click();
    await hall.title('证书新办');
    await link.waitFor();
    await page.goto('/announcements');
    await hall.title('公告');
    await page.getByText('来自“深圳广电采购管理系统”').waitFor();

    await world.advance(Date.parse('2027-01-05T00:00:00+08:00') - (await world.advance(0)) + day / 24);
    await page.goto(address);
    await page.getByText('这条公告已经过期').waitFor();
    await page.goto('/');
    await hall.title(/在线办理/);
    expect(await link.count()).toBe(0);
    expect(await page.getByRole('heading', { name: '公告' }).count()).toBe(0);
  });
});
