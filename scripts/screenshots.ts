/**
 * `npm run screenshots`: takes every screen at 1440 and at 390 px into docs/screenshots. Cases are brought to where they are
 * wanted over HTTP, on a server and a data folder of their own.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { StudioProject } from '../engine/contract/routes.ts';
import type { FormSchema } from '../engine/model/definition.ts';
import { launchBrowser } from '../tests/e2e/support/browser.ts';
import { beginJourney, type Journey, linkOf, offersOf, untilLabel, untilView } from '../tests/e2e/support/journey.ts';
import { logIn } from '../tests/e2e/support/people.ts';
import { outsideWorld } from '../tests/e2e/support/sandbox.ts';
import { startServer } from '../tests/e2e/support/server.ts';
import { BATCH_PROJECT, handler, lineOf, sharedForms, TITLES } from '../tests/support/batch.ts';
import { Camera } from './support/camera.ts';

const folder = process.env.SCREENSHOTS_DIR ?? 'docs/screenshots';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const server = await startServer();
const world = outsideWorld(() => server.url);
const browser = await launchBrowser();
const camera = new Camera(browser, server.url, folder);

const begin = () => beginJourney(server.url, world, 'szmg');
const shootCase = (journey: Journey, name: string, title: string, prepare?: (page: Page) => Promise<unknown>) =>
  camera.both('applicant', `/cases/${journey.id}`, name, title, prepare);
/** The page behind the link that a case shows, on a phone: a link can be opened once. */
async function shootLink(journey: Journey, name: string, title: string): Promise<void> {
  const link = linkOf(await untilView(journey.applicant, journey.id, 'the link', (view) => linkOf(view) !== null));
  const [, handset] = await camera.windowsOf(null);
  if (handset) await camera.shoot(handset, link ?? '', name, title);
}
const next = (page: Page) => page.getByRole('main').getByRole('button', { name: '下一步', exact: true }).click();

async function publicPages(): Promise<void> {
  await camera.both(null, '/', 'hall-home', '首页');
  await camera.both(null, '/login', 'hall-login', '登录');
  await camera.both(null, '/register', 'hall-register', '注册');
  await camera.both(null, '/register', 'hall-register-errors', '注册，有错误', (page) =>
    page.getByRole('main').getByRole('button', { name: '注册并登录' }).click(),
  );
  await camera.both(null, '/p/szmg', 'hall-project', '项目入口');
  await camera.both(null, '/faq', 'hall-faq', '常见问题');
  await camera.both(null, '/signature', 'hall-signature', '签名验证', async (page) => {
    await page.locator('#signature').setInputFiles('tests/fixtures/signatures/attached.p7m');
    await page.locator('main button[type=submit]').click();
    await page.locator('section.panel dl').waitFor();
  });
  await camera.both(null, '/nowhere', 'hall-not-found', '没有这个页面');
  await camera.both(null, '/link/nonsense', 'phone-no-link', '链接不能再用');
  await camera.both('applicant', '/account', 'hall-account', '个人资料');
  await camera.both('applicant', '/account/edit', 'hall-account-edit', '修改个人资料');
  await camera.both('applicant', '/account/password', 'hall-account-password', '修改密码');
  await camera.both('applicant', '/account/data', 'hall-account-data', '我的数据');
}

/** The door of large customers. */
async function tables(): Promise<void> {
  const agent = JSON.parse(readFileSync('forms/agent.form.json', 'utf8')) as FormSchema;
  const forms = sharedForms(1);
  const lines = [1, 2, 3, 4, 5].map((seed) => lineOf(handler(agent, seed)));
  const csv = [TITLES, ...lines, '陈见山,99000019920620002,138,chen.example.com,总经理'].join('\n');
  const applicant = await logIn(server.url, 'applicant2');
  await applicant.call('PATCH', `/api/batches/shared/${BATCH_PROJECT}`, { forms });
  await camera.both('applicant2', `/batch/${BATCH_PROJECT}`, 'hall-batch-shared', '大客户专区：共用资料');
  const table = async (page: Page): Promise<void> => {
    await page.locator('.offers .btn.primary').click();
    await page.locator('.filebutton input').waitFor({ state: 'attached' });
  };
  await camera.both('applicant2', `/batch/${BATCH_PROJECT}`, 'hall-batch-table', '大客户专区：模板', table);
  await camera.both(
    'applicant2',
    `/batch/${BATCH_PROJECT}`,
    'hall-batch-check',
    '大客户专区：核对结果',
    async (page) => {
      await table(page);
      const file = { name: '经办人.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };
      await page.locator('.filebutton input').setInputFiles(file);
      await page.locator('#h-check').waitFor();
    },
  );
  const asked = { project: BATCH_PROJECT, forms, csv, name: '经办人.csv' };
  const { id } = await applicant.call<{ id: string }>('POST', '/api/batches', asked);
  await camera.both('applicant2', `/batch/reports/${id}`, 'hall-batch-report', '大客户专区：受理结果', async (page) => {
    await page.locator('.batch-told').waitFor();
  });
  await camera.both('applicant2', '/batch', 'hall-batch', '大客户专区');
}

async function wizard(): Promise<void> {
  const first = await begin();
  await shootCase(first, 'hall-guide', '办理指南');
  await shootCase(first, 'hall-agreement', '协议', (page) => page.locator('#form-agreements .fv-link').first().click());
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-choose', '选择应用');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-fill-errors', '录入信息，有错误', next);
  await shootCase(first, 'hall-fill', '录入信息');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-print', '预览并打印');
  const [wide] = await camera.windowsOf('applicant');
  const paper = await wide?.locator('.documents a').first().getAttribute('href');
  const answer = await wide?.request.get(`${server.url}${paper}`);
  if (answer) await camera.pdf(await answer.body(), 'pdf-application', '数字证书申请表');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-upload', '上传资料');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-scan', '扫码认证');
  await shootLink(first, 'phone-id', '手机上传身份证');
}

async function paying(): Promise<Journey> {
  const second = await begin();
  await second.fillIn();
  await second.verifyHandler();
  await shootCase(second, 'hall-order', '提交订单');
  await second.applicant.send(second.id, 'ORDER');
  await untilView(second.applicant, second.id, 'the payment', (view) => offersOf(view).includes('CLIENT_RETURN'));
  await shootCase(second, 'hall-pay', '扫码支付');
  const order = (await world.orders(second.number)).at(-1);
  await camera.both('applicant', `/sandbox/wallet/${order?.number}`, 'sandbox-pay', '沙盒：付款');
  await world.pay(order?.number ?? '');
  await untilLabel(second.applicant, second.id, '待输入随机码');
  await shootCase(second, 'hall-code', '输入随机码');
  await second.applicant.send(second.id, 'HAND_OVER');
  await shootCase(second, 'hall-pass-on', '把随机码交给财务');
  await shootLink(second, 'phone-finance', '财务填写随机码');

  await world.next('bank.microDeposit', { outcome: 'FAILED', left: 1 });
  const third = await begin();
  await third.fillIn();
  await third.verifyHandler();
  await third.pay();
  await untilLabel(third.applicant, third.id, '金融认证失败');
  await shootCase(third, 'hall-failed', '金融认证失败');
  await shootCase(third, 'hall-offer', '一个对话框', async (page) => {
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true;
    });
    await page.locator('.ops-list button:not([aria-disabled])').first().click();
    await page.locator('dialog[open]').waitFor();
  });
  return second;
}

async function reviewing(journey: Journey): Promise<void> {
  const { applicant, id } = journey;
  await journey.enterCode();
  await untilLabel(applicant, id, '待审核');
  await shootCase(journey, 'hall-waiting', '等待审核');
  await camera.both('reviewer', '/desk', 'desk-queue', '审核工作台');
  const reviewer = await journey.claim();
  await camera.both('reviewer', `/desk/${id}`, 'desk-case', '审核一件');
  await reviewer.send(id, 'REJECT', {
    data: {
      flags: [
        { field: 'organization.address', reason: '地址与营业执照不一致' },
        { field: 'documents.applicationForm', reason: '没有加盖单位公章' },
      ],
    },
  });
  await untilLabel(applicant, id, '未通过');
  await shootCase(journey, 'hall-rejected', '未通过');
  await applicant.send(id, 'EDIT');
  await shootCase(journey, 'hall-correct', '修改');
}

async function issued(): Promise<void> {
  const journey = await begin();
  await journey.fillIn();
  await journey.verifyHandler();
  await journey.pay();
  await journey.enterCode();
  await untilLabel(journey.applicant, journey.id, '待审核');
  const reviewer = await journey.claim();
  await reviewer.send(journey.id, 'APPROVE');
  await untilLabel(journey.applicant, journey.id, '待发放');
  await (await logIn(server.url, 'operations')).send(journey.id, 'HANDED_OVER');
  await untilView(journey.applicant, journey.id, 'the receipt', (view) => view.tasks.some((task) => task.mine));
  await shootCase(journey, 'hall-receive', '确认签收');
  await camera.both('applicant', '/cases', 'hall-cases', '我的业务单');
  await camera.both('applicant', '/lists/orders', 'hall-orders', '我的订单');
  await camera.both('operations', '/desk?view=all', 'desk-operations', '运营工作台');
  await camera.both('finance', '/desk', 'desk-finance', '财务工作台');
  await camera.both('finance', '/desk/money', 'desk-money', '到账与对账');
  await camera.both('operations', '/desk/letters', 'desk-letters', '没有送达的请求和通知');
}

async function tools(): Promise<void> {
  await camera.both('admin', '/studio', 'studio', '配置工作室');
  await camera.both('admin', '/studio/inner-mongolia', 'studio-project', '一个项目的配置');
  await camera.both('admin', '/studio/inner-mongolia?tab=yaml', 'studio-yaml', '项目的 YAML');
  await camera.both('admin', '/studio/inner-mongolia?tab=history', 'studio-history', '发布历史');
  await camera.both('admin', '/staff', 'staff', '人员与角色');
  await camera.both('auditor', '/audit', 'audit', '审计员看到的操作记录');
  await camera.both('tester', '/lab', 'lab', '流程实验室');
  await camera.both('tester', '/lab?project=szmg', 'lab-play', '走一遍流程');
  await camera.both('tester', '/lab?project=szmg&view=load', 'lab-load', '负荷推演', async (page) => {
    await page.locator('.loadrun .btn.primary').click({ timeout: 60_000 });
    await page.locator('.reportsums').waitFor({ timeout: 240_000 });
  });
  for (const [path, name, title] of [
    ['', 'sandbox', '沙盒：外部世界'],
    ['/bank', 'sandbox-bank', '沙盒：银行流水'],
    ['/phone', 'sandbox-phone', '沙盒：短信'],
    ['/systems/bank', 'sandbox-system', '沙盒：选定下一次怎么答复'],
  ] as const)
    await camera.both(null, `/sandbox${path}`, name, title);
}

/** A draft that lets a case get where it must not: what the studio says, and the way there in the lab. */
async function refused(): Promise<void> {
  const path = '/api/studio/projects/szmg-change';
  const admin = await logIn(server.url, 'admin');
  const { yaml, base } = await admin.call<StudioProject>('GET', path);
  const law = 'laws: { neverLegalRep: { title: 任何时候都不提供法人认证, offers: LEGAL_REP, must: false } }';
  await admin.call('PUT', `${path}/draft`, { yaml: `${yaml}\n${law}\n`, base });
  const play = (page: Page) => page.getByRole('link', { name: '在演练台演这条路' });
  const publish = async (page: Page) => {
    await page.getByRole('button', { name: '准备发布' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('发布说明').fill('不提供法人认证');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    await play(page).waitFor({ timeout: 180_000 });
  };
  await camera.both('publisher', '/studio/szmg-change', 'studio-refused', '发布被拒绝', publish);
  await camera.both(
    'publisher',
    '/studio/szmg-change',
    'lab-draft',
    '被拒绝的草稿，演到违反规则的地方',
    async (page) => {
      await publish(page);
      await play(page).click();
      await page.getByText('违反的规则').waitFor();
    },
  );
}

async function secondProcess(): Promise<void> {
  const archive = await logIn(server.url, 'applicant2');
  const id = await archive.start('district-archive');
  await camera.both('applicant2', `/cases/${id}`, 'second-process', '第二个流程');
}

/** The product's own words in English; what a business says stays as it said it. */
async function english({ id }: Journey): Promise<void> {
  for (const page of await camera.windowsOf('applicant'))
    await page.addInitScript(() => localStorage.setItem('certflow.locale', 'en'));
  await camera.both('applicant', '/cases', 'english-cases', '英文界面：我的业务单');
  await camera.both('applicant', `/cases/${id}`, 'english-case', '英文界面：业务单');
}

try {
  await publicPages();
  await tables();
  await wizard();
  const journey = await paying();
  await reviewing(journey);
  await issued();
  await tools();
  await refused();
  await secondProcess();
  await english(journey);
} finally {
  await browser.close();
  await server.stop();
}

const pictures = camera.taken.map(({ file, title }) => `## ${title}\n\n![${title}](${file})\n`);
writeFileSync(`${folder}/README.md`, `# Screens\n\nMade by \`npm run screenshots\`.\n\n${pictures.join('\n')}`);
