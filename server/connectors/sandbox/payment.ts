import type { SandboxMerchant } from '../../sandbox/merchant.ts';
import { type Ask, HostRefused, type Outside } from '../outside/hosts.ts';
import { Alipay } from '../payment/alipay.ts';
import { PaymentConnector, type PaymentTools } from '../payment/connector.ts';
import { WechatPay } from '../payment/wechat.ts';

/** A name that stands for wherever the sandbox's process answers now; it may be another port after a while. */
const base = 'http://sandbox.invalid';

/** Reaches the sandbox's payment platforms and nothing else. */
function outsideOf(address: () => string | null): Outside {
  return {
    allows: (url) => url.startsWith(`${base}/`),
    async ask(url: string, { method, headers = {}, body, timeout }: Ask) {
      if (!url.startsWith(`${base}/`)) throw new HostRefused(url, 'is not the sandbox');
      const now = address();
      if (now === null) throw new Error('the sandbox is not running');
      const answer = await fetch(now + url.slice(base.length), {
        ...{ method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) },
        ...(body === undefined ? {} : { body: body.toString() }),
      });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      };
    },
  };
}

/** The real clients, with the keys of the sandbox's merchant: what pays in development is what pays in production. */
export function sandboxPayment(
  { wechat, alipay, merchant, platform }: SandboxMerchant,
  address: () => string | null,
  tools: Omit<PaymentTools, 'providers'>,
): PaymentConnector {
  const outside = outsideOf(address);
  const { serial, privateKey } = merchant;
  const { publicKey } = platform;
  const providers = [
    new WechatPay({ ...wechat, serial, privateKey, base, platformKey: null }, outside),
    new Alipay({ ...alipay, privateKey, publicKey, gateway: `${base}/gateway.do` }, outside),
  ];
  return new PaymentConnector({ ...tools, providers });
}
