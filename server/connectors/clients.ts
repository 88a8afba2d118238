import { readFileSync } from 'node:fs';
import { ConfigError } from '../config.ts';
import type { Store } from '../store/store.ts';
import type { Connector, Inbox } from './connector.ts';
import type { HttpTools } from './http/connector.ts';
import { createMessageConnector } from './message/connector.ts';
import { createMailer } from './message/email.ts';
import { createManners, type MannersSettings, quietOf } from './message/manners.ts';
import { aliyunSms, type SmsGateway, tencentSms } from './message/sms.ts';
import { createTemplates, type Template } from './message/templates.ts';
import { Alipay } from './payment/alipay.ts';
import { PaymentConnector } from './payment/connector.ts';
import type { Ledger } from './payment/ledger.ts';
import type { PaymentProvider } from './payment/provider.ts';
import type { Untold } from './payment/untold.ts';
import { WechatPay } from './payment/wechat.ts';

export interface ClientTools extends HttpTools {
  /** The variables that begin with CERTFLOW_. */
  readonly env: { readonly [name: string]: string };
  readonly inbox: Inbox;
  readonly ledger: Ledger;
  readonly untold: Untold;
  readonly store: Pick<Store, 'readDocument' | 'writeDocument'>;
  warn(reason: string): void;
  now(): number;
}

/**
 * The clients that this server's environment has settings for (docs/going-live.md); what is half filled in is refused at
 * the start, not at the first payment.
 * @throws ConfigError
 */
export function createClients(tools: ClientTools): readonly Connector[] {
  const providers = [wechatOf(tools), alipayOf(tools)].flatMap((one) => one ?? []);
  const { references, inbox, publicUrl, ledger, untold, warn, now } = tools;
  if (providers.length > 0 && publicUrl === '')
    throw new ConfigError('CERTFLOW_PUBLIC_URL is not set: payment providers could not tell that somebody has paid');
  const payment =
    providers.length > 0
      ? new PaymentConnector({ providers, references, inbox, publicUrl: () => publicUrl, ledger, untold, warn, now })
      : null;
  return [payment, messageOf(tools)].flatMap((one) => one ?? []);
}

function wechatOf({ env, credentials, outside }: ClientTools): PaymentProvider | null {
  const mchid = env.CERTFLOW_WECHAT_MCHID;
  if (!mchid) return null;
  const apiV3Key = secretOf(credentials, 'WECHAT_APIV3_KEY');
  if (Buffer.byteLength(apiV3Key) !== 32) throw new ConfigError('CERTFLOW_SECRET_WECHAT_APIV3_KEY must have 32 bytes');
  const keyId = env.CERTFLOW_WECHAT_PUBLIC_KEY_ID;
  const settings = {
    mchid,
    apiV3Key,
    appid: needed(env, 'CERTFLOW_WECHAT_APPID'),
    serial: needed(env, 'CERTFLOW_WECHAT_SERIAL'),
    privateKey: secretOf(credentials, 'WECHAT_PRIVATE_KEY'),
    base: baseOf(env, 'CERTFLOW_WECHAT_BASE', 'https://api.mch.weixin.qq.com', outside),
    platformKey: keyId ? { id: keyId, key: secretOf(credentials, 'WECHAT_PUBLIC_KEY') } : null,
  };
  return new WechatPay(settings, outside);
}

function alipayOf({ env, credentials, outside }: ClientTools): PaymentProvider | null {
  const appId = env.CERTFLOW_ALIPAY_APP_ID;
  if (!appId) return null;
  const settings = {
    appId,
    sellerId: needed(env, 'CERTFLOW_ALIPAY_SELLER_ID'),
    privateKey: secretOf(credentials, 'ALIPAY_PRIVATE_KEY'),
    publicKey: secretOf(credentials, 'ALIPAY_PUBLIC_KEY'),
    gateway: baseOf(env, 'CERTFLOW_ALIPAY_GATEWAY', 'https://openapi.alipay.com/gateway.do', outside),
  };
  return new Alipay(settings, outside);
}

function messageOf(tools: ClientTools): Connector | null {
  const { env, credentials, store, now } = tools;
  const gateway = gatewayOf(tools);
  const host = env.CERTFLOW_SMTP_HOST;
  if (!gateway && !host) return null;
  const secure = env.CERTFLOW_SMTP_SECURE === 'on';
  const mail = host
    ? createMailer({
        ...{ host, secure, port: Number(env.CERTFLOW_SMTP_PORT ?? (secure ? 465 : 587)) },
        user: env.CERTFLOW_SMTP_USER ?? null,
        password: env.CERTFLOW_SMTP_USER ? secretOf(credentials, 'SMTP_PASSWORD') : null,
        from: needed(env, 'CERTFLOW_SMTP_FROM'),
        ...(credentials.has('SMTP_CA') ? { ca: credentials.get('SMTP_CA') } : {}),
      })
    : null;
  return createMessageConnector({
    sms: gateway && { gateway, templateOf: createTemplates(templatesOf(env)) },
    email: mail,
    manners: createManners(store, mannersOf(env)),
    now,
  });
}

function gatewayOf({ env, credentials, outside }: ClientTools): SmsGateway | null {
  const provider = env.CERTFLOW_SMS;
  if (!provider) return null;
  const key = { id: needed(env, 'CERTFLOW_SMS_KEY_ID'), secret: secretOf(credentials, 'SMS_KEY') };
  if (provider === 'aliyun') {
    const base = baseOf(env, 'CERTFLOW_SMS_BASE', 'https://dysmsapi.aliyuncs.com', outside);
    return aliyunSms({ base, key }, outside);
  }
  if (provider === 'tencent') {
    const base = baseOf(env, 'CERTFLOW_SMS_BASE', 'https://sms.tencentcloudapi.com', outside);
    const appId = needed(env, 'CERTFLOW_SMS_APP_ID');
    return tencentSms({ base, key, appId, region: env.CERTFLOW_SMS_REGION ?? 'ap-guangzhou' }, outside);
  }
  throw new ConfigError(`CERTFLOW_SMS must be aliyun or tencent, not "${provider}"`);
}

/** The approved templates: a JSON file, `[{ "id": "SMS_1", "text": "您好，…${project}…" }]`. */
function templatesOf(env: ClientTools['env']): readonly Template[] {
  const path = needed(env, 'CERTFLOW_SMS_TEMPLATES');
  const read = JSON.parse(readFileSync(path, 'utf8')) as readonly Template[];
  const isWhole =
    Array.isArray(read) && read.every(({ id, text }) => typeof id === 'string' && typeof text === 'string');
  if (!isWhole) throw new ConfigError(`${path} must be a list of { "id": …, "text": … }`);
  return read;
}

function mannersOf(env: ClientTools['env']): MannersSettings {
  const perDay = Number(env.CERTFLOW_SMS_PER_DAY ?? 10);
  if (!Number.isInteger(perDay) || perDay < 1)
    throw new ConfigError('CERTFLOW_SMS_PER_DAY must be a whole number from 1');
  try {
    return { quiet: quietOf(env.CERTFLOW_QUIET_HOURS ?? '21:00-08:00'), perDay };
  } catch (error) {
    throw new ConfigError(`CERTFLOW_QUIET_HOURS: ${(error as Error).message}`);
  }
}

function needed(env: ClientTools['env'], name: string): string {
  const value = env[name];
  if (!value) throw new ConfigError(`${name} is not set`);
  return value;
}

function secretOf(credentials: ClientTools['credentials'], name: string): string {
  if (!credentials.has(name))
    throw new ConfigError(`CERTFLOW_SECRET_${name} is not set (or CERTFLOW_SECRET_${name}_FILE, a path)`);
  return credentials.get(name);
}

function baseOf(env: ClientTools['env'], name: string, otherwise: string, outside: ClientTools['outside']): string {
  const base = env[name] ?? otherwise;
  if (!outside.allows(base)) throw new ConfigError(`${base} is in neither CERTFLOW_HOSTS nor CERTFLOW_PRIVATE_HOSTS`);
  return base.replace(/\/$/, '');
}
