import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestIdentity, testIdentity } from './providers/test-ca.ts';

/** What a merchant and the payment platforms of the sandbox know of each other; a real one has it from their sites. */
export interface SandboxMerchant {
  readonly wechat: { readonly appid: string; readonly mchid: string; readonly apiV3Key: string };
  readonly alipay: { readonly appId: string; readonly sellerId: string };
  readonly merchant: TestIdentity;
  readonly platform: TestIdentity;
}

/** Made at the first start of a data folder: numbers are of nobody, names of certificates say 测试. */
export async function loadMerchant(folder: string): Promise<SandboxMerchant> {
  const path = join(folder, 'merchant.json');
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as SandboxMerchant;
  const [merchant, platform] = await Promise.all([testIdentity('沙盒商户'), testIdentity('沙盒支付平台')]);
  const made: SandboxMerchant = {
    wechat: { appid: 'wx0000000000000000', mchid: '1900000000', apiV3Key: 'the-key-of-the-sandbox-32-bytes!' },
    alipay: { appId: '2026000000000000', sellerId: '2088000000000000' },
    merchant,
    platform,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(path, JSON.stringify(made), { mode: 0o600 });
  return made;
}
