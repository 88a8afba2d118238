// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the gateways' own placeholders look like ours
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as openApiUtil from '@alicloud/openapi-util';
import * as tea from '@alicloud/tea-typescript';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import tencentSign from 'tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ContractViolation, NotYet, TechnicalFailure } from '../../../../server/connectors/failure.ts';
import { createMessageConnector } from '../../../../server/connectors/message/connector.ts';
import { createMailer } from '../../../../server/connectors/message/email.ts';
import { createManners, quietOf, quietUntil } from '../../../../server/connectors/message/manners.ts';
import { aliyunAuthorization, sha256, tencentAuthorization } from '../../../../server/connectors/message/signers.ts';
import { aliyunSms, tencentSms } from '../../../../server/connectors/message/sms.ts';
import { createTemplates } from '../../../../server/connectors/message/templates.ts';
import { createOutside } from '../../../../server/connectors/outside/hosts.ts';
import { testIdentity } from '../../../../server/sandbox/providers/test-ca.ts';
import { createMemoryStore } from '../../../../server/store/memory.ts';

const key = { id: 'AKIDexample', secret: 'a secret of nobody' };
const mobile = '13800138000';

/** The workflow's own words of a notice, and the same as an operator approved them. */
const approved = '您好，您提交的${project}申请业务已经审核通过。请登录 ${place}进行查看。';
const text = '【深圳CA】您好，您提交的示例项目申请业务已经审核通过。请登录 www.example.com-网上营业厅-进行查看。';

describe('signatures', () => {
  test('Aliyun: the same as the SDK makes', () => {
    const query = { PhoneNumbers: mobile, SignName: '深圳CA', TemplateParam: '{"a":"*~ +\'()!"}', Empty: '' };
    const headers = {
      ...{ host: 'dysmsapi.aliyuncs.com', 'x-acs-action': 'SendSms', 'x-acs-version': '2017-05-25' },
      ...{ 'x-acs-date': '2026-11-28T13:00:00Z', 'x-acs-signature-nonce': 'n', 'x-acs-content-sha256': sha256('') },
    };
    const request = new tea.Request();
    Object.assign(request, { method: 'POST', pathname: '/', query, headers });
    const client = (openApiUtil as never as { default: SdkUtil }).default;
    const theirs = client.getAuthorization(request, 'ACS3-HMAC-SHA256', sha256(''), key.id, key.secret);
    expect(aliyunAuthorization({ method: 'POST', path: '/', query, headers, body: '' }, key)).toBe(theirs);
  });

  test('Tencent Cloud: the same as the SDK makes', () => {
    const payload = { PhoneNumberSet: [`+86${mobile}`], SignName: '深圳CA', TemplateParamSet: ['示例', '"引号"'] };
    const contentType = 'application/json; charset=utf-8';
    const sign = (tencentSign as never as { default?: Sign3 }).default ?? (tencentSign as never as Sign3);
    const theirs = sign.sign3({
      ...{ method: 'POST', url: 'https://sms.tencentcloudapi.com/', payload, timestamp: 1_700_000_000, service: 'sms' },
      ...{ secretId: key.id, secretKey: key.secret, headers: { 'Content-Type': contentType } },
    });
    const headers = { 'content-type': contentType, host: 'sms.tencentcloudapi.com' };
    const signed = { method: 'POST', path: '/', query: {}, headers, body: JSON.stringify(payload) };
    expect(tencentAuthorization(signed, 'sms', 1_700_000_000, key)).toBe(theirs);
  });
});

interface SdkUtil {
  getAuthorization(request: tea.Request, algorithm: string, payload: string, id: string, secret: string): string;
}
interface Sign3 {
  sign3(how: object): string;
}

describe('templates', () => {
  const templateOf = createTemplates([
    { id: 'SMS_1', text: approved },
    { id: 'SMS_2', text: '您提交的${project}申请' },
    { id: '3', text: '您的验证编号 {1}，{2}前有效。' },
  ]);

  test('a text is found again with its places', () => {
    expect(templateOf(text)).toEqual({
      id: 'SMS_1',
      sign: '深圳CA',
      values: [
        { name: 'project', value: '示例项目' },
        { name: 'place', value: 'www.example.com-网上营业厅-' },
      ],
    });
    expect(templateOf('【甲】您的验证编号 A-1，20日前有效。')?.values.map(({ value }) => value)).toEqual([
      'A-1',
      '20日',
    ]);
  });

  test('what was not approved is nothing', () => {
    for (const other of [
      '',
      text.slice(5),
      `${text}。`,
      text.replace('通过', '驳回'),
      '【甲】',
      '【】您提交的x申请',
      '【甲】您提交的申请',
    ])
      expect(templateOf(other), other).toBe(null);
  });

  test('whatever stands in the places, the text is rebuilt from what was found', () => {
    const value = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const made = `您好，您提交的${a}申请业务已经审核通过。请登录 ${b}进行查看。`;
        const found = templateOf(`【甲】${made}`);
        if (found === null) return false;
        const by = Object.fromEntries(found.values.map((one) => [one.name, one.value]));
        return made === approved.replace('${project}', () => by.project!).replace('${place}', () => by.place!);
      }),
    );
  });
});

describe('quiet hours and the cap', () => {
  const at = (time: string) => Date.parse(`2026-11-28T${time}+08:00`);
  const night = quietOf('21:00-08:00');

  test.each([
    ['20:59:59', null],
    ['21:00:00', '2026-11-29T08:00:00+08:00'],
    ['23:59:59', '2026-11-29T08:00:00+08:00'],
    ['00:00:00', '2026-11-28T08:00:00+08:00'],
    ['07:59:59', '2026-11-28T08:00:00+08:00'],
    ['08:00:00', null],
  ])('at %s it waits until %s', (time, until) => {
    expect(quietUntil(night, at(time))).toBe(until === null ? null : Date.parse(until));
  });

  test('within a day, and never', () => {
    expect(quietUntil(quietOf('12:00-13:30'), at('13:00:00'))).toBe(at('13:30:00'));
    expect(quietUntil(quietOf('12:00-13:30'), at('13:30:00'))).toBe(null);
    expect(quietUntil(quietOf('off'), at('03:00:00'))).toBe(null);
    expect(() => quietOf('25:00-08:00')).toThrow(RangeError);
  });

  test('the third of two waits for tomorrow morning; a repeat of the same message counts once', async () => {
    const manners = createManners(createMemoryStore(), { quiet: night, perDay: 2 });
    expect(await manners.mayGo(mobile, 'a', at('10:00:00'))).toBe('now');
    expect(await manners.mayGo(mobile, 'a', at('10:01:00'))).toBe('again');
    expect(await manners.mayGo(mobile, 'b', at('10:02:00'))).toBe('now');
    expect(await manners.mayGo(mobile, 'c', at('10:03:00'))).toBe(Date.parse('2026-11-29T08:00:00+08:00'));
    expect(await manners.mayGo('13900139000', 'c', at('10:03:00'))).toBe('now');
    expect(await manners.mayGo(mobile, 'c', Date.parse('2026-11-29T08:00:00+08:00'))).toBe('now');
  });
});

describe('gateways', () => {
  let said: { status: number; body: object } = { status: 200, body: {} };
  const asked: { url: URL; headers: { [name: string]: unknown }; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://gateway');
      asked.push({ url, headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(said.status).end(JSON.stringify(said.body));
    });
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const outside = () => createOutside({ hosts: [], privateHosts: [new URL(base).host] });
  const filled = createTemplates([{ id: 'SMS_1', text: approved }])(text)!;

  test('Aliyun gets the template and its places, signed', async () => {
    said = { status: 200, body: { Code: 'OK', BizId: '1' } };
    expect(await aliyunSms({ base, key }, outside()).send(mobile, filled, 'ref')).toBe(true);
    const { url, headers } = asked.at(-1)!;
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ PhoneNumbers: mobile, SignName: '深圳CA', TemplateCode: 'SMS_1', OutId: 'ref' },
      TemplateParam: '{"project":"示例项目","place":"www.example.com-网上营业厅-"}',
    });
    const names = [
      'host',
      'x-acs-action',
      'x-acs-content-sha256',
      'x-acs-date',
      'x-acs-signature-nonce',
      'x-acs-version',
    ];
    const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
    const query = Object.fromEntries(url.searchParams);
    const again = aliyunAuthorization({ method: 'POST', path: '/', query, headers: signed, body: '' }, key);
    expect(headers.authorization).toBe(again);
  });

  test('Tencent Cloud gets the values in their order, signed', async () => {
    said = { status: 200, body: { Response: { SendStatusSet: [{ Code: 'Ok' }] } } };
    const gateway = tencentSms({ base, key, appId: '1400000001', region: 'ap-guangzhou' }, outside());
    expect(await gateway.send(mobile, filled, 'ref')).toBe(true);
    const { headers, body } = asked.at(-1)!;
    expect(JSON.parse(body)).toMatchObject({
      ...{ PhoneNumberSet: [`+86${mobile}`], TemplateId: 'SMS_1', SignName: '深圳CA' },
      TemplateParamSet: ['示例项目', 'www.example.com-网上营业厅-'],
    });
    const signed = { 'content-type': String(headers['content-type']), host: String(headers.host) };
    const time = Number(headers['x-tc-timestamp']);
    const again = tencentAuthorization(
      { method: 'POST', path: '/', query: {}, headers: signed, body },
      'sms',
      time,
      key,
    );
    expect(headers.authorization).toBe(again);
  });

  test.each([
    [{ Code: 'isv.MOBILE_NUMBER_ILLEGAL' }, false],
    [{ Code: 'isv.BUSINESS_LIMIT_CONTROL' }, TechnicalFailure],
    [{ Code: 'isv.SMS_TEMPLATE_ILLEGAL' }, ContractViolation],
    [{}, ContractViolation],
  ])('what the gateway refuses as %j', async (body, expected) => {
    said = { status: 400, body };
    const result = await aliyunSms({ base, key }, outside())
      .send(mobile, filled, 'ref')
      .catch((error: Error) => error);
    if (expected === false) expect(result).toBe(false);
    else expect(result).toBeInstanceOf(expected as never);
  });
});

describe('e-mail by a real SMTP server', () => {
  interface Got {
    readonly to: string[];
    readonly text: string;
    readonly secure: boolean;
  }
  const got: Got[] = [];
  let server: SMTPServer;
  let settings = {
    host: '127.0.0.1',
    port: 0,
    secure: false,
    user: 'hall',
    password: 'right',
    from: '网厅 <no-reply@ca.example>',
    ca: '',
  };
  beforeAll(async () => {
    const identity = await testIdentity('邮件服务器', ['127.0.0.1']);
    server = new SMTPServer({
      ...{ key: identity.privateKey, cert: identity.certificate, authOptional: false },
      onAuth: ({ username, password }, _session, done) =>
        username === 'hall' && password === 'right' ? done(null, { user: 'hall' }) : done(new Error('wrong')),
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('nobody')
          ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
          : address.startsWith('full')
            ? done(Object.assign(new Error('mailbox full'), { responseCode: 452 }))
            : done(),
      onData(stream, session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          got.push({ to, text: Buffer.concat(parts).toString(), secure: session.secure });
          done();
        });
      },
    });
    server.on('error', () => undefined);
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
    });
    settings = { ...settings, port, ca: identity.certificate };
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const mail = { to: 'agent@example.com', subject: '电子发票', text: '您的电子发票已开具。', key: 'case-1:9:0' };

  test('goes out encrypted, with the same id for the same message', async () => {
    const send = createMailer(settings);
    expect(await send(mail)).toBe(true);
    expect(await send(mail)).toBe(true);
    expect(await send({ ...mail, key: 'case-1:9:1' })).toBe(true);
    const ids = got.map(({ text: content }) => /^Message-ID: (.*)$/im.exec(content)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{28}@ca\.example>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(got[0]).toMatchObject({ to: ['agent@example.com'], secure: true });
    expect(Buffer.from(got[0]!.text.split('\r\n\r\n')[1]!, 'base64').toString()).toContain('您的电子发票已开具。');
  });

  test('an address that does not exist has failed; a full mailbox, a server that is down are tried again; a wrong password is ours', async () => {
    expect(await createMailer(settings)({ ...mail, to: 'nobody@example.com' })).toBe(false);
    await expect(createMailer(settings)({ ...mail, to: 'full@example.com' })).rejects.toBeInstanceOf(TechnicalFailure);
    await expect(createMailer({ ...settings, port: 1 })(mail)).rejects.toBeInstanceOf(TechnicalFailure);
    await expect(createMailer({ ...settings, password: 'wrong' })(mail)).rejects.toBeInstanceOf(ContractViolation);
  });

  test('a server whose certificate nobody vouches for gets nothing', async () => {
    const before = got.length;
    const { ca: _, ...without } = settings;
    await expect(createMailer(without)(mail)).rejects.toBeInstanceOf(TechnicalFailure);
    expect(got).toHaveLength(before);
  });

  test('a subject or an address cannot begin another header', async () => {
    const before = got.length;
    await createMailer(settings)({ ...mail, subject: '发票\r\nBcc: other@example.com', to: 'agent@example.com' });
    expect(got).toHaveLength(before + 1);
    expect(got.at(-1)?.to).toEqual(['agent@example.com']);
    expect(got.at(-1)?.text).not.toMatch(/^Bcc:/im);
  });
});

test('the connector sends approved texts in the daytime, and nothing else', async () => {
  const sent: string[] = [];
  let now = Date.parse('2026-11-28T20:00:00+08:00');
  const connector = createMessageConnector({
    sms: {
      gateway: {
        send: async (to, { id }) => to !== '13900139000' && sent.push(`${to} ${id}`) > 0,
        find: async () => null,
      },
      templateOf: createTemplates([{ id: 'SMS_1', text: approved }]),
    },
    email: null,
    manners: createManners(createMemoryStore(), { quiet: quietOf('21:00-08:00'), perDay: 10 }),
    now: () => now,
  });
  const context = { key: 'k', caseId: 'c', caseNumber: '1', project: 'p', call: 'notice.x', generation: 0 };
  expect(await connector.perform('sms', { to: mobile, text }, context)).toEqual({ outcome: 'SENT' });
  expect(await connector.perform('sms', { to: '13900139000', text }, context)).toEqual({ outcome: 'FAILED' });
  const other = connector.perform('sms', { to: mobile, text: '【深圳CA】PIN 码 123456' }, context);
  await expect(other).rejects.toBeInstanceOf(ContractViolation);
  const long = text.replace('示例项目', '长'.repeat(500));
  await expect(connector.perform('sms', { to: mobile, text: long }, context)).rejects.toThrow(/longer than 500/);
  await expect(connector.perform('email', { to: 'a@b.example', text }, context)).rejects.toBeInstanceOf(
    ContractViolation,
  );
  now = Date.parse('2026-11-28T21:30:00+08:00');
  const late = await connector
    .perform('sms', { to: mobile, text }, { ...context, key: 'l' })
    .catch((error: unknown) => error);
  expect(late).toBeInstanceOf(NotYet);
  expect((late as NotYet).until).toBe(Date.parse('2026-11-29T08:00:00+08:00'));
  expect(sent).toEqual([`${mobile} SMS_1`]);
});
