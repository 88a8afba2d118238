import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { WorkReport } from '../../engine/contract/running.ts';
import { useBrowser } from './support/browser.ts';
import { journeyToReview } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** Operations and leads: what is stuck, what was claimed by somebody who is away, what was done together. */
const browser = useBrowser();
const { server, world } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const HOUR = 3_600_000;

const clean = async (page: Page) => expect(await accessProblems(page, axe)).toEqual([]);

it('operations hold late cases together and release them; the report tells the truth and is there after a restart', async () => {
  const one = await journeyToReview(server.url, world, 'szmg');
  const two = await journeyToReview(server.url, world, 'inner-mongolia');
  // More than a working day, whatever day it is.
  await world.advance(5 * 24 * HOUR);
  const { page, troubles, context } = await enterRoom(browser(), server.url, 'desk', 'operations');
  await page.getByRole('link', { name: '运行' }).click();
  await page.waitForURL('**/desk/running');
  const row = (number: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: number }) });
  await row(one.number).waitFor();
  expect(await row(one.number).textContent()).toMatch(/审核客服.*已超时/);
  await clean(page);

  for (const { number } of [one, two]) await page.getByRole('checkbox', { name: `选择 ${number}` }).check();
  // Somebody else is faster with one of them: the report must say so.
  await page.getByRole('button', { name: '一起办理' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /挂起.*2 件可以做/ }).check();
  await dialog.getByRole('textbox').first().fill('等公安核查结果');
  await clean(page);
  await (await logIn(server.url, 'operations2')).send(two.id, 'HOLD', { data: { text: '先挂起' } });
  await dialog.getByRole('button', { name: '挂起（2 件）' }).click();
  await page.waitForURL(/work=/);
  await page.getByText('做成 1，没做 1，不在了 0').waitFor();
  await clean(page);
  const refused = page.getByRole('row').filter({ hasText: '没做' });
  expect(await refused.textContent()).toContain('挂起');
  const id = new URL(page.url()).searchParams.get('work');

  await server.kill();
  await server.restart();
  const operations = await logIn(server.url, 'operations');
  const report = await operations.call<WorkReport>('GET', `/api/running/works/${id}`);
  expect(report.rows.map(({ state }) => state).sort()).toEqual(['done', 'refused']);
  await page.goto(`/desk/running?part=works&work=${id}`);
  await page.getByText('做成 1，没做 1，不在了 0').waitFor();

  // Released together.
  const cases = [one.id, two.id].map((each) => ({ id: each }));
  const { id: back } = await operations.call<{ id: string }>('POST', '/api/running/works', {
    ...{
      action: 'event',
      event: 'UNHOLD',
      title: '恢复',
      rows: cases,
      data: { text: '已核查' },
    },
  });
  await page.goto(`/desk/running?part=works&work=${back}`);
  await page
    .getByText(/做成|没做/)
    .first()
    .waitFor();
  expect(troubles.filter((trouble) => !/Failed to load|net::ERR|502|fetch/.test(trouble))).toEqual([]);
  await context.close();
});

it('a lead hands the tasks of somebody who is away to another reviewer, and the history says who did it', async () => {
  const journey = await journeyToReview(server.url, world, 'szmg');
  await journey.claim('reviewer');
  const other = await journeyToReview(server.url, world, 'szmg');
  await other.claim('reviewer');
  const { page, troubles, context } = await enterRoom(browser(), server.url, 'desk', 'reviewLead');
  await page.goto('/desk/running?part=claims');
  const claims = page.getByRole('region', { name: /审核客服甲 领取了/ });
  await claims.waitFor();
  await clean(page);
  await claims.getByRole('checkbox', { name: `选择 ${journey.number}` }).check();
  await claims.getByRole('combobox').selectOption({ label: '审核客服乙，手上 0 件' });
  await claims.getByRole('button', { name: '转交' }).click();
  await page.getByText('做成 1，没做 0，不在了 0').waitFor();
  const second = await logIn(server.url, 'reviewer2');
  expect((await second.queue('mine')).rows.map(({ id }) => id)).toContain(journey.id);
  // The one that was not chosen stays where it was, and goes back to the queue now.
  const first = await logIn(server.url, 'reviewer');
  expect((await first.queue('mine')).rows.map(({ id }) => id)).toContain(other.id);
  await page.goto('/desk/running?part=claims');
  await claims.getByRole('button', { name: '全部退回队列' }).click();
  await page.getByText('做成 1，没做 0，不在了 0').waitFor();
  expect((await first.queue('mine')).rows).toEqual([]);
  expect((await second.queue('open')).rows.map(({ id }) => id)).toContain(other.id);
  // A reviewer has no business here.
  await expect(first.call('GET', '/api/running/claims')).rejects.toMatchObject({ status: 403 });
  expect(troubles).toEqual([]);
  await context.close();
});
