import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TechnicalFailure } from '../../../../server/connectors/failure.ts';
import { createMessageConnector } from '../../../../server/connectors/message/connector.ts';
import { createManners } from '../../../../server/connectors/message/manners.ts';
import { aliyunSms, tencentSms } from '../../../../server/connectors/message/sms.ts';
import { createTemplates } from '../../../../server/connectors/message/templates.ts';
import { createOutside } from '../../../../server/connectors/outside/hosts.ts';
import { createMemoryStore } from '../../../../server/store/memory.ts';

const key = { id: 'AKIDexample', secret: 'a secret of nobody' };
const mobile = '13800138000';
const approved = '您好，您提交的{1}申请业务已经审核通过。请登录 {2}进行查看。';
const text = '【深圳CA】您好，您提交的示例项目申请业务已经审核通过。请登录 www.example.com-网上营业厅-进行查看。';

/** A gateway that keeps what it was sent, in the shape of both clouds, and may lose its answers. */
function keepingGateway() {
  const sent: { to: string; reference: string; day: string; failed: boolean }[] = [];
  const actions: string[] = [];
  const how = { loses: false, tells: true, error: '' };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
      const body = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString() || '{}') : {};
      const action = String(request.headers['x-acs-action'] ?? request.headers['x-tc-action']);
      const isTencent = request.headers['x-tc-action'] !== undefined;
      actions.push(action);
      const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
      if (action === 'SendSms') {
        const to = isTencent ? String(body.PhoneNumberSet[0]).slice(3) : query.get('PhoneNumbers')!;
        const reference = isTencent ? body.SessionContext : query.get('OutId');
        sent.push({ to, reference, day, failed: to === '13900139000' });
        if (how.loses) return response.destroy();
        return response.end(
          JSON.stringify(isTencent ? { Response: { SendStatusSet: [{ Code: 'Ok' }] } } : { Code: 'OK' }),
        );
      }
      if (isTencent && how.error) return response.end(JSON.stringify({ Response: { Error: { Code: how.error } } }));
      if (how.error) return response.end(JSON.stringify({ Code: how.error }));
      if (isTencent) {
        const all = sent.filter(({ to }) => `+86${to}` === body.PhoneNumber);
        const said = all.map(({ reference, failed }) => ({
          ReportStatus: failed ? 'FAIL' : 'SUCCESS',
          SessionContext: how.tells ? reference : '',
        }));
        return response.end(JSON.stringify({ Response: { PullSmsSendStatusSet: said } }));
      }
      const all = sent.filter((one) => one.to === query.get('PhoneNumber') && one.day === query.get('SendDate'));
      const said = all.map(({ reference, failed }) => ({ OutId: reference, SendStatus: failed ? 2 : 1 }));
      return response.end(JSON.stringify({ Code: 'OK', SmsSendDetailDTOs: { SmsSendDetailDTO: said } }));
    });
  });
  return { server, sent, actions, how };
}

describe.each(['aliyun', 'tencent'] as const)('a message whose answer was lost (%s)', (provider) => {
  const { server, sent, actions, how } = keepingGateway();
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    Object.assign(how, { loses: false, tells: true, error: '' });
    sent.splice(0);
    actions.splice(0);
  });

  const connector = () => {
    const outside = createOutside({ hosts: [], privateHosts: [new URL(base).host] });
    const gateway =
      provider === 'aliyun'
        ? aliyunSms({ base, key }, outside)
        : tencentSms({ base, key, appId: '1400000001', region: 'ap-guangzhou' }, outside);
    return createMessageConnector({
      sms: { gateway, templateOf: createTemplates([{ id: 'SMS_1', text: approved }]) },
      email: null,
      manners: createManners(createMemoryStore(), { quiet: null, perDay: 10 }),
      now: () => Date.parse('2026-11-28T10:00:00+08:00'),
    });
  };
  const context = { key: 'k', caseId: 'c', caseNumber: '1', project: 'p', call: 'notice.x', generation: 0 };

  test('is asked for and not sent a second time, also when the process that sent it ended', async () => {
    const one = connector();
    how.loses = true;
    await expect(one.perform('sms', { to: mobile, text }, context)).rejects.toBeInstanceOf(TechnicalFailure);
    how.loses = false;
    // Nothing says that it is a repeat: the entry of the outbox was never marked.
    expect(await one.perform('sms', { to: mobile, text }, context)).toEqual({ outcome: 'SENT' });
    // After midnight the day's list is another one; the outbox knows.
    expect(await connector().perform('sms', { to: mobile, text }, { ...context, again: true })).toEqual({
      outcome: 'SENT',
    });
    expect(sent).toHaveLength(1);
  });

  test('has failed when the gateway says so, and is sent when the gateway does not know of it', async () => {
    const one = connector();
    how.loses = true;
    await expect(one.perform('sms', { to: '13900139000', text }, context)).rejects.toBeInstanceOf(TechnicalFailure);
    how.loses = false;
    expect(await one.perform('sms', { to: '13900139000', text }, context)).toEqual({ outcome: 'FAILED' });
    expect(await one.perform('sms', { to: mobile, text }, { ...context, key: 'l', again: true })).toEqual({
      outcome: 'SENT',
    });
    expect(sent.map(({ to }) => to)).toEqual(['13900139000', mobile]);
  });

  test('waits while the gateway cannot be asked; an account that is not told sends again', async () => {
    const one = connector();
    how.loses = true;
    await expect(one.perform('sms', { to: mobile, text }, context)).rejects.toBeInstanceOf(TechnicalFailure);
    how.loses = false;
    how.error = provider === 'aliyun' ? 'isp.SYSTEM_ERROR' : 'InternalError';
    await expect(one.perform('sms', { to: mobile, text }, context)).rejects.toBeInstanceOf(TechnicalFailure);
    expect(sent).toHaveLength(1);
    how.error = provider === 'aliyun' ? 'isv.ACCOUNT_NOT_EXISTS' : 'UnauthorizedOperation';
    expect(await one.perform('sms', { to: mobile, text }, context)).toEqual({ outcome: 'SENT' });
    expect(sent).toHaveLength(2);
  });

  test('the first try asks nothing', async () => {
    await connector().perform('sms', { to: mobile, text }, context);
    expect(actions).toEqual(['SendSms']);
  });
});
