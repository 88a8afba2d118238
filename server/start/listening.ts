import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.ts';

/** How long requests that are under way may take when the server stops, ms; supervisors wait longer. */
const MOST_DRAINING = 20_000;

/** @returns the address under which it is found from here */
export function listen(server: Server, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      const { port } = server.address() as AddressInfo;
      const host = config.host === '127.0.0.1' || config.host === '0.0.0.0' ? 'localhost' : config.host;
      resolve(`http://${host}:${port}`);
    });
  });
}

/** Takes no new connections, lets requests end that are under way, and then those that do not. */
export async function drained(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), MOST_DRAINING);
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
