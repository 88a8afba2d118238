import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutside, HostRefused, isInward } from '../../../../server/connectors/outside/hosts.ts';

let server: Server;
let host = '';
let asked = 0;
beforeAll(async () => {
  server = createServer((req, res) => {
    asked += 1;
    if (req.url === '/away') res.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (req.url === '/long') res.end(Buffer.alloc(3_000_000));
    else if (req.url === '/slow') return;
    else res.end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = { method: 'GET', timeout: 500 };

describe('what connectors may reach', () => {
  const outside = () => createOutside({ hosts: ['api.example.com', '*.bank.example'], privateHosts: [host] });

  test.each([
    ['https://api.example.com/x', true],
    ['https://API.example.com:443/x', true],
    ['https://api.example.com:8443/x', false],
    ['http://api.example.com/x', false],
    ['https://eu.bank.example/', true],
    ['https://bank.example/', false],
    ['https://evil-bank.example/', false],
    ['https://api.example.com.evil.example/', false],
    ['https://127.0.0.1/', false],
    ['https://[::1]/', false],
    ['https://2130706433/', false],
    ['file:///etc/passwd', false],
    ['no address', false],
  ])('%s: %s', (url, allowed) => {
    expect(outside().allows(url)).toBe(allowed);
  });

  test('a host that is named as private is asked; others of this machine are not', async () => {
    expect((await outside().ask(`http://${host}/`, ask)).body.toString()).toBe('here');
    const before = asked;
    await expect(outside().ask(`http://localhost:${host.split(':')[1]}/`, ask)).rejects.toThrow(HostRefused);
    expect(asked).toBe(before);
  });

  test('an allowed name that has a private address is refused when it is resolved', async () => {
    const lying = createOutside({ hosts: ['localhost'], privateHosts: [] });
    await expect(lying.ask('https://localhost/', ask)).rejects.toThrow(/private address/);
  });

  test('a redirect is an answer, a long answer and a slow one are failures', async () => {
    expect((await outside().ask(`http://${host}/away`, ask)).status).toBe(302);
    await expect(outside().ask(`http://${host}/long`, { ...ask, timeout: 5_000 })).rejects.toThrow(/too long/);
    await expect(outside().ask(`http://${host}/slow`, ask)).rejects.toThrow();
  });
});

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.9.9.9', '169.254.169.254', '172.31.0.1', '192.168.1.1', '224.0.0.1'],
  ...['::', '::1', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8.', '64:ff9b::a00:1', '2002:a00:1::'],
  ...['::127.0.0.1', '::7f00:1', '64:ff9b:1::a00:1', '2001::1', 'fec0::1', '192.88.99.1', '::ffff:7f00:1'],
])('%s lies inside', (address) => {
  expect(isInward(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s does not', (address) => {
  expect(isInward(address)).toBe(false);
});
