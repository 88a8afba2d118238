import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, useBrowser } from './support/browser.ts';
import { type ServerUnderTest, startServer } from './support/server.ts';

/** Logging in by the house's identity provider: a real one, on its own pages. */
const browser = useBrowser();
let provider: Server;
let server: ServerUnderTest;

beforeAll(async () => {
  provider = createServer();
  await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const clientSecret = 'a-secret-of-the-test';
  server = await startServer({
    CERTFLOW_OIDC_ISSUER: issuer,
    CERTFLOW_OIDC_CLIENT_ID: 'hall',
    CERTFLOW_OIDC_CLIENT_SECRET: clientSecret,
    CERTFLOW_OIDC_TITLE: '示例统一认证',
    CERTFLOW_OIDC_ROLES: '{"reviewers": [{"role": "reviewer", "projects": ["szmg"]}]}',
  });
  const made = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: 'hall', client_secret: clientSecret },
        redirect_uris: [`${server.url}/api/oidc/callback`],
      },
    ],
    pkce: { required: () => true, methods: ['S256'] },
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: '王一', groups: id === 'wang' ? ['reviewers'] : [] }),
    }),
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: true } },
  });
  provider.on('request', made.callback());
});
afterAll(async () => {
  await server?.stop();
  provider.closeAllConnections();
  provider.close();
});

it.each([
  ['wang', /\/desk\?view=all$/],
  ['guest', /\/login\?trouble=provider-no-role$/],
])('%s comes back to where they wanted, or is told why not', async (login, end) => {
  const { page, context, troubles } = await openWindow(browser(), server.url);
  await page.goto('/desk?view=all');
  await page.waitForURL(/\/login/);
  await page.getByRole('link', { name: '用示例统一认证登录' }).click();
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  // The provider asks whether the hall may know.
  await page.locator('button[type=submit]').click();
  await page.waitForURL(end);
  if (login === 'wang') await page.getByRole('button', { name: '王一' }).waitFor();
  else await page.getByText('没有分配本系统的角色').waitFor();
  expect(troubles).toEqual([]);
  await context.close();
});
