import { ConfigError } from '../config.ts';
import type { Connector, Inbox } from './connector.ts';
import type { HttpTools } from './http/connector.ts';
import { Alipay } from './payment/alipay.ts';
import { PaymentConnector } from './payment/connector.ts';
import type { PaymentProvider } from './payment/provider.ts';
import { WechatPay } from './payment/wechat.ts';

export interface ClientTools extends HttpTools {
  /** The variables that begin with CERTFLOW_. */
  readonly env: { readonly [name: string]: string };
  readonly inbox: Inbox;
}

/**
 * The clients that this server's environment has settings for (docs/going-live.md); what is half filled in is refused at
 * the start, not at the first payment.
 * @throws ConfigError
 */
export function createClients(tools: ClientTools): readonly Connector[] {
  const providers = [wechatOf(tools), alipayOf(tools)].flatMap((one) => one ?? []);
  const { references, inbox, publicUrl } = tools;
  if (providers.length > 0 && publicUrl === '')
    throw new ConfigError('CERTFLOW_PUBLIC_URL is not set: payment providers could not tell that somebody has paid');
  return providers.length > 0 ? [new PaymentConnector({ providers, references, inbox, publicUrl })] : [];
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
