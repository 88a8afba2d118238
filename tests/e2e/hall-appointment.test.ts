import { expect, it } from 'vitest';
import { desktop, phone, useBrowser } from './support/browser.ts';
import type { Hall } from './support/hall.ts';
import { logIn } from './support/people.ts';
import { eventually } from './support/sandbox.ts';
import { useServer } from './support/server.ts';
import { visit } from './support/visit.ts';

/** 商事证书办理预约: a place at a counter, from the hall's menu to the counter, with others who want the same time. */
const browser = useBrowser();
const { server, world } = useServer();

const hour = 3_600_000;
const nine = '09:00—10:00';
const ten = '10:00—11:00';

async function fillVisitor(hall: Hall, mobile: string): Promise<void> {
  await hall.field('visitor', 'organization').fill('深圳市虚拟云帆科技有限公司');
  await hall.field('visitor', 'matter').selectOption({ label: '变更' });
  await hall.field('visitor', 'name').fill('林示例');
  await hall.field('visitor', 'mobile').fill(mobile);
  await hall.field('visitor', 'consent').check();
}

/** The second day that can be chosen: others of the test take the same one. */
async function chooseTime(hall: Hall): Promise<string> {
  await hall.page.getByLabel('市民中心服务厅（示例）').check();
  const day = hall.field('appointment', 'day');
  await day.selectOption({ index: 2 });
  return day.inputValue();
}

/** Somebody else takes a place at that time, over HTTP. */
async function another(mobile: string): Promise<void> {
  const person = await logIn(server.url, 'applicant2');
  const id = await person.start('appointment');
  const { tasks } = await person.case(id);
  const workdays = tasks[0]?.context?.roots?.workdays as readonly string[];
  const visitor = { organization: '别的单位', matter: 'new', name: '陈示例', mobile, consent: true };
  const appointment = { office: 'centre', day: workdays[1] ?? '', slot: '09:00' };
  await person.send(id, 'BOOK', { forms: { visitor, appointment } });
}

it('a time is chosen while others take it, moved, reminded of, and registered at the counter', async () => {
  await another('13700000001');
  await another('13700000002');
  await visit(browser(), server.url, 'appointment', async (hall) => {
    const { page } = hall;
    await page.goto('/');
    const menu = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '商事证书办理预约' });
    await menu.click();
    await hall.title('办理预约');
    // Of the menus only this one is where the person is.
    expect(await menu.getAttribute('aria-current')).toBe('page');
    expect(await page.locator('.mainnav [aria-current]').count()).toBe(1);
    await page.getByText('约满为止').waitFor();
    await page.getByRole('link', { name: '登录后开始办理' }).click();
    await hall.logIn();
    await page.getByRole('button', { name: '开始办理' }).click();
    await hall.title('预约须知');

    await fillVisitor(hall, '13700000003');
    // What may be chosen are working days, with their weekdays.
    const days = await hall.field('appointment', 'day').locator('option').allInnerTexts();
    expect(days).toHaveLength(11);
    expect(days.slice(1).every((one) => /^\d{4}年\d+月\d+日（周[一二三四五六日]）$/.test(one))).toBe(true);
    await chooseTime(hall);
    const slot = page.locator('.fv-choice', { hasText: nine });
    await slot.getByText('还剩 1 个').waitFor();
    await slot.getByRole('radio').check();
    expect(await page.getByText(/到场时间/).count()).toBe(1);

    // Somebody was faster: the sentence says what to do, nothing is lost, and the full time can be chosen no more.
    await another('13700000004');
    await hall.press('确认预约');
    await page.getByText('这个时段刚刚约满，请换一个时段').waitFor();
    expect(await hall.field('visitor', 'name').inputValue()).toBe('林示例');
    await page.locator('.fv-choice', { hasText: ten }).getByRole('radio').check();
    await hall.press('确认预约');
    await hall.title('按预约的时间到网点办理');
    expect((await hall.view()).status.label).toBe('已预约');
    const [first] = await world.messages('13700000003');
    expect(first?.text).toContain('已为您预约');

    // Moving: the full time is shown as full; the own one is still the person's.
    await hall.press('改期');
    await hall.title(/重新选择网点和时间/);
    await page.locator('.fv-choice', { hasText: nine }).getByText('已约满').waitFor();
    expect(await page.locator('.fv-choice', { hasText: nine }).getByRole('radio').isDisabled()).toBe(true);
    await page.locator('.fv-choice', { hasText: '14:00—15:00' }).getByRole('radio').check();
    await hall.press('确认改期');
    await hall.title('按预约的时间到网点办理');
    // It stands in a list of its own, with time and place.
    await page.goto('/lists/appointments');
    await hall.title('我的业务单-预约');
    await page.locator('td', { hasText: '14:00—15:00' }).first().waitFor();
    await page.locator('td', { hasText: '市民中心服务厅' }).first().waitFor();
  });

  // The day comes: a reminder, and the counter registers who is there.
  const applicant = await logIn(server.url, 'applicant');
  const [row] = (await applicant.cases()).rows;
  const id = row?.id ?? '';
  await eventually('the reminder', async () => {
    await world.advance(6 * hour);
    const texts = (await world.messages('13700000003')).map(({ text }) => text);
    return texts.some((text) => text.includes('提醒您')) || null;
  });
  await visit(
    browser(),
    server.url,
    'appointment-counter',
    async (desk) => {
      await desk.page.goto('/login?next=/desk?view=open');
      await desk.logIn('counter');
      await desk.page.locator('tr', { hasText: '虚拟云帆' }).getByRole('link').first().click();
      await desk.page.getByRole('button', { name: '已到场' }).waitFor();
    },
    desktop,
  );
  const counter = await logIn(server.url, 'counter');
  await eventually('the day', async () => {
    await world.advance(2 * hour);
    return counter
      .send(id, 'ARRIVED')
      .then(() => true)
      .catch(() => null);
  });
  expect((await applicant.case(id)).status.label).toBe('已到场');
});

it('on a phone a time is chosen, and given back', async () => {
  await visit(
    browser(),
    server.url,
    'appointment-phone',
    async (hall) => {
      const { page } = hall;
      await page.goto('/login?next=/p/appointment');
      await hall.logIn('applicant2');
      await page.getByRole('button', { name: /开始办理|另办一件/ }).click();
      await hall.title('预约须知');
      await fillVisitor(hall, '13700000009');
      await page.getByLabel('海港服务厅（示例）').check();
      await hall.field('appointment', 'day').selectOption({ index: 1 });
      await page.locator('.fv-choice', { hasText: '11:00—12:00' }).getByText('还剩 3 个').waitFor();
      await page.locator('.fv-choice', { hasText: '11:00—12:00' }).getByRole('radio').check();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
      await hall.press('确认预约');
      await hall.title('按预约的时间到网点办理');
      await page.getByText('其他操作', { exact: true }).click();
      await page.getByRole('button', { name: '取消预约' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: '取消预约' }).click();
      await page.getByText('已取消').first().waitFor();
    },
    phone,
  );
});
