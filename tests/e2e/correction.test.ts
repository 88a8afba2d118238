import { describe, expect, it } from 'vitest';
import type { CaseView } from '../../engine/contract/view.ts';
import type { Json } from '../../engine/model/json.ts';
import { keepPicture, useBrowser } from './support/browser.ts';
import { openCase, openDesk, withPictures } from './support/desk.ts';
import { journeyToReview, untilLabel, untilView } from './support/journey.ts';
import { HttpError, type Person, samplePath } from './support/people.ts';
import { useServer } from './support/server.ts';

/** (d) A rejection by the desk's pages: two flags open two fields, nothing else, and what comes back is approved. */
const browser = useBrowser();
const { server, world } = useServer();

const FLAGGED = ['delivery.address', 'documents.businessLicence'];

describe('a rejection with two flags', () => {
  it('opens only these, keeps all else byte by byte, comes back and is approved', async () => {
    const journey = await journeyToReview(server.url, world);
    const { id, number, applicant } = journey;
    const before = await everything(applicant, id);
    expect(before.size).toBeGreaterThan(25);
    expect([...before.keys()]).toEqual(expect.arrayContaining(FLAGGED));

    const desk = await openDesk(browser(), server.url, 'reviewer');
    await withPictures(
      'rejecting',
      () => [desk.page],
      async () => {
        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        await desk.press('CLAIM');
        await desk.label('审核中');
        await desk.data.getByRole('button', { name: '标记 营业执照扫描件' }).click();
        await desk.page.keyboard.press('1');
        await desk.data.getByRole('button', { name: '标记 详细地址' }).click();
        await desk.opinion.getByRole('textbox').last().fill('没有楼层和房号，快递员找不到');
        expect(await desk.offer('APPROVE').getAttribute('aria-disabled')).toBe('true');
        await desk.opinion
          .getByText(/没有楼层和房号/)
          .last()
          .waitFor();
        await desk.press('REJECT');
        await desk.page.getByText('驳回，已完成。').waitFor();
      },
    );

    const hall = await openCase(browser(), server.url, id);
    const { page } = hall;
    await withPictures(
      'correcting',
      () => [page],
      async () => {
        // The message on the phone and the page say the same, and the list leads to the correction.
        await page.getByText('没有楼层和房号，快递员找不到').first().waitFor();
        const sent = await world.messages();
        expect(sent.at(-1)?.text).toContain('没有楼层和房号，快递员找不到');
        await page.goto('/orders');
        await page.getByRole('row').filter({ hasText: '未通过' }).first().waitFor();
        await page
          .getByRole('link', { name: /^编辑，/ })
          .first()
          .click();
        await hall.title('修改被退回的内容');

        const controls = page.locator('.formmain .formbody').locator('input:not([type=hidden]), textarea, select');
        const ids = await controls.evaluateAll((all) => all.map((one) => one.id.replace(/-camera$/, '')));
        expect([...new Set(ids)].sort()).toEqual(FLAGGED.map((path) => `f-${path.replace('.', '-')}`).sort());
        await page.getByText('保持不变').first().waitFor();

        // By the interface neither: what is not flagged is not kept, and not taken.
        const draft = { organization: { name: '换了一家公司' }, delivery: { recipient: '别人' } };
        await applicant.call('PATCH', `/api/cases/${id}/draft`, { forms: draft }).catch(() => undefined);
        const view = await applicant.case(id);
        const committed = view.tasks
          .flatMap((task) => task.sections)
          .find((section) => section.kind === 'form' && section.form === 'organization');
        expect(committed).toBeDefined();
        const values = committed?.kind === 'form' ? committed.values : {};
        const forced = await applicant
          .call('POST', `/api/cases/${id}/events`, {
            event: 'RESUBMIT',
            forms: { organization: { ...values, name: '换了一家公司' } },
            revision: view.revision,
            request: 'not-flagged',
          })
          .catch((error: unknown) => error);
        expect(forced).toBeInstanceOf(HttpError);
        expect((forced as HttpError).status).toBe(409);
        expect(JSON.stringify((forced as HttpError).body)).toContain('organization');
        expect(differences(before, await everything(applicant, id))).toEqual([]);

        // Both are mended; a reload loses nothing.
        await hall.field('delivery', 'address').fill('南山区示例路 18 号虚拟大厦 6 层 601');
        await hall.field('documents', 'businessLicence').setInputFiles(samplePath('business-licence'));
        await page.locator('#form-documents').getByText('已上传').first().waitFor();
        await hall.saved();
        await page.reload();
        await hall.title('修改被退回的内容');
        expect(await hall.field('delivery', 'address').inputValue()).toBe('南山区示例路 18 号虚拟大厦 6 层 601');
        await hall.press('重新提交');
        await page.getByText('待审核', { exact: true }).first().waitFor();
      },
    );

    const after = await everything(applicant, id);
    expect(differences(before, after)).toEqual(FLAGGED);
    expect(after.get('delivery.address')).toBe(JSON.stringify('南山区示例路 18 号虚拟大厦 6 层 601'));
    // The stamped form and the seal sheet are the very same files.
    for (const slot of ['applicationForm', 'sealSheet'])
      expect(after.get(`documents.${slot}`)).toBe(before.get(`documents.${slot}`));

    await withPictures(
      'approving',
      () => [desk.page],
      async () => {
        await desk.open(id);
        await desk.press('CLAIM');
        await desk.label('审核中');
        await desk.data.getByText('南山区示例路 18 号虚拟大厦 6 层 601').waitFor();
        // What changed is marked, and can be looked at alone.
        const lines = desk.data.locator('dl .fr');
        const many = await lines.count();
        await expect.poll(() => desk.data.locator('.fr.new').count()).toBe(2);
        await desk.data.getByRole('checkbox', { name: '只看这次改动的 2 项' }).check();
        await expect.poll(() => lines.count()).toBeLessThan(many);
        await desk.data.getByText('南山区示例路 18 号虚拟大厦 6 层 601').waitFor();
        await keepPicture(desk.page, 'changed-only');
        await desk.data.getByRole('checkbox', { name: '只看这次改动的 2 项' }).uncheck();
        // What was said last time stands beside it, and the new picture is the one shown.
        await desk.data.getByText('没有楼层和房号，快递员找不到').waitFor();
        const licence = desk.papers.getByRole('tab', { name: /营业执照扫描件/ });
        await licence.click();
        const shown = desk.papers.locator('img').first();
        await shown.waitFor();
        // A picture is kept anew from its pixels: which one it is says its reference, not its bytes.
        const kept = JSON.parse((await everything(applicant, id)).get('documents.businessLicence') ?? '{}') as {
          id: string;
        };
        expect(JSON.parse(before.get('documents.businessLicence') ?? '{}')).not.toMatchObject({ id: kept.id });
        const src = (await shown.getAttribute('src')) ?? '';
        expect(src).toContain(kept.id);
        expect((await desk.page.request.get(src)).headers()['content-type']).toContain('image/');
        await desk.press('APPROVE');
        await desk.page.getByText('通过，已完成。').waitFor();
      },
    );
    await untilLabel(applicant, id, '待发放');
    const done = await untilView(applicant, id, 'facts', (view) => view.facts.some((fact) => fact.id === 'approved'));
    expect(done.facts.find((fact) => fact.id === 'organizationVerified')?.provenAt).toBeTruthy();
    await desk.leave();
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
  });

  it('of the company itself voids its proof: the code is asked for again before the review', async () => {
    const journey = await journeyToReview(server.url, world);
    const { id, number } = journey;
    const reviewer = await journey.claim();
    await reviewer.send(id, 'REJECT', {
      data: { flags: [{ field: 'bank.accountNumber', reason: '账号与开户许可证不一致' }] },
    });
    const hall = await openCase(browser(), server.url, id);
    const { page } = hall;
    await withPictures(
      'correcting-account',
      () => [page],
      async () => {
        await hall.press('编辑');
        await hall.title('修改被退回的内容');
        await hall.field('bank', 'accountNumber').fill('4000 0212 3456 7890 457');
        await hall.saved();
        const sooner = (await world.statement(number)).length;
        await hall.press('重新提交');
        await hall.title('输入对公账户收到的随机码');
        await hall.field('randomCode', 'code').fill(await world.remark(number, sooner));
        await hall.press('输入随机码');
        await page.getByText('待审核', { exact: true }).first().waitFor();
      },
    );
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
  });

  it('says beforehand what has to be proven again, and more is opened when the applicant asks for it', async () => {
    const journey = await journeyToReview(server.url, world);
    const { id, number, applicant } = journey;
    await (await journey.claim()).send(id, 'REJECT', {
      data: { flags: [{ field: 'bank.accountNumber', reason: '账号与开户许可证不一致' }] },
    });
    const before = await everything(applicant, id);
    const hall = await openCase(browser(), server.url, id);
    const desk = await openDesk(browser(), server.url, 'reviewer');
    const { page } = hall;
    await withPictures(
      'asking-for-more',
      () => [page, desk.page],
      async () => {
        // On the page of the rejection, and again where it is mended: which proofs the change would void, and which not.
        const redo = page.getByRole('region', { name: '改动后要重新证明的' });
        for (const step of ['按驳回原因修改后重新提交', '修改被退回的内容']) {
          await hall.title(step);
          await redo.getByText('单位已认证').waitFor();
          expect(await redo.innerText()).toContain('基本户账号');
          expect(await redo.innerText()).not.toMatch(/经办人已认证|已支付/);
          if (step.startsWith('按')) await hall.press('编辑');
        }
        expect(await hall.field('agent', 'email').count()).toBe(0);

        // What was typed meanwhile stays.
        await hall.field('bank', 'accountNumber').fill('4000 0212 3456 7890 457');
        await hall.saved();
        const ask = async (text: string): Promise<void> => {
          await page.locator('summary', { hasText: '其他操作' }).first().click();
          await page.locator('[data-event="ASK_MORE"]').click();
          await page.getByRole('dialog').locator('#f-openRequest-text').fill(text);
          await page.getByRole('dialog').locator('[data-event="ASK_MORE"]').click();
          await page.getByText('等待开放其他内容', { exact: true }).first().waitFor();
        };
        await ask('邮箱也停用了，请开放经办人的邮箱');

        await (await desk.row(number)).getByRole('link', { name: /办理/ }).click();
        await desk.data.getByText('邮箱也停用了').waitFor();
        // What was sent back is flagged already, in the words of then; the rest is a click.
        await desk.opinion.getByRole('textbox', { name: /基本户账号/ }).waitFor();
        await desk.data.getByRole('button', { name: /标记 .*邮箱/ }).click();
        await desk.opinion.getByRole('textbox').last().fill('按您的申请开放');
        await desk.press('OPEN_MORE');
        await desk.page.getByText('同意开放，已完成。').waitFor();

        await hall.title('修改被退回的内容');
        await hall.field('agent', 'email').waitFor();
        expect(await hall.field('bank', 'accountNumber').inputValue()).toMatch(/457$/);
        expect(await page.locator('input#f-agent-name').count()).toBe(0);
        await page.getByText('按您的申请开放').first().waitFor();
        expect(await redo.innerText()).toContain('邮箱');
        await hall.field('agent', 'email').fill('new.address@example.com');
        await hall.saved();
        const sooner = (await world.statement(number)).length;
        await hall.press('重新提交');
        // The printed form bears the address: it is printed and stamped anew, and the account is proven anew.
        await page.getByRole('heading', { level: 1, name: /打印/ }).waitFor();
        await applicant.send(id, 'NEXT');
        await applicant.send(id, 'NEXT');
        await hall.title('输入对公账户收到的随机码');
        await hall.field('randomCode', 'code').fill(await world.remark(number, sooner));
        await hall.press('输入随机码');
        await page.getByText('待审核', { exact: true }).first().waitFor();
      },
    );
    const changed = differences(before, await everything(applicant, id));
    expect(changed).toEqual(expect.arrayContaining(['agent.email', 'bank.accountNumber']));
    expect(changed.filter((path) => !path.startsWith('documents.'))).toEqual(['agent.email', 'bank.accountNumber']);
    await desk.leave();
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
  });
});

/** Every committed field of a case as its owner may read it, as the very text that is stored: `<form>.<field>` -> JSON. */
async function everything(owner: Person, id: string): Promise<Map<string, string>> {
  const view: CaseView = await owner.case(id);
  const release = await owner.release(view.release);
  const found = new Map<string, string>();
  for (const [form, schema] of Object.entries(release.forms))
    for (const field of Object.keys(schema.properties)) {
      const path = `${form}.${field}`;
      const value = await owner
        .call<{ value: Json }>('POST', `/api/cases/${id}/unmask`, { path, reason: '' })
        .then((answer) => answer.value)
        .catch((error: unknown) => {
          if (error instanceof HttpError && error.status === 404) return undefined;
          throw error;
        });
      if (value !== undefined) found.set(path, JSON.stringify(value));
    }
  return found;
}

/** Paths whose stored text is not the same. */
function differences(a: Map<string, string>, b: Map<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}
