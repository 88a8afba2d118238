import { describe, expect, it } from 'vitest';
import type { StudioProject } from '../../engine/contract/routes.ts';
import { useBrowser } from './support/browser.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { enterRoom } from './support/workbench.ts';

/** The server dies (SIGKILL) around publishing; afterwards a release is whole and in force or not there, and the page says which. */
const PATIENCE = 600_000;
const long = { timeout: 240_000 };
const id = 'appointment';

const browser = useBrowser();
const { server } = useServer();

const projectNow = async () =>
  (await logIn(server.url, 'publisher')).call<StudioProject>('GET', `/api/studio/projects/${id}`);

async function draft(title: string): Promise<void> {
  const admin = await logIn(server.url, 'admin');
  const { yaml, base } = await admin.call<StudioProject>('GET', `/api/studio/projects/${id}`);
  const text = yaml.replace(/^title: .*$/m, `title: ${title}`);
  await admin.call('PUT', `/api/studio/projects/${id}/draft`, { yaml: text, base });
}

async function ready(note: string) {
  const window = await enterRoom(browser(), server.url, 'studio', 'publisher');
  const { page } = window;
  window.context.setDefaultTimeout(60_000);
  await page.goto(`/studio/${id}`);
  await page.getByRole('button', { name: '准备发布' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('发布说明').fill(note);
  const press = () => dialog.getByRole('button', { name: /^(发布|仍然发布)$/ }).click();
  return { window, page, dialog, press };
}

describe('a server that dies at publishing', () => {
  it('after the release is written and before it is answered: the page says that it is published', {
    timeout: PATIENCE,
  }, async () => {
    const before = await projectNow();
    await draft('预约办理一');
    const { window, page, dialog, press } = await ready('第一次');
    let sent = 0;
    await page.route('**/publish', async (route) => {
      sent += 1;
      // The answer is made, and never comes to the page.
      const answer = await route.fetch({ timeout: 240_000 });
      expect(answer.status()).toBe(200);
      await server.kill();
      await route.abort('connectionreset');
    });
    await press();
    await dialog.getByText('没有收到答复，正在确认有没有发布').waitFor(long);
    await server.restart();
    await page.getByText(/已发布第 \d+ 版/).waitFor(long);
    expect(sent).toBe(1);
    const after = await projectNow();
    expect(after.history).toHaveLength(before.history.length + 1);
    expect(after.history[0]).toMatchObject({ note: '第一次' });
    expect(after).toMatchObject({ draft: null, title: '预约办理一' });
    expect(after.release?.hash).toBe(after.history[0]?.hash);
    await window.context.close();
  });

  it('before anything is written: the page says that it is not published, and pressing again publishes once', {
    timeout: PATIENCE,
  }, async () => {
    const before = await projectNow();
    await draft('预约办理二');
    const { window, page, dialog, press } = await ready('第二次');
    const asked = page.waitForRequest('**/publish');
    await press();
    await asked;
    await server.kill();
    await dialog.getByText('没有收到答复，正在确认有没有发布').waitFor(long);
    await server.restart();
    await dialog
      .getByText('已经确认没有发布，可以再按一次')
      .or(page.getByText(/已发布第 \d+ 版/))
      .first()
      .waitFor(long);
    const now = await projectNow();
    const isPublished = now.history.length > before.history.length;
    // Killed while it is proved; on a machine that proves in no time the release is there, whole.
    expect(await page.getByText(/已发布第 \d+ 版/).count()).toBe(isPublished ? 1 : 0);
    if (!isPublished) {
      expect(now.release?.hash).toBe(before.release?.hash);
      expect(now.draft).not.toBeNull();
      await press();
      await page.getByText(/已发布第 \d+ 版/).waitFor(long);
    }
    const after = await projectNow();
    expect(after.history).toHaveLength(before.history.length + 1);
    expect(after).toMatchObject({ draft: null, title: '预约办理二' });
    await window.context.close();
  });

  it('at any moment of the writing: the release is whole and in force, or there is none', {
    timeout: PATIENCE,
  }, async () => {
    for (const wait of [2, 6, 12, 20, 40]) {
      const before = await projectNow();
      const title = `预约办理，第 ${wait} 毫秒`;
      await draft(title);
      const publisher = await logIn(server.url, 'publisher');
      const { base } = await projectNow();
      // A story that fails has the draft judged and refused; the verdict is kept, so that what is left is the writing.
      const text = `language: 2\nscenario: 马上办完 ${wait}\nproject: ${id}\nsteps: [{ expect: { over: true } }]\n`;
      await publisher.call('POST', `/api/studio/projects/${id}/scenarios`, { text });
      const body = { note: `第 ${wait} 毫秒`, base };
      await expect(publisher.call('POST', `/api/studio/projects/${id}/publish`, body)).rejects.toThrow(/409/);
      const publishing = publisher
        .call('POST', `/api/studio/projects/${id}/publish`, { ...body, stories: 'changed' })
        .then(
          () => 'published',
          () => 'unknown',
        );
      await new Promise((done) => setTimeout(done, wait));
      await server.kill();
      const told = await publishing;
      await server.restart();
      const after = await projectNow();
      const isPublished = after.history.length > before.history.length;
      if (told === 'published') expect(isPublished).toBe(true);
      if (isPublished) {
        expect(after).toMatchObject({ draft: null, title });
        expect(after.release?.hash).toBe(after.history[0]?.hash);
        // It is whole: its files come, and a case begins by it.
        const applicant = await logIn(server.url, 'applicant');
        expect((await applicant.case(await applicant.start(id))).release).toBe(after.release?.hash);
      } else {
        expect(after.release?.hash).toBe(before.release?.hash);
        expect(after.draft).not.toBeNull();
      }
    }
  });
});
