import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a database that loses answers when it is told to. */
export interface Tapped {
  /** The same database, by this line. */
  readonly url: string;
  /** What is said next and fits comes there; the line breaks before the answer comes back. Once for each that is given. */
  lose(said: RegExp): void;
  /** So many answers were lost. */
  lost(): number;
  close(): Promise<void>;
}

export async function tapped(url: string): Promise<Tapped> {
  const there = new URL(url);
  const wanted: RegExp[] = [];
  const open = new Set<Socket>();
  let lost = 0;
  const server = createServer((client) => {
    const database = connect(Number(there.port || 5432), there.hostname);
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        database.end();
      });
    }
    let isBroken = false;
    client.on('data', (said) => {
      database.write(said);
      const at = wanted.findIndex((one) => one.test(said.toString('latin1')));
      if (at === -1) return;
      wanted.splice(at, 1);
      isBroken = true;
      lost += 1;
      // The answer is on its way by then: it was done.
      database.once('data', () => client.destroy());
    });
    database.on('data', (answer) => {
      if (!isBroken) client.write(answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    lose: (said) => wanted.push(said),
    lost: () => lost,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
