import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const MOST = 40;
/** Of its own for every try. */
const newId = (): string => `grass-${Date.now().toString(36)}`;
/** A proof takes some seconds, more on a busy machine. */
const long = { timeout: 170_000 };

describe('a new project', () => {
  it('is made of another one without a line of YAML, published by somebody else, and takes its first case', async () => {
    const own = newId();
    let count = 0;
    const click = async (where: Locator): Promise<void> => {
      count += 1;
      await where.click(long);
    };
    const type = async (where: Locator, text: string): Promise<void> => {
      count += 1;
      await where.fill(text);
    };

    const { page } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await click(page.getByRole('button', { name: '新建项目' }));
    const making = page.getByRole('dialog');
    expect(await accessProblems(page, axe)).toEqual([]);
    count += 1;
    await making.getByLabel('从哪个项目开始').selectOption({ label: '深圳广电采购管理系统' });
    await type(making.getByLabel('项目名称'), '草原政府采购');
    await type(making.getByLabel('项目编号'), 'Grass Land');
    await type(making.getByLabel('业务单号开头'), '977');
    await click(making.getByRole('button', { name: '建立草稿' }));
    // A mistake is told, and nothing that was typed is lost.
    await making
      .getByText(/小写字母、数字或 -，以字母开头/)
      .last()
      .waitFor();
    expect(await making.getByLabel('项目名称').inputValue()).toBe('草原政府采购');
    await type(making.getByLabel('项目编号'), own);
    await click(making.getByRole('button', { name: '建立草稿' }));
    await page.waitForURL((url) => url.pathname === `/studio/${own}`);

    const setting = (path: string): Locator => page.locator(`[data-setting="${path}"]`);
    await click(setting('legalRepAuth').getByRole('switch'));
    await click(setting('paymentModes').getByLabel('公对公转账'));
    await type(setting('applicationName').getByRole('textbox'), '草原政府采购');
    await type(setting('smsName').getByRole('textbox'), '草原政府采购项目');
    await click(page.locator('summary').filter({ hasText: '证书费' }).first());
    await click(page.locator('summary').filter({ hasText: /^机构证书/ }));
    await type(setting('prices.organization.1').getByRole('textbox'), '199');
    await page.keyboard.press('Tab');
    await click(page.getByRole('button', { name: '保存草稿' }));
    await page.getByText(/\d\d:\d\d 已保存/).waitFor();

    const publisher = (await enterRoom(browser(), server.url, 'studio', 'publisher')).page;
    await click(
      publisher.getByRole('row').filter({ hasText: own }).getByRole('link', { name: '草原政府采购', exact: true }),
    );
    await click(publisher.getByRole('button', { name: '准备发布' }));
    const dialog = publisher.getByRole('dialog');
    await type(dialog.getByLabel('发布说明'), '开办');
    await click(dialog.getByRole('button', { name: '发布', exact: true }));
    await publisher
      .getByText('已发布第 1 版')
      .or(dialog.getByRole('button', { name: '仍然发布' }))
      .waitFor(long);
    const anyway = dialog.getByRole('button', { name: '仍然发布' });
    if (await anyway.isVisible()) await click(anyway);
    await publisher.getByText('已发布第 1 版').waitFor(long);

    const applicant = await logIn(server.url, 'applicant');
    const id = await applicant.start(own);
    expect((await applicant.case(id)).number).toMatch(/^977/);
    await publisher.goto(`/p/${own}`);
    await publisher.getByRole('main').getByText('草原政府采购').first().waitFor();
    console.log(`clicks and typed fields: ${count}`);
    expect(count).toBeLessThanOrEqual(MOST);
  }, 400_000);
});
