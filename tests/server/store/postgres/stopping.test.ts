import { once } from 'node:events';
import { request } from 'node:http';
import pino from 'pino';
import { afterAll, expect, test, vi } from 'vitest';
import { ask, testPostgres } from '../../../support/postgres.ts';
import { eventually, testServer } from '../../../support/server.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const postgres = await testPostgres();
afterAll(() => postgres?.stop());

test.skipIf(postgres === null)(
  'a node that becomes the first one while it stops begins nothing of what the first one does',
  async () => {
    const database = await postgres!.fresh();
    const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const node = async () => {
      const lines: { readonly msg: string }[] = [];
      const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
      const running = await testServer({ database, key }, { log });
      return { running, did: () => lines.some(({ msg }) => msg === 'retention') };
    };
    const first = await node();
    const second = await node();
    await eventually(async () => first.did(), 'what the first one does');

    // Somebody still sends: the node waits for the rest.
    const slow = request(`${second.running.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '20', origin: second.running.url },
    });
    slow.write('{"account":');
    const answered = once(slow, 'response');
    await new Promise<void>((resolve) => slow.once('socket', (socket) => socket.once('connect', resolve)));
    const closed = second.running.close();
    await first.running.close();
    const there = await ask<{ epoch: string; seen: Date }>(database, 'SELECT epoch, seen FROM nodes');
    expect(there).toHaveLength(1);
    // It has said that it is there, and has heard that it is the first, some times.
    await eventually(async () => {
      const [now] = await ask<{ seen: Date }>(database, 'SELECT seen FROM nodes');
      return now !== undefined && now.seen.getTime() > there[0]!.seen.getTime() + 3_000;
    }, 'signs of life of a node that stops');
    slow.end('"a","b":1}'.padEnd(9).slice(0, 9));
    await answered;
    await closed;
    expect(second.did()).toBe(false);
    expect(await ask(database, 'SELECT 1 FROM nodes')).toEqual([]);
  },
);
