import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { beginJourney, untilLabel } from './support/journey.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

it('an applicant says that no message came: operations see what was sent to whom, and send it again', async () => {
  const journey = await beginJourney(server.url, world, 'szmg');
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await untilLabel(journey.applicant, journey.id, '待输入随机码');
  await world.advance(2 * 60_000);
  const { page, troubles } = await enterRoom(browser(), server.url, 'desk', 'operations');
  await page.goto(`/desk/${journey.id}`);
  await page.getByText('发出的短信和邮件').click();
  const newest = page.getByRole('listitem').filter({ hasText: '短信 1' }).first();
  const text = await newest.locator('p').last().innerText();
  expect(await newest.locator('p').first().innerText()).toMatch(/^短信 1\d\d\*{4}\d{4} · /);
  const count = async (): Promise<number> => (await world.messages()).filter((one) => one.text === text).length;
  const before = await count();
  await newest.getByRole('button', { name: '再发一次' }).click();
  await page.getByText('已再次发送').waitFor();
  await expect.poll(count).toBe(before + 1);
  expect(await accessProblems(page, axe)).toEqual([]);

  // Pressed again at once it is refused with the reason; nothing more is sent.
  await page.reload();
  await page.getByText('发出的短信和邮件').click();
  await page.getByRole('button', { name: '再发一次' }).first().click();
  await page.getByText('这条通知刚刚发送过').waitFor();
  expect(await count()).toBe(before + 1);
  // The browser itself tells of an answer that is no success.
  expect(troubles.filter((one) => !one.includes('409'))).toEqual([]);
});

it('an address at which there is nothing says so, in every room', async () => {
  for (const [room, account] of [
    ['desk', 'operations'],
    ['studio', 'admin'],
  ] as const) {
    const { page } = await enterRoom(browser(), server.url, room, account);
    await page.goto(`/${room}/one/two/three`);
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor();
    await page.getByRole('link', { name: '回到首页' }).click();
    await page.waitForURL(`**/${room}`);
  }
});
