import type { Browser, Locator, Page } from 'playwright-core';
import type { CaseView, OfferView, TaskView } from '../../engine/contract/view.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { DEMO_PASSWORD } from '../accounts/demo.ts';
import { type Aim, DESKTOP, PHONE, type Picture, SCALE, shoot } from './camera.ts';
import { type Deed, deedsOf } from './deeds.ts';
import { Filling } from './filling.ts';
import { pause } from './hall.ts';
import { type Outside, outsideOf } from './outside.ts';
import { ManualTrouble } from './trouble.ts';
import type { Visitor } from './visitor.ts';
import { moved, PATIENCE, settled, until, visitorsOf } from './waiting.ts';

/** Pictures of one place, in the order in which they were taken. */
export interface Shot {
  /** Addresses of the states that the page was about; none for what comes before a case and for lists. */
  readonly states: readonly string[];
  /** `accident`: beside the usual way, where one has another task then; `mishap`: at a step of it. */
  readonly place: 'entrance' | 'case' | 'list' | 'accident' | 'mishap';
  /** What stands above the pictures. */
  readonly caption?: string;
  readonly device: 'desktop' | 'phone';
  readonly pictures: readonly Picture[];
}

/** Of one picture on a sheet, CSS pixels. */
const LONGEST = { desktop: 520, phone: 900 };
/** Of a page that is only looked at. Two of the door stand on one sheet. */
export const LONGEST_WHOLE = { entrance: 470, case: 700, list: 1_000, accident: 700, mishap: 700 };

/** Walks a project's hall from its door to the goal, as the applicant in a browser and as everybody else beside it. */
export async function walk(
  browser: Browser,
  base: string,
  definition: Definition,
  say: (line: string) => void,
): Promise<readonly Shot[]> {
  const walker = new Walker(browser, base, definition, say);
  try {
    return await walker.walk(deedsOf(definition));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    throw new ManualTrouble(`页面上没有等到要找的东西：${error.message.split('\n').slice(0, 4).join(' ')}`);
  }
}

type Event = Extract<Deed, { readonly kind: 'event' }>;

class Walker {
  private readonly shots: Shot[] = [];
  private readonly seen = new Set<string>();
  private readonly outside: Outside;
  private readonly filling: Filling;
  private readonly visitor: (account: string) => Promise<Visitor>;
  private readonly browser: Browser;
  private readonly base: string;
  private readonly say: (line: string) => void;
  private caseId = '';

  constructor(browser: Browser, base: string, definition: Definition, say: (line: string) => void) {
    this.browser = browser;
    this.base = base;
    this.say = say;
    this.outside = outsideOf(base, definition);
    this.visitor = visitorsOf(base);
    this.filling = new Filling(definition, this.outside);
    this.project = definition.project.id;
  }

  private readonly project: string;

  async walk(deeds: readonly Deed[]): Promise<readonly Shot[]> {
    const first = deeds.find((deed): deed is Event => deed.kind === 'event' && deed.own);
    const account = first?.account ?? 'applicant';
    const page = await this.window(DESKTOP);
    await this.enter(page, account);
    const own = await this.visitor(account);
    for (const deed of deeds) {
      const view = await own.case(this.caseId);
      const offered = deed.kind === 'event' && deed.own && deed.via === null;
      if (!offered) await this.look(page, view);
      switch (deed.kind) {
        case 'time':
          await this.outside.later(deed.ms);
          break;
        case 'next':
          await this.outside.next(deed.operation, deed.outcome);
          break;
        case 'outside':
          await this.outside.happens(deed.event, view.number, deed.data);
          await moved(own, this.caseId, view.revision, `“${deed.event}”的结果`);
          break;
        case 'event':
          if (deed.via !== null) await this.byLink(own, deed);
          else if (deed.own) await this.byPage(page, own, deed, 'desktop');
          else await this.byStaff(deed);
      }
    }
    await settled(own, this.caseId);
    await this.look(page, await own.case(this.caseId));
    return this.shots;
  }

  /** From the project's own address over the login to a new case. */
  private async enter(page: Page, account: string): Promise<void> {
    const main = page.getByRole('main');
    await page.goto(`${this.base}/p/${this.project}`);
    const start = main.locator('.actions.start .btn.primary');
    await start.waitFor();
    await this.take('entrance', page, [], [{ text: await pressed(start), at: start }], { one: true });
    await start.click();
    await page.locator('#account').fill(account);
    await page.locator('#password').fill(DEMO_PASSWORD);
    const login = main.locator('button[type=submit]');
    await this.take('entrance', page, [], [{ text: await pressed(login), at: login }], { one: true });
    await login.click();
    const begin = main.locator('.actions.start button');
    await begin.waitFor();
    await this.take('entrance', page, [], [{ text: await pressed(begin), at: begin }], { one: true });
    await begin.click();
    await page.waitForURL(/\/cases\/[^/]+$/);
    this.caseId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  }

  /** What the applicant sees while others work, once for each place. */
  private async look(page: Page, view: CaseView): Promise<void> {
    const states = [
      ...view.tasks.flatMap((task) => (task.mine ? [task.state] : [])),
      ...view.waiting.map((w) => w.state),
    ];
    const key = view.over ? 'over' : states.join(' ');
    if (this.seen.has(key)) return;
    this.seen.add(key);
    await this.shown(page, view);
    await this.take('case', page, view.over ? [] : states, [], { one: true });
    const isWaiting = view.waiting.length > 0 && view.waiting.every(({ mine }) => !mine);
    if (isWaiting && !this.shots.some(({ place }) => place === 'list')) await this.list(view.number);
  }

  /** The list in which one looks the case up, with what leads to it marked. */
  private async list(number: string): Promise<void> {
    const page = await this.window(DESKTOP, true);
    await page.goto(`${this.base}/cases`);
    await page.locator('h1').waitFor();
    const row = page.locator(`main a[href*="${this.caseId}"]`).filter({ visible: true });
    await row.first().waitFor();
    await this.take('list', page, [], [{ text: `业务单 ${number}`, at: row }], { one: true, head: true });
    await page.close();
  }

  /** The page shows what the server knows. */
  private async shown(page: Page, view: CaseView): Promise<void> {
    const limit = Date.now() + PATIENCE;
    while (Date.now() < limit) {
      await pause(500);
      const heading = page.getByRole('main').locator('h1');
      const busy = await page.locator('[aria-busy=true], .skeleton').count();
      if (busy === 0 && (await heading.count()) > 0) return;
    }
    throw new ManualTrouble(`页面没有显示业务单 ${view.number}`);
  }

  /** A deed of the person on a page of theirs: fills in what is asked, takes the picture, presses. */
  private async byPage(page: Page, own: Visitor, deed: Event, device: Shot['device']): Promise<void> {
    const { view, task, offer } = await this.offered(() => own.case(this.caseId), deed.event);
    const button = page.locator(`main [data-event="${deed.event}"]`).first();
    await button.waitFor({ timeout: PATIENCE }).catch(async () => {
      await page.reload();
      await button.waitFor({ timeout: PATIENCE });
    });
    const aims = await this.filling.onPage(page, own, view, task, offer);
    this.seen.add(view.tasks.flatMap((each) => (each.mine ? [each.state] : [])).join(' '));
    const press: Aim = { text: await pressed(button), at: button };
    await this.take('case', page, [task.state], [...aims, press], {}, device);
    await button.click();
    await this.dialogue(page, own, { view, task, offer }, device);
    await this.accepted(page, button, view, () => own.case(this.caseId));
  }

  /** What a button opens: its own form, or the sentence to confirm. */
  private async dialogue(
    page: Page,
    own: Visitor,
    { view, task, offer }: { view: CaseView; task: TaskView; offer: OfferView },
    device: Shot['device'],
  ): Promise<void> {
    const dialogue = page.locator('dialog[open]');
    await dialogue.waitFor({ timeout: 1_500 }).catch(() => undefined);
    if ((await dialogue.count()) === 0) return;
    const aims = offer.form === undefined ? [] : await this.filling.dialogue(page, own, view, task, offer);
    const confirm = dialogue.locator('footer .btn').first();
    await this.take('case', page, [task.state], [...aims, { text: await pressed(confirm), at: confirm }], {}, device);
    await confirm.click();
  }

  /** The page behind a one-time link, on a phone. */
  private async byLink(own: Visitor, deed: Event): Promise<void> {
    const url = await until('一次性链接', async () => linkIn(await own.case(this.caseId), deed.via));
    const page = await this.window(PHONE);
    await page.goto(new URL(url, this.base).href);
    const button = page.locator(`main [data-event="${deed.event}"]`).first();
    await button.waitFor({ timeout: PATIENCE });
    const seen = async () =>
      (await page.evaluate(`fetch('/api/cases/${this.caseId}').then((a) => a.json())`)) as CaseView;
    const { view, task, offer } = await this.offered(seen, deed.event);
    const aims = await this.filling.onPage(page, own, view, task, offer);
    const press: Aim = { text: await pressed(button), at: button };
    await this.take('case', page, [task.state], [...aims, press], {}, 'phone');
    await button.click();
    await this.dialogue(page, own, { view, task, offer }, 'phone');
    await this.accepted(page, button, view, () => own.case(this.caseId));
    await page
      .locator('.phone-done')
      .waitFor({ timeout: 5_000 })
      .catch(() => undefined);
    await this.take('case', page, [task.state], [], { one: true }, 'phone');
    await page.close();
  }

  private async byStaff(deed: Event): Promise<void> {
    const visitor = await this.visitor(deed.account);
    const { view, task, offer } = await this.offered(() => visitor.case(this.caseId), deed.event);
    const { forms, data } = await this.filling.beside(visitor, view, task, offer);
    await visitor.send(view, deed.event, forms, data);
    this.say(`${deed.account}：${offer.title}`);
  }

  private async offered(
    look: () => Promise<CaseView>,
    event: string,
  ): Promise<{ view: CaseView; task: TaskView; offer: OfferView }> {
    return until(`“${event}”`, async () => {
      const view = await look();
      for (const task of view.tasks)
        for (const offer of task.offers)
          if (offer.event === event && offer.blockers.every(({ code }) => MENDABLE.has(code)))
            return { view, task, offer };
      return null;
    });
  }

  /** Waits until the server took it. What only warns is pressed once more, as the page asks. */
  private async accepted(page: Page, button: Locator, before: CaseView, look: () => Promise<CaseView>) {
    const started = Date.now();
    let again = false;
    while (Date.now() < started + PATIENCE) {
      await pause(250);
      if ((await look()).revision > before.revision) return;
      const summary = page.locator('.fv-summary, .refusal');
      if (Date.now() < started + 2_000 || (await summary.count()) === 0) continue;
      const said = await textIn(summary.first());
      if (again) throw new ManualTrouble(`页面没有接受填好的内容：${said}`);
      again = true;
      await button.click();
      await pause(2_000);
    }
    throw new ManualTrouble(`按下按钮之后业务单没有变化：${await textIn(page.locator('main'))}`.slice(0, 600));
  }

  private async take(
    place: Shot['place'],
    page: Page,
    states: readonly string[],
    aims: readonly Aim[],
    framing: { readonly one?: boolean; readonly head?: boolean },
    device: Shot['device'] = 'desktop',
  ): Promise<void> {
    const head = place !== 'case' || device === 'phone';
    const longest = framing.one === true ? LONGEST_WHOLE[place] : LONGEST[device];
    const pictures = await shoot(page, aims, { head, longest, ...framing });
    this.shots.push({ place, states, device, pictures });
    const title = await textIn(page.locator('h1').first());
    this.say(`${title}：${pictures.length} 张图`);
  }

  private context: Awaited<ReturnType<Browser['newContext']>> | null = null;

  /** A window; those of a desktop share one session. */
  private async window(viewport: typeof DESKTOP, again = false): Promise<Page> {
    if (again && this.context !== null) return this.context.newPage();
    const phone = viewport === PHONE;
    const context = await this.browser.newContext({
      ...{ viewport, deviceScaleFactor: SCALE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', bypassCSP: true },
      ...{ reducedMotion: 'reduce', hasTouch: phone, isMobile: phone },
    });
    context.setDefaultTimeout(30_000);
    if (!phone) this.context = context;
    return context.newPage();
  }
}

/** Refusals that are mended by filling in the page. */
const MENDABLE = new Set(['form-invalid', 'form-incomplete']);

/** What is read there, on one line. */
export async function textIn(at: Locator): Promise<string> {
  return ((await at.textContent()) ?? '').trim().replaceAll(/\s+/g, ' ');
}

/** `点击“下一步”` */
export async function pressed(button: Locator): Promise<string> {
  return `点击“${await textIn(button.first())}”`;
}

/** The address of a one-time link that the page shows. */
export function linkIn(view: CaseView, secret: string | null): string | null {
  for (const { sections } of view.tasks)
    for (const section of sections)
      if (section.kind === 'link' && section.url !== undefined && (secret === null || section.secret === secret))
        return section.url;
  return null;
}
