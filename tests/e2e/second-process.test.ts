import { describe, expect, it } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { openCase, openDesk, withPictures } from './support/desk.ts';
import { company, openHall } from './support/hall.ts';
import { offersOf, untilLabel, untilView } from './support/journey.ts';
import { logIn, type Person, samplePath } from './support/people.ts';
import { day } from './support/sandbox.ts';
import { useServer } from './support/server.ts';

/** (g) A process of another office, in YAML and JSON alone, through the same pages: two people look at once, within a term. */
const browser = useBrowser();
const { server, world } = useServer();

/** A request that was sent in, over HTTP. */
async function sentIn(applicant: Person): Promise<string> {
  const id = await applicant.start('district-archive');
  await applicant.send(id, 'NEXT');
  await applicant.send(id, 'NEXT');
  await applicant.send(id, 'SUBMIT');
  await untilLabel(applicant, id, '审查中');
  return id;
}

describe('district-archive', () => {
  it('from the guide to the copy: hall and desk by their pages, two officers at once, its own papers', async () => {
    const of = company();
    const hall = await openHall(browser(), server.url);
    const { page } = hall;
    let id = '';
    await withPictures(
      'archive-hall',
      () => [page],
      async () => {
        await page.goto('/p/district-archive');
        await page.getByRole('link', { name: '登录后开始办理' }).click();
        await hall.logIn();
        await page.getByRole('button', { name: /开始办理|另办一件/ }).click();
        await hall.field('archiveTerms', 'terms').waitFor();
        id = hall.caseId();
        const next = page.locator('[data-event="NEXT"]');
        expect(await next.getAttribute('aria-disabled')).toBe('true');
        await hall.field('archiveTerms', 'terms').check();
        await next.click();

        // Its own fields, conditions and checks.
        await page.getByLabel('受托律师').check();
        await hall.field('requester', 'firm').fill('示例律师事务所');
        await page.getByLabel('档案所属企业的人员').check();
        await expect.poll(() => hall.field('requester', 'firm').count()).toBe(0);
        await hall.field('requester', 'name').fill(of.person.name);
        await hall.field('requester', 'idNumber').fill(of.person.idNumber);
        await hall.field('requester', 'mobile').fill(of.person.mobile);
        await hall.field('copyRequest', 'holderName').fill(of.name);
        await hall.field('copyRequest', 'holderCode').fill(of.number);
        await page.getByLabel('执照副本').check();
        await page.getByLabel('章程').check();
        await hall.field('copyRequest', 'copies').fill('50');
        await page.getByLabel('投标').check();
        await page.getByLabel('到窗口领取').check();
        await next.click();
        await page
          .getByText(/超过每次可以申请的份数/)
          .first()
          .waitFor();
        await hall.field('copyRequest', 'copies').fill('2');
        await next.click();

        await hall.title('打印申请书，签章后上传');
        const paper = await page.locator('.documents a').first().getAttribute('href');
        const printed = await page.request.get(`${server.url}${paper}`);
        expect(printed.headers()['content-type']).toContain('application/pdf');
        expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-');
        expect(await pdfText(await printed.body())).toMatch(/登记档案查阅复制申请书/);
        // The owner of the archive proves no interest, and nobody sends a lawyer's letter.
        expect(await hall.field('supporting', 'interestProof').count()).toBe(0);
        expect(await hall.field('supporting', 'lawyerLetter').count()).toBe(0);
        for (const slot of ['requestForm', 'idCopy'])
          await hall.field('supporting', slot).setInputFiles(samplePath('stamped-application-form'));
        await page.locator('#form-supporting').getByText('已上传', { exact: true }).nth(1).waitFor();
        await hall.press('提交申请');
        await page.getByText('审查中', { exact: true }).first().waitFor();
      },
    );

    const archivist = await openDesk(browser(), server.url, 'archivist');
    const lawyer = await openDesk(browser(), server.url, 'legalOfficer');
    await withPictures(
      'archive-desk',
      () => [archivist.page, lawyer.page, page],
      async () => {
        const number = await hall.number();
        // Both have it in their queue at the same time; each sees only their own buttons.
        await (await archivist.row(number)).getByRole('link', { name: /办理/ }).click();
        await (await lawyer.row(number)).getByRole('link', { name: /办理/ }).click();
        await archivist.offer('ARCHIVE_OK').waitFor();
        await lawyer.offer('LEGAL_OK').waitFor();
        expect(await archivist.offer('LEGAL_OK').count()).toBe(0);
        expect(await lawyer.offer('ARCHIVE_OK').count()).toBe(0);
        await lawyer.data.getByText('档案所属企业的人员').waitFor();
        await lawyer.papers.getByRole('tab', { name: /身份证复印件/ }).click();
        await lawyer.papers.locator('img').first().waitFor();

        // One agrees; the other's page stays as it is and their button still works.
        await lawyer.press('LEGAL_OK');
        await lawyer.page.getByText('同意公开，已完成。').waitFor();
        await page.getByText('审查中', { exact: true }).first().waitFor();
        await archivist.press('ARCHIVE_OK');
        await archivist.page.getByText('同意提供，已完成。').waitFor();
        await archivist.label('制作副本中');
        await page.getByText('制作副本中', { exact: true }).first().waitFor();

        // The copy: its number is checked by the form of this process, its sheet is printed.
        await archivist.press('ISSUE');
        const dialog = archivist.page.getByRole('dialog');
        await dialog.locator('#f-copyIssue-serial').fill('示例');
        await dialog.locator('#f-copyIssue-pages').fill('12');
        await dialog.locator('[data-event="ISSUE"]').click();
        await dialog.locator('.fv-summary').waitFor();
        await dialog.locator('#f-copyIssue-serial').fill('DA-2026-0001');
        await dialog.locator('[data-event="ISSUE"]').click();
        await archivist.label('待领取');
        const sheet = archivist.papers.getByRole('tab', { name: /副本/ }).first();
        await sheet.click();
        await archivist.papers.locator('canvas').first().waitFor();
        const copy = await archivist.page.request.get(`${server.url}/api/cases/${id}/documents/copyCertificate.pdf`);
        expect(await pdfText(await copy.body())).toContain('DA-2026-0001');
        expect((await world.messages()).some((one) => one.text.includes('DA-2026-0001'))).toBe(true);
        await archivist.press('COLLECTED');
        await page.getByText('已办结', { exact: true }).first().waitFor();
        await page.getByText('这件业务单已经结束').waitFor();
      },
    );
    await archivist.leave();
    await lawyer.leave();
    expect(hall.window.troubles).toEqual([]);
    await hall.window.context.close();
  });

  it('is returned with one flag by the desk: only that is open to the applicant', async () => {
    const applicant = await logIn(server.url, 'applicant2');
    const id = await sentIn(applicant);
    await (await logIn(server.url, 'archivist')).send(id, 'ARCHIVE_OK');
    const lawyer = await openDesk(browser(), server.url, 'legalOfficer');
    await withPictures(
      'archive-return',
      () => [lawyer.page],
      async () => {
        await lawyer.open(id);
        await lawyer.data.getByRole('button', { name: '标记 份数' }).click();
        await lawyer.opinion.getByRole('textbox').last().fill('投标一般只需要一份');
        expect(await lawyer.offer('LEGAL_OK').getAttribute('aria-disabled')).toBe('true');
        await lawyer.press('LEGAL_RETURN');
        await lawyer.page.getByText('退回补正，已完成。').waitFor();
      },
    );
    await lawyer.leave();
    const hall = await openCase(browser(), server.url, id, 'applicant2');
    const { page } = hall;
    await withPictures(
      'archive-correction',
      () => [page],
      async () => {
        await page.getByText('投标一般只需要一份').first().waitFor();
        await hall.press('补正');
        await hall.title('补正被退回的内容');
        const controls = page.locator('.formmain .formbody').locator('input:not([type=hidden]), textarea, select');
        expect(await controls.evaluateAll((all) => all.map((one) => one.id))).toEqual(['f-copyRequest-copies']);
        await page.locator('[data-event="RESUBMIT"]').waitFor();
      },
    );
    await hall.window.context.close();
  });

  it('goes to the supervisor when the term is over', async () => {
    const applicant = await logIn(server.url, 'applicant2');
    const id = await sentIn(applicant);
    await world.advance(8 * day);
    await untilLabel(applicant, id, '审查超期，主管处理中');
    const late = await logIn(server.url, 'archivist');
    expect(offersOf(await late.case(id))).not.toContain('ARCHIVE_OK');
    const desk = await openDesk(browser(), server.url, 'supervisor');
    await withPictures(
      'archive-supervisor',
      () => [desk.page],
      async () => {
        await desk.open(id);
        await desk.press('GRANT');
        const dialog = desk.page.getByRole('dialog');
        await dialog.locator('[data-event="GRANT"]').click();
        await dialog.getByText(/理由/).first().waitFor();
        await dialog.locator('textarea').fill('申请人是企业本身，依法可以提供');
        await dialog.locator('[data-event="GRANT"]').click();
        await desk.page.getByText('决定提供，已完成。').waitFor();
      },
    );
    await desk.leave();
    await untilView(applicant, id, 'both proofs', (view) => view.facts.every((fact) => fact.provenAt !== null));
  });
});

/** The words of a PDF, as a reader of it would copy them. */
async function pdfText(bytes: Buffer): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const content = await (await pdf.getPage(number)).getTextContent();
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await pdf.destroy();
  return pages.join('\n');
}
