import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pino from 'pino';
import { afterAll, expect, test, vi } from 'vitest';
import { testPostgres } from '../../../support/postgres.ts';
import { eventually, testServer } from '../../../support/server.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const postgres = await testPostgres();
afterAll(() => postgres?.stop());

/** A network between a node and its database that somebody can pull the plug of. */
async function wire(database: string) {
  const { hostname, port } = new URL(database);
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(Number(port), hostname);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(database);
  own.port = String((server.address() as AddressInfo).port);
  return {
    url: own.href,
    async cut() {
      server.close();
      for (const one of open) one.destroy();
    },
    async mend() {
      server.listen(Number(own.port), '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

test.skipIf(postgres === null)(
  'a node that nobody asks anything knows that its database is away: it is not ready, says so once, and comes back by itself',
  async () => {
    const network = await wire(await postgres!.fresh());
    const lines: { readonly msg: string; readonly reason?: string; readonly seconds?: number }[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const said = (msg: string) => lines.filter((line) => line.msg === msg);
    const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const running = await testServer({ database: network.url, key }, { log });
    const ready = async () => {
      const answer = await fetch(`${running.url}/readyz`);
      return { status: answer.status, body: (await answer.json()) as { trouble?: string } };
    };
    try {
      expect((await ready()).status).toBe(200);
      await network.cut();
      // Nothing else is asked for: it is not a failed step that says so.
      const { body } = await eventually(
        () => ready().then((now) => now.status === 503 && now),
        'that the node says it is not ready',
      );
      expect(body.trouble).toBeTruthy();
      const figures = await (await fetch(`${running.url}/metrics`)).text();
      expect(figures).toContain('certflow_store_writable 0');
      await eventually(async () => said('the database does not answer').length > 0, 'the line in the log');
      expect(said('the database answers again')).toEqual([]);

      await network.mend();
      await eventually(() => ready().then(({ status }) => status === 200), 'that the node is ready again');
      await eventually(async () => said('the database answers again').length > 0, 'the line in the log');
      expect(said('the database does not answer')).toHaveLength(1);
      expect(said('the database answers again')).toHaveLength(1);
      expect(said('the database answers again')[0]?.seconds).toBeGreaterThanOrEqual(5);
    } finally {
      await running.close();
    }
  },
);
