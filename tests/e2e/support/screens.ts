import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { StudioProject } from '../../../engine/contract/routes.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { BATCH_PROJECT, handler, lineOf, sharedForms, TITLES } from '../../support/batch.ts';
import { beginJourney, type Journey, linkOf, offersOf, untilLabel, untilView } from './journey.ts';
import { logIn } from './people.ts';
import type { OutsideWorld } from './sandbox.ts';

/** A screen of the product, and what can be opened on it. Nothing here names a text: it has to do in every language. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Whoever looks; null = somebody who is not logged in. */
  readonly account: string | null;
  /** Buttons that open a dialog and do nothing else, by selector. */
  readonly dialogs?: readonly string[];
  /** Brings it to a state with more to see: an open list, errors. One after the other, on the same page. */
  readonly states?: { readonly [name: string]: (page: Page) => Promise<unknown> };
}

/** Buttons of a case that open a dialog of their own. */
const operations = '.ops-list button[data-event]:not([aria-disabled])';

/** Every screen, with cases that stand still where each is seen, as long as links and claims last. For one walk. */
export async function everyScreen(base: string, world: OutsideWorld): Promise<readonly Screen[]> {
  const cases = [...(await wizard(base, world)), ...(await after(base, world))];
  return [...open, ...(await tables(base)), ...cases, ...(await rooms(base)), ...sandbox];
}

const open: readonly Screen[] = [
  { name: 'home', path: '/', account: null },
  { name: 'login', path: '/login', account: null, states: { errors: pressPrimary } },
  { name: 'login by message', path: '/login?by=sms', account: null, states: { errors: pressPrimary } },
  { name: 'login in trouble', path: '/login?trouble=provider-no-role', account: null },
  { name: 'another password', path: '/reset', account: null, states: { errors: pressPrimary } },
  { name: 'a portal that is not one', path: '/jump#nothing', account: null },
  { name: 'an invitation that is over', path: '/invite#nothing', account: null },
  { name: 'registration', path: '/register', account: null, states: { errors: pressPrimary } },
  { name: 'project', path: '/p/szmg', account: null },
  { name: 'questions', path: '/faq', account: null },
  {
    name: 'signature',
    path: '/signature',
    account: null,
    states: { 'no file': (page) => page.locator('main button[type=submit]').click(), verified: verifySignature },
  },
  { name: 'nowhere', path: '/nowhere', account: null },
  { name: 'a dead link', path: '/link/nonsense', account: null },
  { name: 'account', path: '/account', account: 'applicant' },
  { name: 'own-data', path: '/account/data', account: 'applicant' },
  { name: 'goodbye', path: '/goodbye', account: null },
  { name: 'list', path: '/cases', account: 'applicant' },
  { name: 'no list', path: '/cases', account: 'archivist' },
  { name: 'orders', path: '/lists/orders', account: 'applicant' },
  { name: 'no orders', path: '/lists/orders', account: 'archivist' },
  { name: 'messages', path: '/messages', account: 'applicant' },
  { name: 'no messages', path: '/messages', account: 'archivist' },
  { name: 'profile to change', path: '/account/edit', account: 'applicant' },
  { name: 'password', path: '/account/password', account: 'applicant', states: { errors: pressPrimary } },
  {
    name: 'login and security',
    path: '/account/security',
    account: 'applicant',
    states: { 'a second factor': (page) => page.locator('.panel .row .btn').first().click() },
  },
  { name: 'companies', path: '/account/companies', account: 'applicant', states: { errors: pressPrimary } },
  {
    name: 'staff',
    path: '/staff',
    account: 'admin',
    dialogs: ['.staffroom > header .btn', '[data-do=roles]', '[data-do=disable]'],
  },
  { name: 'audit', path: '/audit', account: 'auditor' },
  { name: 'cases to an auditor', path: '/desk?view=all', account: 'auditor' },
  { name: 'a room of others', path: '/desk', account: 'applicant' },
];

/** The door of large customers: what all rows share, the file, what is wrong with it, the report. */
async function tables(base: string): Promise<readonly Screen[]> {
  const agent = JSON.parse(readFileSync('forms/agent.form.json', 'utf8')) as FormSchema;
  const forms = sharedForms(90_000);
  const lines = [1, 2].map((seed) => lineOf(handler(agent, 90_000 + seed)));
  const csv = [TITLES, ...lines, '示,1,1,1,1'].join('\n');
  const applicant = await logIn(base, 'applicant2');
  await applicant.call('PATCH', `/api/batches/shared/${BATCH_PROJECT}`, { forms });
  const asked = { project: BATCH_PROJECT, forms, csv, name: '经办人.csv' };
  const { id } = await applicant.call<{ id: string }>('POST', '/api/batches', asked);
  const choose = async (page: Page): Promise<void> => {
    await page.locator('.offers .btn.primary').click();
    await page.locator('.filebutton input').waitFor({ state: 'attached' });
  };
  const look = (page: Page): Promise<void> =>
    page.locator('.filebutton input').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  const account = 'applicant2';
  return [
    { name: 'no tables', path: '/batch', account: 'archivist' },
    { name: 'tables', path: '/batch', account },
    {
      name: 'no shared forms',
      path: `/batch/${BATCH_PROJECT}`,
      account: 'applicant',
      states: { errors: sharedErrors },
    },
    { name: 'shared forms', path: `/batch/${BATCH_PROJECT}`, account, states: { file: choose, checked: look } },
    { name: 'report', path: `/batch/reports/${id}`, account },
  ];
}

async function sharedErrors(page: Page): Promise<void> {
  await page.locator('.offers .btn.primary').click();
  await page.locator('.fv-summary').first().waitFor();
}

/** The applicant's steps up to the phone. */
async function wizard(base: string, world: OutsideWorld): Promise<readonly Screen[]> {
  const steps = async (count: number): Promise<Journey> => {
    const journey = await beginJourney(base, world, 'szmg');
    for (let step = 0; step < count; step += 1) await journey.applicant.send(journey.id, 'NEXT');
    return journey;
  };
  const guide = await steps(0);
  const choose = await steps(1);
  const fill = await steps(2);
  const print = await steps(3);
  const upload = await steps(4);
  const scan = await steps(5);
  const handset = await steps(5);
  const link = linkOf(await untilView(handset.applicant, handset.id, 'the link', (view) => linkOf(view) !== null));
  return [
    { name: 'guide', ...at(guide), dialogs: ['#form-agreements .fv-link'] },
    { name: 'choice', ...at(choose) },
    { name: 'form', ...at(fill), states: { errors: formErrors, 'bank list': bankList } },
    { name: 'print', ...at(print) },
    { name: 'upload', ...at(upload), dialogs: ['.fv-slot-links button', '.fv-thumb'] },
    { name: 'QR code', ...at(scan) },
    { name: 'phone', path: new URL(link ?? '', base).pathname, account: null, states: { errors: pressNext } },
  ];
}

/** From the order to the end, and the ways beside it. */
async function after(base: string, world: OutsideWorld): Promise<readonly Screen[]> {
  const ordering = async (): Promise<Journey> => {
    const journey = await beginJourney(base, world, 'szmg');
    await journey.fillIn();
    await journey.verifyHandler();
    return journey;
  };
  const reviewing = async (): Promise<Journey> => {
    const journey = await ordering();
    await journey.pay();
    await journey.enterCode();
    await untilLabel(journey.applicant, journey.id, '待审核');
    return journey;
  };
  const order = await ordering();
  const pay = await ordering();
  await pay.applicant.send(pay.id, 'ORDER');
  await untilView(pay.applicant, pay.id, 'the payment', (view) => offersOf(view).includes('CLIENT_RETURN'));
  await world.next('bank.microDeposit', { outcome: 'FAILED', left: 1 });
  const failed = await ordering();
  await failed.pay();
  await untilLabel(failed.applicant, failed.id, '金融认证失败');
  const code = await ordering();
  await code.pay();
  await untilLabel(code.applicant, code.id, '待输入随机码');
  const passed = await ordering();
  await passed.pay();
  await untilLabel(passed.applicant, passed.id, '待输入随机码');
  await passed.applicant.send(passed.id, 'HAND_OVER');
  const delegate = linkOf(await passed.applicant.case(passed.id));
  const waiting = await reviewing();
  const claimed = await reviewing();
  await claimed.claim();

  const rejected = await reviewing();
  await (await rejected.claim('reviewer2')).send(rejected.id, 'REJECT', { data: { flags } });
  await untilLabel(rejected.applicant, rejected.id, '未通过');
  const corrected = await reviewing();
  await (await corrected.claim('reviewer2')).send(corrected.id, 'REJECT', { data: { flags } });
  await untilLabel(corrected.applicant, corrected.id, '未通过');
  await corrected.applicant.send(corrected.id, 'EDIT');
  const issued = await reviewing();
  await (await issued.claim('reviewer2')).send(issued.id, 'APPROVE');
  await untilLabel(issued.applicant, issued.id, '待发放');
  await (await logIn(base, 'operations')).send(issued.id, 'HANDED_OVER');
  await untilView(issued.applicant, issued.id, 'the receipt', (view) => view.tasks.some((task) => task.mine));

  return [
    { name: 'order', ...at(order), dialogs: [operations] },
    { name: 'payment', ...at(pay), dialogs: [operations] },
    { name: 'failed proof', ...at(failed), dialogs: [operations] },
    { name: 'code', ...at(code), dialogs: [operations] },
    { name: 'code passed on', ...at(passed) },
    { name: 'code by finance', path: new URL(delegate ?? '', base).pathname, account: null },
    { name: 'waiting', ...at(waiting), dialogs: [operations] },
    { name: 'rejected', ...at(rejected), dialogs: [operations] },
    { name: 'correction', ...at(corrected) },
    { name: 'receipt', ...at(issued), dialogs: [operations] },
    { name: 'queue', path: '/desk?view=open', account: 'reviewer' },
    { name: 'own queue', path: '/desk?view=mine', account: 'reviewer' },
    { name: 'all cases', path: '/desk?view=all', account: 'reviewer' },
    { name: 'a case to claim', path: `/desk/${waiting.id}`, account: 'reviewer' },
    {
      name: 'a case at the desk',
      path: `/desk/${claimed.id}`,
      account: 'reviewer',
      dialogs: ['.fr .iconbtn'],
      states: {
        'a flag': (page) => page.locator('.fr .fl').first().click(),
        shortcuts: (page) => page.locator('.deskend .quiet').first().click(),
      },
    },
    { name: 'notices of the desk', path: '/desk/notices', account: 'reviewer' },
    { name: 'finance', path: '/desk?view=all', account: 'finance' },
    { name: 'operations', path: '/desk?view=all', account: 'operations' },
    { name: 'a case of operations', path: `/desk/${issued.id}`, account: 'operations' },
    { name: 'letters', path: '/desk/letters', account: 'operations' },
    { name: 'money', path: '/desk/money', account: 'finance' },
    { name: 'all cases of a lead', path: '/desk?view=all', account: 'reviewLead' },
    {
      name: 'reports',
      path: '/desk/reports',
      account: 'reviewLead',
      states: { 'a reason followed': (page) => page.locator('.report.wide td .btn').first().click() },
    },
    { name: 'stuck', path: '/desk/running', account: 'operations' },
    { name: 'claims', path: '/desk/running?part=claims', account: 'reviewLead' },
    { name: 'works', path: '/desk/running?part=works', account: 'operations' },
    {
      name: 'board',
      path: '/desk/board?project=szmg',
      account: 'operations',
      states: {
        'other days': (page) => page.locator('.boardpart input[type=radio]').nth(1).check(),
        'an announcement': (page) => page.locator('.boardpart > p .btn').click(),
        refused: (page) => page.locator('.boardsave .btn.primary').click(),
      },
    },
    { name: 'portals', path: '/desk/portals', account: 'operations' },
    { name: 'health', path: '/desk/health', account: 'operations' },
  ];
}

const flags = [
  { field: 'organization.address', reason: '地址与营业执照不一致' },
  { field: 'documents.applicationForm', reason: '没有加盖单位公章' },
];

/** Studio and lab; one project has a mistake in its draft, another one a law that does not hold. */
async function rooms(base: string): Promise<readonly Screen[]> {
  const admin = await logIn(base, 'admin');
  const add = async (id: string, text: string) => {
    const project = await admin.call<StudioProject>('GET', `/api/studio/projects/${id}`);
    if (project.yaml.includes(text)) return;
    const draft = { yaml: `${project.yaml}\n${text}\n`, base: project.base };
    await admin.call('PUT', `/api/studio/projects/${id}/draft`, draft);
  };
  await add('inner-mongolia', 'setings: {}');
  await add(
    'shenzhen-construction',
    'laws: { never: { title: 任何时候都不提供法人认证, offers: LEGAL_REP, must: false } }',
  );
  return [
    { name: 'projects', path: '/studio', account: 'admin' },
    {
      name: 'settings',
      path: '/studio/szmg',
      account: 'publisher',
      dialogs: ['.wbtop .btn.primary'],
      states: { 'an open place': (page) => page.locator('[data-node="main.work.review"]').click() },
    },
    {
      name: 'forms',
      path: '/studio/szmg?tab=forms&form=organization',
      account: 'admin',
      states: {
        'a field opened': (page) => page.locator('.fielditem .btn[aria-expanded=false]').nth(1).click(),
        'a field added': addField,
        'checked on a phone': async (page) => {
          await page.locator('.livewidth .btn').nth(1).click();
          await page.locator('.liveframe > .btn').click();
        },
      },
    },
    ...['prices', 'documents', 'reasons', 'notices', 'agreements'].map((section) => ({
      name: `content, ${section}`,
      path: `/studio/szmg?tab=content&section=${section}`,
      account: 'admin',
    })),
    { name: 'forms to a publisher', path: '/studio/szmg?tab=forms&form=agent', account: 'publisher' },
    { name: 'YAML', path: '/studio/szmg?tab=yaml', account: 'admin' },
    { name: 'releases', path: '/studio/szmg?tab=history', account: 'admin' },
    {
      name: 'a mistake',
      path: '/studio/inner-mongolia?tab=yaml',
      account: 'publisher',
      dialogs: ['.wbtop .btn.primary'],
    },
    {
      name: 'a refusal',
      path: '/studio/shenzhen-construction',
      account: 'publisher',
      states: { 'nothing written': publishEmpty, refused: publish },
    },
    { name: 'scenarios', path: '/lab', account: 'tester' },
    {
      name: 'load what-if',
      path: '/lab?project=district-archive&view=load',
      account: 'tester',
      states: { errors: wrongLoad, played: playLoad },
    },
    {
      name: 'play',
      path: '/lab?project=szmg',
      account: 'tester',
      dialogs: ['.laboffers .linkbtn', '.wbtop button.btn:not([aria-disabled])', '[data-outside]'],
      states: { refused: (page) => page.locator('.laboffers .btn.primary').first().click() },
    },
  ];
}

const fewApplicants = (page: Page): Promise<void> => page.locator('.loadgrid input').first().fill('150');

async function wrongLoad(page: Page): Promise<void> {
  await page.locator('.loadgrid input').first().fill('x');
  await page.locator('.loadrun .btn.primary').click();
  await page.locator('.loadrun .loaderror').waitFor();
}

/** Twice, so that there is something to compare with. */
async function playLoad(page: Page): Promise<void> {
  const play = async (seed: string): Promise<void> => {
    await fewApplicants(page);
    await page.locator('.loadgrid input:not([type])').nth(3).fill(seed);
    await page.locator('.loadrun .btn.primary').click();
    await page.locator('.loadresults .note.warn').waitFor({ state: 'detached', timeout: 170_000 });
    await page.locator('.reportsums').waitFor({ timeout: 170_000 });
  };
  await play('4');
  await page.locator('.loadresults .ph .btn').first().click();
  await play('5');
  await page.locator('.loadresults > .report').waitFor({ timeout: 170_000 });
}

async function addField(page: Page): Promise<void> {
  await page.locator('.addfield button').click();
  await page.locator('.addfield input').fill('示例');
  await page.locator('.addfield select').selectOption('radio');
  await page.locator('.addfield button').click();
  await page.locator('.fielditem.new .btn[aria-expanded]').click();
  await page.locator('.fielditem.new .fieldedit').waitFor();
}

/** The outside world's own pages. They play others and speak Chinese only. */
const sandbox: readonly Screen[] = ['', '/bank', '/phone', '/wallet', '/portals', '/samples', '/systems/bank'].map(
  (path) => ({
    name: `sandbox${path}`,
    path: `/sandbox${path}`,
    account: null,
  }),
);

function at(journey: Journey): { readonly path: string; readonly account: string } {
  return { path: `/cases/${journey.id}`, account: 'applicant' };
}

async function pressPrimary(page: Page): Promise<void> {
  await page.locator('main button[type=submit]').first().click();
  await page.locator('[aria-invalid=true]').first().waitFor();
}

/** The step's own button, with nothing filled in. */
async function pressNext(page: Page): Promise<void> {
  await page.locator('[data-event=NEXT], [data-event=ID_UPLOADED]').first().click();
  await page.locator('.fv-summary').first().waitFor();
}

async function formErrors(page: Page): Promise<void> {
  await page.locator('#f-organization-number').fill('1');
  await page.locator('#f-agent-mobile').fill('12');
  await page.locator('#f-agent-email').fill('a@');
  await pressNext(page);
}

async function bankList(page: Page): Promise<void> {
  await page.locator('#f-bank-branch').fill('gsyh');
  await page.locator('.fv-options [role=option]').first().waitFor();
}

async function verifySignature(page: Page): Promise<void> {
  await page.locator('#signature').setInputFiles('tests/fixtures/signatures/attached.p7m');
  await page.locator('main button[type=submit]').click();
  await page.locator('section.panel dl').waitFor();
}

async function publishEmpty(page: Page): Promise<void> {
  await page.locator('.wbtop .btn.primary').click();
  await page.locator('dialog .btn.primary').click();
  await page.locator('dialog [aria-invalid=true]').first().waitFor();
}

async function publish(page: Page): Promise<void> {
  await page.locator('dialog input, dialog textarea').first().fill('0');
  await page.locator('dialog .btn.primary').click();
  await page.locator('dialog .refusal').waitFor({ timeout: 170_000 });
  await page.locator('dialog details summary').first().click();
}
