import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIdentity } from '../../server/sandbox/providers/test-ca.ts';
import type { Running } from '../../server/server.ts';
import { testServer } from '../support/server.ts';
import { useBrowser } from './support/browser.ts';
import { accessProblems, enterRoom } from './support/workbench.ts';

const browser = useBrowser();
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

let running: Running;
beforeAll(async () => {
  const merchant = await testIdentity('商户');
  const env = {
    CERTFLOW_WECHAT_MCHID: '1900000001',
    CERTFLOW_WECHAT_APPID: 'wx0000000000000001',
    CERTFLOW_WECHAT_SERIAL: merchant.serial,
    CERTFLOW_WECHAT_BASE: 'http://127.0.0.1:9',
    CERTFLOW_SECRET_WECHAT_PRIVATE_KEY: merchant.privateKey,
    CERTFLOW_SECRET_WECHAT_APIV3_KEY: 'an-api-v3-key-of-exactly-32-byte',
  };
  const outside = { hosts: [], privateHosts: ['127.0.0.1:9'], publicUrl: 'https://hall.example.com', env };
  running = await testServer({ sandbox: true, outside });
});
afterAll(() => running.close());

it('a forged message from outside is seen by operations, with the reason and nothing of its content', async () => {
  const send = async (headers: { [name: string]: string }) => {
    const body = JSON.stringify({ resource: 'a-forged-body' });
    const address = `${running.url}/connectors/payment/callback/wechat`;
    return (await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }))
      .status;
  };
  expect(await send({})).toBe(401);
  // Signed, and its certificate cannot be fetched: nobody knows whether it is true, so that it has to come again.
  const signed = { 'wechatpay-timestamp': '1790000000', 'wechatpay-nonce': 'n', 'wechatpay-signature': 'c2lnbmVk' };
  expect(await send({ ...signed, 'wechatpay-serial': 'unknown' })).toBe(503);
  const { page, troubles } = await enterRoom(browser(), running.url, 'desk', 'operations');
  await page.getByRole('link', { name: '没有答复的请求' }).click();
  const part = page.getByRole('region', { name: '外部系统' });
  await part.getByText('所有外部系统都在正常请求。').waitFor();
  const rows = part.getByRole('row').filter({ hasText: 'payment' });
  await rows.filter({ hasText: '签名不对' }).waitFor();
  await rows.filter({ hasText: '暂时无法核验' }).waitFor();
  expect(await part.innerText()).not.toContain('a-forged-body');
  expect(await accessProblems(page, axe)).toEqual([]);
  if (process.env.SHOTS) {
    await page.screenshot({ path: `${process.env.SHOTS}/outside-1440.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${process.env.SHOTS}/outside-390.png`, fullPage: true });
  }
  expect(troubles).toEqual([]);
});
