import { describe, expect, it } from 'vitest';
import { phone, useBrowser } from './support/browser.ts';
import { company, openHall, openPhone, pay } from './support/hall.ts';
import { logIn } from './support/people.ts';
import { useServer } from './support/server.ts';
import { openCase, visit } from './support/visit.ts';

/** The server dies (SIGKILL) at every turn of the way, under open pages; they say so, wait, and go on by themselves. */
/** A start takes its time on a small machine, and there are many. */
const PATIENCE = 600_000;

const browser = useBrowser();
const { server, world } = useServer();

describe('a server that dies', () => {
  it(
    'under a pressed button, an upload, the phone, the wallet, the transfer and the review',
    async () => {
      const of = company();
      const applicant = await logIn(server.url, 'applicant');
      const id = await applicant.start('szmg');
      await applicant.send(id, 'NEXT');
      await applicant.send(id, 'NEXT');
      await visit(browser(), server.url, 'kill', async (hall) => {
        const { page } = hall;
        // Pages try again with growing pauses, and a server takes its time to come back.
        hall.window.context.setDefaultTimeout(45_000);
        await openCase(hall, id);
        await hall.title('填写申请信息');
        await hall.fillIn(of);
        await hall.saved();

        // A button is pressed while nobody answers: it says that it is finding out, and the step is made once.
        await server.kill();
        await hall.press('下一步');
        await page
          .getByText(/正在确认/)
          .first()
          .waitFor();
        await server.restart();
        await hall.title('核对并打印申请表');
        const moves = (await applicant.case(id)).timeline.filter((entry) => entry.title === '填写申请信息');
        expect(moves).toHaveLength(1);
        await hall.press('下一步');

        // An upload breaks off: the slot says that the file is still there, and takes it again.
        await hall.title('上传证件资料');
        await server.kill();
        await hall.upload('documents', 'applicationForm', 'stamped-application-form');
        const again = page.getByRole('button', { name: '再试一次' });
        await again.waitFor();
        await server.restart();
        await again.click();
        await page.locator('#form-documents').getByText('已上传', { exact: true }).first().waitFor();
        await hall.upload('documents', 'businessLicence', 'business-licence');
        await hall.upload('documents', 'sealSheet', 'stamped-seal-sheet');
        await page.locator('#form-documents').getByText('已上传', { exact: true }).nth(2).waitFor();
        await hall.press('下一步');

        // The phone: killed between the pictures and the button, which is pressed before the server is back.
        await hall.title('用手机扫码，完成经办人认证');
        const handset = await openPhone(browser(), hall);
        handset.window.context.setDefaultTimeout(45_000);
        await handset.title('在手机上拍摄身份证');
        expect(handset.page.viewportSize()).toEqual(phone);
        await handset.upload('agentId', 'front', 'id-front-agent');
        await handset.upload('agentId', 'back', 'id-back');
        await handset.page.getByText('已上传', { exact: true }).nth(1).waitFor();
        await expect
          .poll(() => handset.field('agentId', 'name').inputValue(), { timeout: 90_000 })
          .toBe(of.person.name);
        await server.kill();
        await handset.press('提交身份证');
        await handset.page
          .getByText(/正在确认/)
          .first()
          .waitFor();
        await server.restart();
        await handset.title('手机上的部分已经完成');
        expect(handset.window.troubles).toEqual([]);
        await handset.window.context.close();

        // The desktop was cut off as well; its stream comes back and it moves on without a reload.
        await hall.title('选择支付方式，提交订单');
        await pay(hall, world);
        await server.kill();
        await server.restart();
        await hall.title('输入对公账户收到的随机码');

        const number = await hall.number();
        const paid = (await world.orders(number)).flatMap((order) => order.payments);
        expect(paid, 'payments').toHaveLength(1);
        const transfers = await world.statement(number);
        expect(transfers, 'transfers to the company').toHaveLength(1);

        await hall.field('randomCode', 'code').fill(await world.remark(number));
        await server.kill();
        await hall.press('输入随机码');
        await server.restart();
        await page.getByText('待审核', { exact: true }).first().waitFor();

        const reviewer = await logIn(server.url, 'reviewer');
        await reviewer.send(id, 'CLAIM');
        await server.kill();
        await server.restart();
        await reviewer.send(id, 'APPROVE');
        await page.getByText('待发放', { exact: true }).first().waitFor();
        const operations = await logIn(server.url, 'operations');
        await operations.send(id, 'HANDED_OVER');
        await hall.title('收到后确认签收');
        await hall.press('确认签收');
        await page.getByText('已签收', { exact: true }).first().waitFor();
      });
    },
    PATIENCE,
  );

  it(
    'loses nothing of a draft, whenever it dies',
    async () => {
      const applicant = await logIn(server.url, 'applicant2');
      const id = await applicant.start('szmg');
      await applicant.send(id, 'NEXT');
      await applicant.send(id, 'NEXT');
      const hall = await openHall(browser(), server.url);
      hall.window.context.setDefaultTimeout(45_000);
      await openCase(hall, id, 'applicant2');
      await hall.title('填写申请信息');
      // Killed at another moment after each word: before, during and after its saving.
      for (const [turn, pause] of [0, 650, 720, 900].entries()) {
        await hall.field('organization', 'address').fill(`福田区示例大道 ${turn + 1} 号`);
        await hall.page.waitForTimeout(pause);
        await server.kill();
        await hall.field('agent', 'name').fill(`林知夏${'一二三四'[turn]}`);
        await server.restart();
        await hall.saved();
        await expect
          .poll(async () => {
            const now = await applicant.case(id);
            const sections = now.tasks[0]?.sections ?? [];
            return sections.flatMap((one) =>
              one.kind === 'form' && one.form === 'organization' ? [one.values.address] : [],
            );
          })
          .toEqual([`福田区示例大道 ${turn + 1} 号`]);
      }
      await hall.page.reload();
      await hall.title('填写申请信息');
      expect(await hall.field('agent', 'name').inputValue()).toBe('林知夏四');
      await hall.window.context.close();
    },
    PATIENCE,
  );
});
