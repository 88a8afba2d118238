import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { BatchReport } from '../../engine/contract/routes.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import { BATCH_PROJECT, handler, lineOf, sharedForms, TITLES } from '../support/batch.ts';
import { phone, useBrowser } from './support/browser.ts';
import { company, type Hall } from './support/hall.ts';
import { logIn } from './support/people.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** 大客户专区: one company applies for many handlers from a CSV file, with a report per row. */
const browser = useBrowser();
const { server } = useServer();

const agent = JSON.parse(readFileSync('forms/agent.form.json', 'utf8')) as FormSchema;
const folder = await mkdtemp(join(tmpdir(), 'certflow-batch-'));

/** 经办人 in the bytes that a spreadsheet in China writes them in; what else stands in the file is ASCII or in `chinese`. */
const gb18030 = new Map(
  Object.entries({
    姓: 'd0d5',
    名: 'c3fb',
    身: 'c9ed',
    份: 'b7dd',
    证: 'd6a4',
    号: 'bac5',
    码: 'c2eb',
    移: 'd2c6',
    动: 'b6af',
    电: 'b5e7',
    话: 'bbb0',
    常: 'b3a3',
    用: 'd3c3',
    联: 'c1aa',
    系: 'cfb5',
    邮: 'd3ca',
    箱: 'cfe4',
    职: 'd6b0',
    务: 'cef1',
    经: 'bead',
    办: 'b0ec',
    甲: 'bcd7',
    乙: 'd2d2',
    丙: 'b1fb',
    事: 'cac2',
    员: 'd4b1',
  }),
);
function inGb18030(text: string): Buffer {
  const bytes = [...text].map((letter) => {
    if (letter.charCodeAt(0) < 0x80) return Buffer.from(letter);
    const code = gb18030.get(letter);
    if (code === undefined) throw new Error(`no code for ${letter}`);
    return Buffer.from(code, 'hex');
  });
  return Buffer.concat(bytes);
}

async function fileOf(name: string, bytes: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** What all rows share, by hand, as a case is filled in. */
async function fillShared(hall: Hall): Promise<void> {
  const of = company();
  const { page } = hall;
  await hall.agree();
  await hall.choose();
  await hall.field('organization', 'name').fill(of.name);
  await hall.field('organization', 'number').fill(of.number);
  await hall.field('organization', 'province').selectOption({ label: '广东省' });
  await page.locator('#f-organization-city option', { hasText: '深圳市' }).waitFor({ state: 'attached' });
  await hall.field('organization', 'city').selectOption({ label: '深圳市' });
  await hall.field('organization', 'address').fill('南山区示例路 18 号虚拟大厦 6 层');
  await hall.field('legalRep', 'name').fill('沈若舟');
  await hall.field('legalRep', 'mobile').fill('139 0000 0033');
  await hall.field('bank', 'branch').fill('gsyh');
  await page
    .getByRole('option', { name: /工商银行/ })
    .first()
    .click();
  await hall.field('bank', 'accountNumber').fill('4000 0212 3456 7890 186');
  await page.getByLabel('不开票').check();
  await page.getByRole('button', { name: '地址与单位地址相同' }).click();
  await hall.field('delivery', 'recipient').fill('沈若舟');
  await hall.field('delivery', 'mobile').fill('139 0000 0033');
}

it('from the menu to the report: template, a file as a spreadsheet writes it, errors by row and column, mended, sent in', async () => {
  const people = [1, 2, 3].map((n) => handler(agent, n));
  await visit(browser(), server.url, 'batch', async (hall) => {
    const { page } = hall;
    await page.goto('/');
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '大客户专区' }).click();
    await hall.logIn();
    await hall.title('大客户专区');
    await page.getByRole('link', { name: /示例交易中心/ }).click();
    await hall.title('填写共用资料');
    // What is missing is said as in every form of the hall.
    await hall.press('下一步');
    await page.getByRole('heading', { name: /处需要修改/ }).waitFor();
    await fillShared(hall);
    await hall.saved();
    // It is still there when the page is opened again.
    await page.reload();
    await hall.title('填写共用资料');
    await expect.poll(() => hall.field('legalRep', 'name').inputValue()).toBe('沈若舟');
    await hall.press('下一步');
    await hall.title('上传表格');

    const [template] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载模板' }).click(),
    ]);
    expect(template.suggestedFilename()).toBe('示例交易中心-模板.csv');
    expect(await readFile(await template.path(), 'utf8')).toBe(`\uFEFF${TITLES}\r\n`);
    await page.getByText(/填其中一个：.*办事员/).waitFor();

    // Neither a picture nor an empty template is a table, and the page says so.
    const choose = page.getByLabel('选择 CSV 文件');
    await choose.setInputFiles('server/sandbox/samples/id-back.jpg');
    await page.getByRole('alert').first().waitFor();
    await choose.setInputFiles(await fileOf('template.csv', `\uFEFF${TITLES}\r\n`));
    await page.getByText(/文件里没有数据/).waitFor();

    const [one, two, three] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    const broken = [TITLES, lineOf({ ...one, name: '经办甲' }), lineOf({ ...two, name: '经办乙', mobile: '138' })];
    const bytes = inGb18030(
      `${broken.join('\r\n')}\r\n"${'经办丙'}",${three.idNumber},${three.mobile},c@example.com,"办事员"\r\n`,
    );
    await choose.setInputFiles(await fileOf('handlers.csv', bytes));
    await page.getByRole('heading', { name: '核对结果' }).waitFor();
    await page.getByText('可以受理 2 行，需要修改 1 行').waitFor();
    const wrong = page.locator('.batch-lines tbody tr').nth(1);
    expect(await wrong.innerText()).toMatch(/3[\s\S]*经办乙[\s\S]*移动电话：.*11 位/);
    await page.getByLabel('只看需要修改的').check();
    expect(await page.locator('.batch-lines tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: '受理 2 行' }).click();
    await hall.title('handlers.csv');
    await page.getByText(/2 行已受理/).waitFor();
    const address = page.url();
    expect(await page.locator('.batch-lines tbody tr').count()).toBe(3);

    // Mended, the same table begins the one that is left.
    await page.getByRole('link', { name: '上传改好的表格' }).click();
    await hall.title('填写共用资料');
    await hall.press('下一步');
    const mended = inGb18030(
      [TITLES, lineOf({ ...one, name: '经办甲' }), lineOf({ ...two, name: '经办乙' })].join('\r\n') +
        `\r\n"经办丙",${three.idNumber},${three.mobile},c@example.com,"办事员"\r\n`,
    );
    await page.getByLabel('选择 CSV 文件').setInputFiles(await fileOf('mended.csv', mended));
    await page.getByText('可以受理 1 行，已有业务单 2 行').waitFor();
    await page.getByRole('button', { name: '受理 1 行' }).click();
    await hall.title('mended.csv');
    await page.getByText(/3 行已受理/).waitFor();

    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载结果' }).click(),
    ]);
    const table = await readFile(await report.path(), 'utf8');
    expect(table.split('\r\n')).toHaveLength(5);
    expect(table).toMatch(/2,经办甲,906 \d{6} \d{6} \d\d,/);
    // A row leads to its case, which is filled in as far as it can be.
    await page.locator('.batch-lines tbody tr').nth(1).getByRole('link').click();
    await hall.title('核对并打印申请表');
    await page.goto('/cases');
    await page.getByText('共 3 件').waitFor();
    // The report stays.
    await page.goto(address);
    await hall.title('handlers.csv');
    await page.getByText(/1 行没有受理/).waitFor();
  });
});

it('on a phone the rows are cards, and nothing is wider than the page', async () => {
  await visit(
    browser(),
    server.url,
    'batch-phone',
    async (hall) => {
      const { page } = hall;
      await page.goto('/login?next=/batch');
      await hall.logIn();
      await hall.title('大客户专区');
      await page.getByRole('link', { name: '查看 handlers.csv 的结果' }).click();
      await hall.title('handlers.csv');
      expect(await page.locator('.batch-cards > li').count()).toBe(3);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    },
    phone,
  );
});

it('a server that is killed in the middle of a file begins every row once', async () => {
  const rows = 120;
  const forms = sharedForms(77_000);
  const csv = [TITLES, ...Array.from({ length: rows }, (_, n) => lineOf(handler(agent, 1_000 + n)))].join('\n');
  const asked = { project: BATCH_PROJECT, forms, csv, name: 'many.csv' };
  const applicant = await logIn(server.url, 'applicant2');
  const { id } = await applicant.call<{ id: string }>('POST', '/api/batches', asked);
  const report = () => applicant.call<BatchReport>('GET', `/api/batches/${id}`);
  const begun = await eventually('some rows', async () => {
    const { begun: count } = await report();
    return count > 5 ? count : null;
  });
  await server.kill();
  expect(begun).toBeLessThan(rows);
  await server.restart();
  await eventually('the rest', async () => ((await report()).begun === rows ? true : null));
  // Whoever does not know whether it went through sends it again.
  expect((await applicant.call<{ id: string }>('POST', '/api/batches', asked)).id).toBe(id);
  const all = await report();
  expect(all).toMatchObject({ total: rows, begun: rows, wrong: 0, waiting: 0 });
  expect(new Set(all.lines.map((line) => line.case?.number)).size).toBe(rows);
  expect((await applicant.cases()).total).toBe(rows);
});
