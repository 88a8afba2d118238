import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { phone, useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** A crowd on a machine that does other things as well. */
const long = 240_000;

const number = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const sums = (page: Page) => page.locator('.reportsums').innerText();

async function ready(page: Page, query: string): Promise<void> {
  await page.goto(`/lab?view=load&${query}`);
  await page.getByRole('button', { name: '开始推演' }).waitFor({ timeout: long });
}

async function played(page: Page, button = '开始推演'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('button', { name: '停止' }).waitFor({ state: 'detached', timeout: long });
  await page.locator('.reportsums').waitFor({ timeout: long });
}

/** Opens everything that is folded. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });

describe('a load what-if in the lab', () => {
  it('plays a crowd through the process: where they wait, what is late, who is missing, how it ended', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await page.getByRole('link', { name: '负荷推演 深圳广电采购管理系统', exact: true }).click();
    await page.getByRole('button', { name: '开始推演' }).waitFor({ timeout: long });
    await page.getByText('还没有推演').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    await number(page, '一共多少人').fill('600');
    await played(page);
    const told = await sums(page);
    expect(told).toMatch(/来了\s*600/);
    for (const heading of ['哪里缺人', '每个环节等多久', '时限', '人手忙不忙', '来和走', '手上有多少', '怎么结束的'])
      await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.getByRole('cell', { name: '待审核', exact: true }).waitFor();
    expect(await page.locator('.loadshort li').allInnerTexts()).toContainEqual(
      expect.stringMatching(/^周.*点 \S+ 缺 \d+ 人$/),
    );
    // Every applicant has ended or is open.
    const [came, done, ended, open] = (await page.locator('.reportsums dd').allInnerTexts()).map(Number);
    expect((done ?? 0) + (ended ?? 0) + (open ?? 0)).toBe(came);

    // A chart is read by keys, and its numbers stand in a table as well.
    const chart = page.getByRole('group', { name: /^审核客服，一周里的钟点/ });
    await chart.focus();
    await page.keyboard.press('Home');
    await page.getByText(/^周一 9 点：在忙的人 \d/).waitFor();
    await page.getByRole('button', { name: '运营', exact: true }).click();
    await page.getByRole('group', { name: /^运营，一周里的钟点/ }).waitFor();

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV：每个环节等多久' }).click(),
    ]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv.split('\r\n')[0]).toContain('环节,由谁,次数');
    expect(csv).toContain('待审核');

    await unfold(page);
    await page.getByText(/生产解释器真的走了 \d+ 步/).waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    // It happens here: nothing is sent anywhere.
    expect(sent).toEqual([]);
    expect(troubles).toEqual([]);
  }, 600_000);

  it('a link repeats the run, with what it is compared with', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await ready(page, 'project=district-archive');
    await number(page, '一共多少人').fill('400');
    await number(page, '档案员 人数').fill('2');
    await played(page);
    const before = await sums(page);
    await page.getByRole('button', { name: '留作对照' }).click();
    await number(page, '档案员 人数').fill('9');
    await page.getByText('下面是改动以前的结果').waitFor();
    await played(page, '再推演一次');
    const after = await sums(page);
    expect(after).not.toBe(before);
    const row = page.getByRole('row', { name: /^档案员，人数/ });
    expect(await row.innerText()).toMatch(/2\s+9\s+\+7/);

    const link = page.url();
    expect(link).toContain('run=1');
    const other = await enterRoom(browser(), server.url, 'lab', 'tester');
    await other.page.goto(link);
    await other.page.getByRole('row', { name: /^档案员，人数/ }).waitFor({ timeout: long });
    await expect.poll(() => sums(other.page), { timeout: long }).toBe(after);
    expect(await other.page.getByRole('row', { name: /^档案员，人数/ }).innerText()).toMatch(/2\s+9\s+\+7/);
    expect(await accessProblems(other.page, axe)).toEqual([]);
    await other.page.getByRole('button', { name: '去掉对照' }).click();
    await other.page.getByRole('row', { name: /^档案员，人数/ }).waitFor({ state: 'detached' });
    expect([...troubles, ...other.troubles]).toEqual([]);
  }, 600_000);

  it('stops at once, while the page goes on to be typed in; nonsense is said at its field, and in an address ignored', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await ready(page, 'project=szmg&assume=nonsense');
    await number(page, '一共多少人').fill('50000');
    await page.getByRole('button', { name: '开始推演' }).click();
    const stop = page.getByRole('button', { name: '停止' });
    await stop.waitFor();
    await number(page, '种子').fill('12');
    expect(await number(page, '种子').inputValue()).toBe('12');
    await stop.click();
    await page.getByText('已停止，没有结果').waitFor();

    await number(page, '一共多少人').fill('many');
    await number(page, '审核客服 几点下班').fill('3');
    await page.getByRole('button', { name: '开始推演' }).click();
    await page.getByText('有 2 处假设要改').waitFor();
    await page.getByText('错误：请填 1 到 50000 之间的整数').waitFor();
    expect(await number(page, '一共多少人').getAttribute('aria-invalid')).toBe('true');
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.getByRole('button', { name: '恢复流程建议的假设' }).click();
    await expect.poll(() => number(page, '一共多少人').inputValue()).toBe('10000');
    expect(troubles).toEqual([]);
  }, 600_000);

  it('plays a draft as well, and compares it with the release', async () => {
    const admin = await logIn(server.url, 'admin');
    const project = await admin.call<StudioProject>('GET', '/api/studio/projects/district-archive');
    const draft = { yaml: project.yaml.replace(/^title: .*$/m, 'title: 档案查询试验'), base: project.base };
    await admin.call('PUT', '/api/studio/projects/district-archive/draft', draft);
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await ready(page, `project=district-archive&assume=${encodeURIComponent('{"cases":300}')}`);
    expect(await number(page, '一共多少人').inputValue()).toBe('300');
    await played(page);
    const release = await sums(page);
    await page.getByRole('button', { name: '留作对照' }).click();
    await page.getByRole('link', { name: '改推演草稿' }).click();
    await page.getByText('正在对照：发布版').waitFor({ timeout: long });
    await played(page);
    await page.getByRole('row', { name: /^办成/ }).waitFor({ timeout: long });
    // Only the title is another one: the same seed comes to the same.
    expect(await sums(page)).toBe(release);
    expect(troubles).toEqual([]);
  }, 600_000);

  it('fits a phone', async () => {
    const { page } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.setViewportSize(phone);
    await ready(page, 'project=district-archive');
    await number(page, '一共多少人').fill('200');
    await played(page);
    await unfold(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await accessProblems(page, axe)).toEqual([]);
  }, 600_000);
});
