import { describe, expect, it } from 'vitest';
import { beginJourney, offersOf, untilLabel, untilView } from './support/journey.ts';
import { logIn } from './support/people.ts';
import { day, minute } from './support/sandbox.ts';
import { useServer } from './support/server.ts';

/** The master process over HTTP against a real server and the sandbox: what the pages do, without the pages. */
const { server, world } = useServer();

describe('szmg', () => {
  it('comes from the guide to the receipt, over a server that is killed on the way', async () => {
    const journey = await beginJourney(server.url, world, 'szmg');
    const { id, number, applicant } = journey;
    expect(number).toMatch(/^\d{17}$/);
    await journey.fillIn();
    await server.kill();
    await server.restart();
    await journey.verifyHandler();
    await journey.pay();
    await server.kill();
    await server.restart();
    await journey.enterCode();
    await untilLabel(applicant, id, '待审核');
    const reviewer = await journey.claim();
    await reviewer.send(id, 'APPROVE');
    await untilLabel(applicant, id, '待发放');
    const operations = await logIn(server.url, 'operations');
    await untilView(operations, id, 'handing over', (view) => offersOf(view).includes('HANDED_OVER'));
    await operations.send(id, 'HANDED_OVER');
    await untilLabel(applicant, id, '已邮寄');
    await world.tell('courier', 'track', number, { status: 'delivered' });
    await untilLabel(applicant, id, '已签收');
    await world.tell('ca', 'activated', number);
    expect((await untilLabel(applicant, id, '已完成')).over).toBe(true);
    expect((await world.orders(number)).flatMap((order) => order.payments)).toHaveLength(1);
  });

  it('offers the legal representative after three failed transfers', async () => {
    await world.next('bank.microDeposit', { outcome: 'FAILED', left: null });
    const journey = await beginJourney(server.url, world, 'szmg');
    const { id, applicant } = journey;
    await journey.fillIn();
    await journey.verifyHandler();
    await journey.pay();
    for (const time of [1, 2]) {
      const view = await untilLabel(applicant, id, '金融认证失败');
      expect(offersOf(view), `after ${time}`).toContain('EDIT_FINANCE');
      expect(offersOf(view), `after ${time}`).not.toContain('LEGAL_REP');
      await applicant.send(id, 'EDIT_FINANCE');
      // Two transfers to one account keep a minute's distance.
      await world.advance(minute);
    }
    await untilView(applicant, id, 'the legal representative', (view) => offersOf(view).includes('LEGAL_REP'));
    await applicant.send(id, 'LEGAL_REP');
    await untilLabel(applicant, id, '待审核');
    await world.asUsual();
  });

  it('gives a draft up when its time is over', async () => {
    const journey = await beginJourney(server.url, world, 'szmg');
    await world.advance(31 * day);
    await untilLabel(journey.applicant, journey.id, '已失效');
  });
});
