import type { AddressInfo } from 'node:net';
import { sandboxApp } from './app.ts';
import { Exchange, type Surroundings } from './exchange.ts';
import type { SandboxMerchant } from './merchant.ts';
import { Payments } from './payments.ts';
import { World } from './state.ts';

/**
 * The sandbox's process. The server starts it with a channel, tells it where it is, and is told the port. It ends when the
 * channel breaks: a server that was killed leaves no sandbox behind.
 */
export type FromServer = {
  readonly kind: 'settle';
  readonly folder: string;
  readonly around: Surroundings;
  /** Null where nobody pays by the platforms' protocols. */
  readonly merchant: SandboxMerchant | null;
};
export type ToServer = { readonly kind: 'ready'; readonly port: number; readonly platforms: number | null };

if (process.send === undefined) {
  console.error('The sandbox is started by the server in development; it does not run by itself.');
  process.exit(1);
}

let exchange: Exchange | null = null;
let port = 0;
let platforms: number | null = null;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', (message: FromServer) => {
  void settle(message).catch((error: unknown) => {
    console.error('sandbox:', error);
    process.exit(1);
  });
});

async function settle({ folder, around, merchant }: FromServer): Promise<void> {
  if (exchange === null) {
    exchange = new Exchange(await World.open(folder), around);
    if (merchant !== null) {
      exchange.payments = new Payments(exchange, merchant);
      platforms = await exchange.payments.listen();
    }
    const server = sandboxApp(exchange, around.secret).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as AddressInfo).port;
    setInterval(() => void exchange?.tick().catch((error: unknown) => console.error('sandbox:', error)), 200);
  } else exchange.settle(around);
  await exchange.synchronise().catch(() => undefined);
  const ready: ToServer = { kind: 'ready', port, platforms };
  process.send?.(ready);
}
