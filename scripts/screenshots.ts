/**
 * `npm run screenshots`: takes every screen, at 1440 px and, where it is the applicant's, at 390 px, into docs/screenshots. Cases are
 * brought to where they are wanted over HTTP, on a server and a data folder of their own.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { desktop, launchBrowser, openWindow, phone } from '../tests/e2e/support/browser.ts';
import { beginJourney, type Journey, linkOf, offersOf, untilLabel, untilView } from '../tests/e2e/support/journey.ts';
import { demoPassword, logIn } from '../tests/e2e/support/people.ts';
import { outsideWorld } from '../tests/e2e/support/sandbox.ts';
import { startServer } from '../tests/e2e/support/server.ts';

const folder = 'docs/screenshots';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const server = await startServer();
const world = outsideWorld(() => server.url);
const browser = await launchBrowser();
const taken: { file: string; title: string }[] = [];

async function person(account: string | null, viewport: { width: number; height: number }): Promise<Page> {
  const { page, context } = await openWindow(browser, server.url, { viewport });
  if (account !== null) {
    const answer = await context.request.post(`${server.url}/api/session`, {
      data: { account, password: demoPassword },
      headers: { origin: server.url },
    });
    if (!answer.ok()) throw new Error(`${account}: ${answer.status()}`);
  }
  return page;
}

async function shoot(page: Page, path: string, name: string, title: string): Promise<void> {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(800);
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  // On a phone the whole page is of interest; the bar at its foot belongs at the foot of the picture.
  const long = width < 500 ? await page.evaluate(() => document.documentElement.scrollHeight) : 0;
  if (long > height) await page.setViewportSize({ width, height: Math.min(long, 4_000) });
  const file = `${name}-${width}.jpg`;
  await page.screenshot({ path: `${folder}/${file}`, type: 'jpeg', quality: 78 });
  if (long > height) await page.setViewportSize({ width, height });
  taken.push({ file, title: `${title}，${width}` });
  console.log(file);
}

/** Every page of a PDF as it is printed, drawn by the same library as in the viewer. */
async function shootPdf(bytes: Buffer, name: string, title: string): Promise<void> {
  const { page, context } = await openWindow(browser, server.url, { viewport: { width: 1000, height: 1400 } });
  await context.route('http://pdf.invalid/**', (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/')
      return route.fulfill({ contentType: 'text/html', body: '<body style="margin:0"><h1 hidden>PDF</h1>' });
    const body = path === '/file.pdf' ? bytes : readFileSync(`node_modules/pdfjs-dist/build${path}`);
    return route.fulfill({ contentType: path.endsWith('.mjs') ? 'text/javascript' : 'application/pdf', body });
  });
  await page.goto('http://pdf.invalid/');
  const pages = await page.evaluate(async (library) => {
    const pdf = await import(library);
    pdf.GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs';
    const file = await pdf.getDocument('/file.pdf').promise;
    for (let number = 1; number <= file.numPages; number += 1) {
      const sheet = await file.getPage(number);
      const viewport = sheet.getViewport({ scale: 1.5 });
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [viewport.width, viewport.height];
      document.body.append(canvas);
      await sheet.render({ canvas, viewport }).promise;
    }
    return file.numPages as number;
  }, '/pdf.mjs');
  for (let number = 0; number < pages; number += 1) {
    const file = `${name}-${number + 1}.jpg`;
    await page
      .locator('canvas')
      .nth(number)
      .screenshot({ path: `${folder}/${file}`, type: 'jpeg', quality: 72 });
    taken.push({ file, title: `${title}，第 ${number + 1} 页` });
    console.log(file);
  }
  await context.close();
}

try {
  const [wide, narrow] = [await person('applicant', desktop), await person('applicant', phone)];
  const stranger = await person(null, desktop);
  const both = async (path: string, name: string, title: string) => {
    await shoot(wide, path, name, title);
    await shoot(narrow, path, name, title);
  };
  const begin = () => beginJourney(server.url, world, 'szmg');
  const shootCase = (journey: Journey, name: string, title: string) => both(`/cases/${journey.id}`, name, title);

  await shoot(stranger, '/', 'hall-home', '首页');
  await shoot(stranger, '/login', 'hall-login', '登录');
  await shoot(stranger, '/register', 'hall-register', '注册');
  await both('/p/szmg', 'hall-project', '项目入口');
  await both('/faq', 'hall-faq', '常见问题');
  await shoot(wide, '/account', 'hall-account', '个人资料');

  const first = await begin();
  await shootCase(first, 'hall-guide', '办理指南');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-choose', '选择应用');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-fill', '录入信息');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-print', '预览并打印');
  const paper = await wide.locator('.documents a').first().getAttribute('href');
  await shootPdf(await (await wide.request.get(`${server.url}${paper}`)).body(), 'pdf-application', '数字证书申请表');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-upload', '上传资料');
  await first.applicant.send(first.id, 'NEXT');
  await shootCase(first, 'hall-scan', '扫码认证');
  const link = linkOf(await untilView(first.applicant, first.id, 'the link', (view) => linkOf(view) !== null));
  const handset = await person(null, phone);
  await shoot(handset, link ?? '', 'phone-id', '手机上传身份证');

  const second = await begin();
  await second.fillIn();
  await second.verifyHandler();
  await shootCase(second, 'hall-order', '提交订单');
  await second.applicant.send(second.id, 'ORDER');
  await untilView(second.applicant, second.id, 'the payment', (view) => offersOf(view).includes('CLIENT_RETURN'));
  await shootCase(second, 'hall-pay', '扫码支付');
  const order = (await world.orders(second.number)).at(-1);
  await shoot(narrow, `/sandbox/wallet/${order?.number}`, 'sandbox-pay', '沙盒：付款');
  await world.pay(order?.number ?? '');
  await untilLabel(second.applicant, second.id, '待输入随机码');
  await shootCase(second, 'hall-code', '输入随机码');

  await world.next('bank.microDeposit', { outcome: 'FAILED', left: 1 });
  const third = await begin();
  await third.fillIn();
  await third.verifyHandler();
  await third.pay();
  await untilLabel(third.applicant, third.id, '金融认证失败');
  await shootCase(third, 'hall-failed', '金融认证失败');

  await second.enterCode();
  await untilLabel(second.applicant, second.id, '待审核');
  await shootCase(second, 'hall-waiting', '等待审核');
  const reviewer = await person('reviewer', desktop);
  await shoot(reviewer, '/desk', 'desk-queue', '审核工作台');
  const reviewing = await second.claim();
  await shoot(reviewer, `/desk/${second.id}`, 'desk-case', '审核一件');
  await reviewing.send(second.id, 'REJECT', {
    data: {
      flags: [
        { field: 'organization.address', reason: '地址与营业执照不一致' },
        { field: 'documents.applicationForm', reason: '没有加盖单位公章' },
      ],
    },
  });
  await untilLabel(second.applicant, second.id, '未通过');
  await shootCase(second, 'hall-rejected', '未通过');
  await second.applicant.send(second.id, 'EDIT');
  await shootCase(second, 'hall-correct', '修改');
  await both('/cases', 'hall-cases', '我的业务单');

  const admin = await person('admin', desktop);
  await shoot(admin, '/studio', 'studio', '配置工作室');
  await shoot(admin, '/studio/inner-mongolia', 'studio-project', '一个项目的配置');
  const tester = await person('tester', desktop);
  await shoot(tester, '/lab', 'lab', '流程实验室');
  await shoot(tester, '/lab?project=szmg', 'lab-play', '走一遍流程');

  for (const [path, name, title] of [
    ['', 'sandbox', '沙盒：外部世界'],
    ['/bank', 'sandbox-bank', '沙盒：银行流水'],
    ['/phone', 'sandbox-phone', '沙盒：短信'],
    ['/systems/bank', 'sandbox-system', '沙盒：选定下一次怎么答复'],
  ] as const)
    await shoot(stranger, `/sandbox${path}`, name, title);

  const archive = await logIn(server.url, 'applicant2');
  const id = await archive.start('district-archive');
  const other = await person('applicant2', desktop);
  await shoot(other, `/cases/${id}`, 'second-process', '第二个流程');
} finally {
  await browser.close();
  await server.stop();
}

const pictures = taken.map(({ file, title }) => `## ${title}\n\n![${title}](${file})\n`);
writeFileSync(`${folder}/README.md`, `# Screens\n\nMade by \`npm run screenshots\`.\n\n${pictures.join('\n')}`);
