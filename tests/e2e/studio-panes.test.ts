import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

/** A proof takes some seconds, more on a busy machine. */
const long = { timeout: 120_000 };
const PATIENCE = 300_000;

const browser = useBrowser();
const { server } = useServer();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** Puts a text into a project's draft. */
async function draft(id: string, change: (yaml: string) => string): Promise<StudioProject> {
  const admin = await logIn(server.url, 'admin');
  const { yaml, base } = await admin.call<StudioProject>('GET', `/api/studio/projects/${id}`);
  return admin.call<StudioProject>('PUT', `/api/studio/projects/${id}/draft`, { yaml: change(yaml), base });
}

describe('before publishing', () => {
  it('four panes say who wrote each line, what the diagram shows, what cases do and what applicants see', {
    timeout: PATIENCE,
  }, async () => {
    await draft('szmg', (yaml) =>
      yaml
        .replace('settings:', 'settings:\n  legalRepAuth: false\n  prices: { organization: { "1": 19900 } }')
        .replace('元旦假期办理安排', '元旦假期安排'),
    );
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'admin');
    // At a glance: what the draft changes.
    const row = page.getByRole('row').filter({ hasText: 'szmg' }).filter({ hasText: '改了：' });
    await row.first().waitFor();
    expect(await row.first().innerText()).toMatch(/证书费/);

    await page.goto('/studio/szmg?tab=changes');
    const pane = (title: string) =>
      page.locator('section.pane').filter({ has: page.getByRole('heading', { name: title }) });
    const effective = pane('有效配置');
    const changed = effective.locator('tr.eff-changed').filter({ hasText: 'legalRepAuth: false' });
    await changed.waitFor(long);
    expect(await changed.innerText()).toContain('原来：true');
    // What a setting takes away is struck, in its place, with the line of the fragment that wrote it.
    await effective.locator('tr.eff-off').filter({ hasText: 'legalRep:' }).first().waitFor();
    await effective.getByLabel('只看本项目改了的').uncheck();
    await effective.getByLabel('查找').fill('maxTransfers');
    await effective.getByText(/\d+ 处/).waitFor();
    await effective.locator('tr.here').waitFor();

    const picture = pane('流程图差别');
    await picture.locator('.dg-node.is-removed').first().waitFor(long);
    expect(await picture.locator('.dg-node.is-removed').first().innerText()).toMatch(/去掉/);
    await picture.getByRole('button', { name: '原来', exact: true }).click();
    expect(await picture.locator('.dg-node.is-removed').count()).toBe(0);
    await picture.getByRole('button', { name: '差别', exact: true }).click();

    const seen = pane('申请人看到的差别');
    await seen.getByText('199.00').waitFor(long);
    expect(await seen.innerText()).toMatch(/280\.00/);
    await seen.getByText('公告').first().waitFor();
    await pane('办法有何不同')
      .getByRole('link', { name: /演这条路/ })
      .first()
      .waitFor(long);
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await accessProblems(page, axe)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 1000 });

    // The source of a line of the project leads to it in the text.
    await effective.getByLabel('查找').fill('legalRepAuth: false');
    await changed.getByRole('button', { name: /本项目 第/ }).click();
    await page.locator('.cm-activeLine').filter({ hasText: 'legalRepAuth' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('the editor proposes and explains, and says what is wrong while one types', { timeout: PATIENCE }, async () => {
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'admin');
    await page.goto('/studio/shenzhen-construction?tab=yaml');
    const editor = page.locator('.cm-content');
    await editor.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('laws: { own: { title: 自己的, offers: LEG');
    const proposals = page.locator('.cm-tooltip-autocomplete li');
    // Names are known once the text was checked for the first time; asked for by its key until then.
    await expect
      .poll(
        async () => {
          const found = await proposals.filter({ hasText: 'LEGAL_REP' }).count();
          if (found > 0) return found;
          // What was proposed before the check came is put away.
          if ((await proposals.count()) > 0) await page.keyboard.press('Escape');
          await page.keyboard.press('Control+Space');
          return 0;
          // Asked for again at once, it would never come to an answer.
        },
        { ...long, interval: 2_000 },
      )
      .toBeGreaterThan(0);
    expect(await proposals.filter({ hasText: 'LEGAL_REP' }).first().innerText()).toContain('法人认证');
    await page.keyboard.press('Escape');
    await page.keyboard.type('AL_REPP, must: true } }');
    await page.locator('.cm-lint-marker-error').waitFor(long);
    await page.getByText('改为 LEGAL_REP').waitFor(long);
    for (let letter = 0; letter < ', must: true } }'.length; letter += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Backspace');
    await expect.poll(() => page.getByText('改为 LEGAL_REP').count(), long).toBe(0);
    await page.getByText('extends', { exact: true }).hover();
    await page.locator('.yamlhover').getByText('沿用哪一种业务流程').waitFor();
    expect(troubles).toEqual([]);
  });

  it('a refused way is gone step by step on the diagram and kept as a scenario that is played from then on', {
    timeout: PATIENCE,
  }, async () => {
    await draft(
      'shenzhen-construction',
      (yaml) => `${yaml}\nlaws: { never: { title: 任何时候都不提供法人认证, offers: LEGAL_REP, must: false } }\n`,
    );
    const { page, troubles } = await enterRoom(browser(), server.url, 'studio', 'publisher');
    await page.goto('/studio/shenzhen-construction');
    await page.getByRole('button', { name: '准备发布' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('发布说明').fill('不提供');
    await dialog.getByRole('button', { name: '发布', exact: true }).click();
    const way = dialog.getByRole('group', { name: /^怎样走到/ }).first();
    await way.waitFor(long);
    const all = Number(/共 (\d+) 步/.exec(await way.innerText())?.[1]);
    expect(all).toBeGreaterThan(5);
    await way.getByText(`第 ${all} 步，共 ${all} 步`).waitFor();
    expect(await way.locator('.dg-node.active').count()).toBeGreaterThan(0);
    const last = await way.locator('.muted').first().innerText();
    await way.getByRole('button', { name: '上一步' }).click();
    await way.getByRole('button', { name: '上一步' }).click();
    await way.getByText(`第 ${all - 2} 步，共 ${all} 步`).waitFor();
    expect(await way.locator('.muted').first().innerText()).not.toBe(last);
    await way.getByRole('button', { name: '下一步', exact: true }).click();
    expect(await accessProblems(page, axe)).toEqual([]);

    await dialog
      .getByRole('button', { name: /^存为场景/ })
      .first()
      .click();
    await dialog.getByText('已存为场景').waitFor();
    await page.goto('/studio/shenzhen-construction?tab=changes');
    const kept = page.locator('section.pane').filter({ has: page.getByRole('heading', { name: '存下的场景' }) });
    await kept
      .getByText(/任何时候都不提供法人认证/)
      .first()
      .waitFor(long);
    page.once('dialog', (asked) => void asked.accept());
    await kept.getByRole('button', { name: /^不再演/ }).click();
    await kept.getByText(/还没有存下场景/).waitFor();
    expect(troubles.filter((one) => !one.includes('409'))).toEqual([]);
  });
});
