import type { Browser, Locator, Page } from 'playwright-core';
import type { CaseView, OfferView, TaskView } from '../../engine/contract/view.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { within } from '../../engine/run/configuration.ts';
import { DEMO_PASSWORD } from '../accounts/demo.ts';
import { type Accident, accidentsOf } from './accidents.ts';
import { type Aim, DESKTOP, SCALE, shoot } from './camera.ts';
import type { Deed } from './deeds.ts';
import { Filling } from './filling.ts';
import { pause } from './hall.ts';
import { type Outside, outsideOf } from './outside.ts';
import { guestOf, type Visitor } from './visitor.ts';
import { moved, settled, until, visitorsOf } from './waiting.ts';
import { LONGEST_WHOLE, linkIn, pressed, type Shot, textIn } from './walk.ts';

const APPLICANT = 'applicant';
/** Characters of what one presses in a list. */
const LONGEST_OPERATION = 5;
/** Buttons that are marked on a page that asks for something else. */
const MOST_BUTTONS = 4;

/**
 * Pictures of what may happen beside the usual way, each in a case of its own that is brought there over HTTP. One that
 * cannot be brought about is told and has no picture; its words stand in the manual all the same.
 */
export async function walkAccidents(
  browser: Browser,
  base: string,
  definition: Definition,
  say: (line: string) => void,
): Promise<readonly Shot[]> {
  const accidents = accidentsOf(definition);
  if (accidents.length === 0) return [];
  const context = await browser.newContext({
    ...{ viewport: DESKTOP, deviceScaleFactor: SCALE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
    ...{ bypassCSP: true, reducedMotion: 'reduce' },
  });
  context.setDefaultTimeout(30_000);
  const data = { account: APPLICANT, password: DEMO_PASSWORD };
  await context.request.post(`${base}/api/session`, { headers: { origin: base }, data });
  const outside = outsideOf(base, definition);
  const shots: Shot[] = [];
  for (const [index, accident] of accidents.entries()) {
    const page = await context.newPage();
    try {
      const walk = new AccidentWalk(base, definition, outside, index + 1);
      shots.push(...(await walk.shown(page, accident)));
      say(`${accident.state}（${accident.kind}）：拍到了`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      say(`${accident.state}（${accident.kind}）：没有拍到，${error.message.split('\n')[0]}`);
    } finally {
      await outside.asUsual();
      await page.close();
    }
  }
  await context.close();
  return shots;
}

interface Offered {
  readonly view: CaseView;
  readonly task: TaskView;
  readonly offer: OfferView;
}

class AccidentWalk {
  private readonly base: string;
  private readonly definition: Definition;
  private readonly outside: Outside;
  private readonly filling: Filling;
  private readonly visitor: (account: string) => Promise<Visitor>;
  private caseId = '';

  constructor(base: string, definition: Definition, outside: Outside, seed: number) {
    this.base = base;
    this.definition = definition;
    this.outside = outside;
    this.visitor = visitorsOf(base);
    this.filling = new Filling(definition, outside, seed);
  }

  async shown(page: Page, accident: Accident): Promise<readonly Shot[]> {
    const own = await this.visitor(APPLICANT);
    this.caseId = await own.start(this.definition.project.id);
    for (const deed of accident.deeds) await this.done(own, deed);
    await until(accident.state, async () => {
      const { tasks } = await own.case(this.caseId);
      return tasks.some(({ mine, state }) => mine && isAround(state, accident.state)) ? true : null;
    });
    await settled(own, this.caseId);
    switch (accident.kind) {
      case 'page':
        return [await this.list(page, accident), await this.page(page, accident)];
      case 'wrong secret':
        return [await this.wrong(page, own, accident)];
      case 'unpaid':
        return [await this.unpaid(page, own, accident)];
    }
  }

  private async done(own: Visitor, deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'time':
        return this.outside.later(deed.ms);
      case 'next':
        return this.outside.next(deed.operation, deed.outcome);
      case 'outside': {
        const { number, revision } = await own.case(this.caseId);
        await this.outside.happens(deed.event, number, deed.data);
        return moved(own, this.caseId, revision, deed.event);
      }
      case 'event': {
        const who =
          deed.via === null ? await this.visitor(deed.own ? APPLICANT : deed.account) : await this.guest(own, deed.via);
        const { view, task, offer } = await this.offered(who, deed.event);
        const { forms, data } = await this.filling.beside(who, view, task, offer);
        await who.send(view, deed.event, forms, data);
        // What it asks of others is done before the next one acts.
        await settled(own, this.caseId);
      }
    }
  }

  private async guest(own: Visitor, secret: string): Promise<Visitor> {
    const url = await until('一次性链接', async () => linkIn(await own.case(this.caseId), secret));
    return guestOf(this.base, url);
  }

  private async offered(who: Visitor, event: string): Promise<Offered> {
    return until(`“${event}”`, async () => {
      const view = await who.case(this.caseId).catch(() => null);
      for (const task of view?.tasks ?? [])
        for (const offer of task.offers)
          if (view !== null && offer.event === event && offer.blockers.every(({ code }) => code.startsWith('form-')))
            return { view, task, offer };
      return null;
    });
  }

  /** The list in which one sees it first, with what leads there marked. */
  private async list(page: Page, accident: Accident): Promise<Shot> {
    await page.goto(`${this.base}/cases`);
    const links = page.locator(`main a[href*="${this.caseId}"]`).filter({ visible: true });
    await links.first().waitFor();
    // The operation itself, not the card or the row around it: of short words the first.
    const texts = await Promise.all((await links.all()).map(textIn));
    const at = links.nth(
      Math.max(
        0,
        texts.findIndex((text) => text !== '' && text.length <= LONGEST_OPERATION),
      ),
    );
    const around = at.locator('xpath=ancestor::*[self::li or self::tr or self::article][1]');
    const row = (await around.count()) === 0 ? undefined : around;
    const aims = [{ text: await pressed(at), at }];
    return this.shot(page, accident, 'accident', '在“我的业务单”里看到：', aims, row);
  }

  private async page(page: Page, accident: Accident): Promise<Shot> {
    await this.open(page);
    const buttons = page.locator('main [data-event]').filter({ visible: true });
    const aims: Aim[] = [];
    for (let index = 0; index < Math.min(MOST_BUTTONS, await buttons.count()); index += 1) {
      const at = buttons.nth(index);
      aims.push({ text: await pressed(at), at });
    }
    return this.shot(page, accident, 'accident', '打开以后：', aims);
  }

  /** Typed with every digit one more than it is. */
  private async wrong(page: Page, own: Visitor, accident: Accident): Promise<Shot> {
    const { offer, view } = await this.offered(own, accident.event ?? '');
    const form = this.definition.forms[offer.form ?? ''];
    const fields = Object.entries(form?.properties ?? {}).filter(([, property]) => property['x-secret'] !== undefined);
    await this.open(page);
    const button = page.locator(`main [data-event="${accident.event}"]`).first();
    await button.waitFor();
    for (const [name, property] of fields) {
      const right = await this.outside.secret(String(property['x-secret']), view.number);
      const typed = [...right].map((digit) => (/\d/.test(digit) ? String((Number(digit) + 1) % 10) : digit)).join('');
      await page.locator(`[id="f-${offer.form}-${name}"]`).fill(typed);
    }
    await button.click();
    await moved(own, this.caseId, view.revision, '答复');
    await this.open(page);
    const told = page.locator('main :is(.note.warn, .note.err, .refusal)').filter({ visible: true });
    const aims = (await told.count()) === 0 ? [] : [{ text: await textIn(told.first()), at: told.first() }];
    return this.shot(page, accident, 'mishap', '填错时，页面会说明：', aims);
  }

  private async unpaid(page: Page, own: Visitor, accident: Accident): Promise<Shot> {
    const { offer, view } = await this.offered(own, accident.event ?? '');
    await this.outside.turnedDown(view.number);
    await this.open(page);
    const button = page.locator(`main [data-event="${accident.event}"]`).first();
    await button.click();
    await moved(own, this.caseId, view.revision, '结果');
    await this.open(page);
    const aims = (await button.count()) === 0 ? [] : [{ text: await pressed(button), at: button }];
    // What is still awaited is said by the page being the same.
    const still = (await own.case(this.caseId)).tasks.some(
      ({ mine, state }) => mine && isAround(state, accident.state),
    );
    const after = still ? '以后，还停在这一步，可以再试：' : '以后：';
    return this.shot(page, accident, 'mishap', `没有付成时点击“${offer.title}”${after}`, aims);
  }

  private async open(page: Page): Promise<void> {
    await page.goto(`${this.base}/cases/${this.caseId}`);
    await page.locator('main h1').first().waitFor();
    await pause(1_500);
  }

  private async shot(
    page: Page,
    { state }: Accident,
    place: 'accident' | 'mishap',
    caption: string,
    aims: readonly Aim[],
    only?: Locator,
  ): Promise<Shot> {
    const framing = { longest: LONGEST_WHOLE[place], one: true, ...(only === undefined ? {} : { only }) };
    const pictures = await shoot(page, aims, framing);
    return { states: [state], place, caption, device: 'desktop', pictures };
  }
}

function isAround(one: string, other: string): boolean {
  return within(one, other) || within(other, one);
}
