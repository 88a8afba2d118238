import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Running } from '../../server/server.ts';
import { remitted, silent } from '../support/remitted.ts';
import { testServer } from '../support/server.ts';
import { useBrowser } from './support/browser.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

let running: Running;
beforeAll(async () => {
  running = await testServer({}, { connectors: silent });
});
afterAll(() => running.close());

describe('remittances', () => {
  it('finance imports a statement twice, and pays the case by the line that names it', async () => {
    const id = await remitted(running, 'weigu');
    const { number } = (await running.context.cases.lists.get(id))!;
    const { page, troubles } = await enterRoom(browser(), running.url, 'desk', 'finance');
    await page.getByRole('link', { name: '资金' }).click();
    await page.getByRole('heading', { name: '银行流水' }).waitFor();
    const file = page.getByLabel('导入流水文件');

    await file.setInputFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from('不,是,流水\n1,2,3') });
    await page
      .getByRole('alert')
      .getByText(/找不到标题行/)
      .waitFor();

    const payer = await payerOf(id);
    await file.setInputFiles({ name: 'statement.csv', mimeType: 'text/csv', buffer: statement(payer, number) });
    await page.getByText('新增 2 笔，已有 0 笔。').waitFor();
    await file.setInputFiles({ name: 'statement.csv', mimeType: 'text/csv', buffer: statement(payer, number) });
    await page.getByText('新增 0 笔，已有 2 笔。').waitFor();
    await page.getByText('没有业务单认领').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);

    await page.getByRole('row').filter({ hasText: 'BANK-1' }).getByRole('link').click();
    await page.getByRole('button', { name: /^确认到账/ }).click();
    const dialog = page.getByRole('dialog');
    const proposals = dialog.getByRole('region', { name: '从银行流水填写' });
    await proposals.getByText('附言有单号').waitFor();
    expect(await accessProblems(page, axe)).toEqual([]);
    await proposals.getByRole('listitem').first().getByRole('button', { name: '填入' }).click();
    await proposals.getByRole('button', { name: '已填入' }).waitFor();
    expect(await dialog.getByLabel(/银行流水号/).inputValue()).toBe('BANK-1');
    expect(await dialog.getByLabel(/到账日期/).inputValue()).toBe('2026-03-02');
    await dialog.getByRole('button', { name: '确认到账' }).click();
    await expect
      .poll(async () => (await running.context.cases.read(id)).document.state.facts.paid, { timeout: 20_000 })
      .toBeDefined();

    await page.goto(`${running.url}/desk/money`);
    await page.getByText('BANK-2').waitFor();
    expect(await page.getByText('BANK-1').count()).toBe(0);
    await page.getByRole('button', { name: '全部' }).click();
    await page.getByRole('row').filter({ hasText: 'BANK-1' }).getByText('已登记').waitFor();
    expect(troubles).toEqual([]);
  });
});

async function payerOf(id: string): Promise<string> {
  const { document } = await running.context.cases.read(id);
  return String(document.state.forms.organization?.name);
}

function statement(payer: string, number: string): Buffer {
  const text = `\ufeff交易日期,流水号,对方户名,对方账号,收入金额,附言
2026-03-02,BANK-1,${payer},4000021009200012345,280.00,${number}
2026-03-03,BANK-2,虚拟海风贸易有限公司,4000021009200098765,"1,000.00",货款
`;
  return Buffer.from(text);
}
