import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

describe('the lab', () => {
  it('plays a case in the browser: failures by choice, a virtual clock, no effects anywhere', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`);
    });
    await page.getByRole('button', { name: '开始试走 内蒙古政府采购' }).click();
    await page.getByText('合成数据，不会发短信、不会动钱').waitFor();
    const run = (event: string) => page.locator(`[data-event="${event}"]`).first().click();
    const here = (label: string) => page.getByRole('heading', { level: 1, name: label }).waitFor();
    await here('待同意协议');
    expect(await accessProblems(page, axe)).toEqual([]);

    // Undo, and what cannot be done with its reason.
    await run('NEXT');
    await here('草稿');
    await page.getByRole('button', { name: '退一步' }).click();
    await here('待同意协议');
    await page.getByText('尚未支付').first().waitFor();

    await page.getByRole('button', { name: '带我去…' }).click();
    await page.getByLabel('找状态').fill('organization.code');
    await page.locator('[data-state="main.work.organization.code"]').click();
    await here('待输入随机码');
    await page.locator('[data-node^="main.work.organization.code"].active').waitFor();

    // The bank fails twice more: the legal representative is never offered here, manual service is.
    // Another transfer a day after the last one at the earliest, or a minute after one that failed.
    await page.getByRole('button', { name: '＋1 天' }).click();
    for (const again of ['RESEND', 'EDIT_FINANCE']) {
      await run(again);
      if (again === 'EDIT_FINANCE') await page.getByRole('button', { name: '＋1 小时' }).click();
      await page.locator('[data-outcome="FAILED"]').click();
      await here('金融认证失败');
    }
    expect(await page.locator('[data-event="LEGAL_REP"]').count()).toBe(0);
    await page.locator('[data-event="MANUAL"]').waitFor();
    // It is drawn as removed, and says so in words.
    await page.locator('[data-node="main.work.organization.legalRep"]').getByText('本项目已移除').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    // A dialogue's data can be changed before it is sent; what is wrong is said at its field.
    const clock = page.locator('.labclock');
    const before = await clock.innerText();
    await page.getByRole('button', { name: '＋1 天' }).click();
    expect(await clock.innerText()).not.toBe(before);
    await page.getByRole('button', { name: /^到下个定时/ }).click();
    expect(await page.locator('.labjournal tbody tr').count()).toBeGreaterThan(10);

    await page.getByRole('button', { name: '存为场景' }).click();
    const scenario = page.locator('[data-scenario]');
    expect(await scenario.innerText()).toContain('bank.microDeposit: FAILED');
    await page.getByText('已用执行器重放一遍，结果相同。').waitFor();
    expect(sent).toEqual([]);
    expect(await world.messages()).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it('asks for what is wrong with changed data, and can send it all the same', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.locator('[data-event="NEXT"]').click();
    await page.locator('[data-event="NEXT"]').click();
    await page.getByRole('button', { name: '改数据 下一步' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('#f-organization-number').fill('12');
    await dialog.getByRole('button', { name: '执行', exact: true }).click();
    await dialog.getByRole('link', { name: /机构证件号码/ }).waitFor();
    await dialog.getByRole('button', { name: '不检查，直接执行' }).click();
    await page.getByText('organization.number').waitFor();
    await page.getByRole('heading', { level: 1, name: '草稿' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('opens a scenario file, and says where one is wrong, of another project, or goes otherwise than written', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    const dialog = page.getByRole('dialog');
    const open = async (text: string) => {
      await page.getByRole('button', { name: '打开场景' }).click();
      await dialog.getByRole('textbox').fill(text);
      await dialog.getByRole('button', { name: '重放' }).click();
    };
    const head = (project: string) => `language: 2\nscenario: 试\nproject: ${project}\nsteps:\n`;
    await open(`${head('szmg')}  - du: NEXT\n`);
    await dialog.getByText(/第 5 行第 5 列/).waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('textbox').fill(`${head('inner-mongolia')}  - do: NEXT\n`);
    await dialog.getByRole('button', { name: '重放' }).click();
    await dialog.getByText('这是 inner-mongolia 的场景').waitFor();
    await page.keyboard.press('Escape');

    await open(`${head('szmg')}  - do: NEXT\n  - expect: { at: main.work.review.queue }\n`);
    await page.getByText('场景的第 2 步与写的不同').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    await page.getByRole('button', { name: '打开场景' }).click();
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'found.scenario.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(`${head('szmg')}  - through: main.work.review.queue\n  - expect: { label: 待审核 }\n`),
    });
    await dialog.getByRole('button', { name: '重放' }).click();
    await page.getByRole('heading', { level: 1, name: '待审核' }).waitFor();
    await page.locator('[data-event="CLAIM"]').first().click();
    await page.getByRole('heading', { level: 1, name: '审核中' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('hears what comes from outside', async () => {
    const { page } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.getByRole('button', { name: '带我去…' }).click();
    await page.locator('[data-state="main.work.payment.open.live.waiting"]').click();
    await page.getByRole('heading', { level: 1, name: '待支付' }).waitFor();
    await page.locator('[data-outside="PAY_NOTICE"]').click();
    await page.getByRole('dialog').getByRole('button', { name: '发生' }).click();
    await page.locator('[data-node="money.paid"].active').waitFor();
  });

  it('plays the second process by the same page', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=district-archive');
    await page.locator('[data-event]').first().waitFor();
    expect(await page.locator('.dg-row .dg-node').count()).toBeGreaterThan(1);
    expect(troubles).toEqual([]);
  });
});

describe('what a tester asks for', () => {
  it('is taken to a state with two attempts behind it, step by step, and can stop the search', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.getByRole('button', { name: '带我去…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('计数').selectOption('transfers');
    await dialog.getByLabel('次数').fill('2');
    await dialog.getByLabel('找状态').fill('failed.recent');
    await dialog.locator('[data-state="main.work.organization.failed.recent"]').click();
    await dialog.getByRole('button', { name: '停止' }).click();
    expect(await dialog.getByRole('button', { name: '停止' }).count()).toBe(0);
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.locator('[data-state="main.work.organization.failed.recent"]').click();
    await page.getByRole('heading', { level: 1, name: '金融认证失败' }).waitFor({ timeout: 90_000 });
    const tags = page.locator('.labtags');
    expect(await tags.innerText()).toMatch(/\s2(\s|$)/);
    // It was walked: one step back is the last step of the way, not its beginning.
    await page.getByRole('button', { name: '退一步' }).click();
    await page.getByRole('heading', { level: 1, name: '待输入随机码' }).waitFor();
    expect(await page.locator('.labjournal tbody tr').count()).toBeGreaterThan(8);
    expect(troubles).toEqual([]);
  });

  it('lets a system answer twice, late and falsely, and fills in data at an edge', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.locator('[data-event="NEXT"]').click();
    await page.getByRole('button', { name: '改数据 下一步' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('数据', { exact: true }).selectOption({ label: '证书年限：option 5' });
    expect(await dialog.getByLabel('5 年').isChecked()).toBe(true);
    expect(await accessProblems(page, axe)).toEqual([]);
    await dialog.getByRole('button', { name: '执行', exact: true }).click();

    await page.getByRole('button', { name: '带我去…' }).click();
    await dialog.getByLabel('找状态').fill('organization.code');
    await dialog.locator('[data-state="main.work.organization.code"]').click();
    await page.getByRole('heading', { level: 1, name: '待输入随机码' }).waitFor({ timeout: 90_000 });
    await page.getByRole('button', { name: '＋1 天' }).click();
    await page.locator('[data-event="RESEND"]').first().click();
    await page.getByLabel('伪造的').check();
    await page.locator('[data-outcome="FAILED"]').click();
    await page.getByText(/没有改变业务单，这是对的/).waitFor();
    await page.locator('[data-outcome="OK"]').click();
    await page.getByRole('heading', { level: 1, name: '待输入随机码' }).waitFor();
    await page.getByText(/次已经答过或离开的询问/).click();
    await page.locator('[data-late="FAILED"]').first().click();
    await page.getByRole('button', { name: '存为场景' }).click();
    await page.getByText('已用执行器重放一遍，结果相同。').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('scenarios x projects', () => {
  it('plays a recorded scenario on every project of its process, and says what differs', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.getByRole('button', { name: '打开场景' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .locator('input[type=file]')
      .setInputFiles('workflows/scenarios/certificate-new/legal-representative.scenario.yaml');
    await dialog.getByRole('button', { name: '重放' }).click();
    await page.getByText(/正在演：U-46/).waitFor();
    await page.getByRole('button', { name: '存为场景' }).click();
    await page.getByRole('button', { name: '在所有项目上演' }).click();
    await page.getByRole('button', { name: '开始演' }).click();
    await page.getByText(/^演完 \d+ 次/).waitFor({ timeout: 120_000 });
    expect(await page.locator('.labgrid tbody tr').count()).toBe(1);
    const inner = page.locator('.labgrid tbody td').nth(await columnOf(page, '内蒙古政府采购'));
    await inner.getByRole('button', { name: /第 \d+ 步不同/ }).click();
    await page.getByText('场景没有写明这个项目，不同不一定是错。').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('coverage', () => {
  it('lays what the scenarios show over the diagram, and writes the one that is missing', async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'lab', 'tester');
    await page.goto('/lab?project=szmg');
    await page.getByRole('link', { name: '场景覆盖' }).click();
    await page.getByRole('button', { name: '演一遍，数一数' }).click();
    await page.locator('.labcounts').waitFor({ timeout: 150_000 });
    expect(await page.locator('.labcounts').innerText()).toMatch(/状态\s+\d+ \/ \d+/);
    expect(await accessProblems(page, axe)).toEqual([]);
    const write = page.getByRole('button', { name: /^写出缺的场景/ });
    if ((await write.count()) > 0) {
      await write.first().click();
      await page.locator('[data-scenario], .labgaps .note.warn').first().waitFor({ timeout: 150_000 });
    }
    expect(troubles).toEqual([]);
  });
});

/** Place of a project's column among those of the projects. */
async function columnOf(page: Page, title: string): Promise<number> {
  const titles = await page.locator('.labgrid thead th').allInnerTexts();
  return titles.indexOf(title) - 1;
}
