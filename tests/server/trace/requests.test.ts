import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Connectors } from '../../../server/connectors/index.ts';
import { createOutside } from '../../../server/connectors/outside/hosts.ts';
import { createLog } from '../../../server/log.ts';
import type { Running } from '../../../server/server.ts';
import { newPlace, within } from '../../../server/trace/place.ts';
import { outsideCall } from '../../support/outside-call.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = `00-${TRACE}-00f067aa0ba902b7-01`;

interface Line {
  readonly msg: string;
  readonly trace?: string;
  readonly case?: string;
  readonly route?: string;
}

/** Another system, and what it was sent. */
let other: Server;
let address = '';
const heard: (string | undefined)[] = [];
const raw: string[] = [];
let running: Running;

beforeAll(async () => {
  other = createServer((request, response) => {
    heard.push(request.headers.traceparent as string | undefined);
    response.end('{}');
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  address = `127.0.0.1:${(other.address() as AddressInfo).port}`;
  const outside = createOutside({ hosts: [], privateHosts: [address] });
  const ask = () => outside.ask(`http://${address}/`, { method: 'POST', timeout: 5_000, body: '{}' });
  // Whatever is asked is asked over the network, and never answered.
  const connectors: Connectors = {
    async perform() {
      await ask();
      throw new Error('no answer');
    },
    poll: async () => 'pending',
    async send() {
      await ask();
      throw new Error('not sent');
    },
  };
  const log = createLog('info', { write: (line: string) => void raw.push(line) });
  running = await testServer({}, { connectors, log });
});
afterAll(async () => {
  await running.close();
  other.close();
});

const lines = (): readonly Line[] => raw.map((line) => JSON.parse(line) as Line);

describe('a request and its trace', () => {
  test('the answer says which; a valid traceparent is gone on with, another begins a trace', async () => {
    const client = new Client(running.url);
    const traceOf = async (given?: string): Promise<string> =>
      (
        await client.raw('GET', '/api/hall', given === undefined ? {} : { headers: { traceparent: given } })
      ).headers.get('trace') ?? '';
    expect(await traceOf(parent)).toBe(TRACE);
    const made = await traceOf();
    expect(made).toMatch(/^[0-9a-f]{32}$/);
    expect(await traceOf()).not.toBe(made);
    expect(await traceOf('00-not-one-01')).toMatch(/^[0-9a-f]{32}$/);
    await vi.waitFor(() => expect(lines().some(({ trace }) => trace === made)).toBe(true));
  });

  test('its line in the log says of which case it was, but not what somebody wrote into an address', async () => {
    const client = await new Client(running.url).logIn('applicant');
    const { id } = (await client.ask<{ id: string }>('POST', '/api/cases', { project: 'szmg' })).body;
    const { headers } = await client.raw('GET', `/api/cases/${id}`);
    const unknown = await client.raw('GET', '/api/cases/somebody-wrote-this');
    const lineOf = (trace: string | null): Line | undefined =>
      lines().find((line) => line.trace === trace && line.msg === 'request');
    await vi.waitFor(() => expect(lineOf(unknown.headers.get('trace'))).toBeDefined());
    expect(lineOf(headers.get('trace'))).toMatchObject({ route: '/api/cases/:id', case: id });
    expect(lineOf(unknown.headers.get('trace'))).not.toHaveProperty('case');
    expect(raw.join('')).not.toContain('somebody-wrote-this');
  });

  test('what comes of a step belongs to its trace: the job, its lines, and what another system is asked', async () => {
    const { id, trace: asked } = await outsideCall(running);
    expect(asked).toMatch(/^00-[0-9a-f]{32}-/);
    const trace = asked.split('-')[1] ?? '';
    const own = lines().filter((line) => line.trace === trace);
    expect(own.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['request', 'call failed']));
    expect(own.find(({ msg }) => msg === 'call failed')).toMatchObject({ case: id });
    const sent = heard.filter((head) => head?.includes(trace));
    expect(sent.length).toBeGreaterThan(0);
    // A part of its own: neither the request's nor the step's.
    expect(sent).not.toContain(asked);
  });

  test('a failure of ours tells the number by which it is found, in the language that was asked for', async () => {
    const client = new Client(running.url);
    client.language = 'en';
    const trouble = vi.spyOn(running.context.store, 'trouble').mockReturnValue('ENOSPC');
    try {
      const { status, body, headers } = await client.ask<{ error: { message: string; trace: string } }>(
        'GET',
        '/readyz',
      );
      expect(status).toBe(503);
      expect(body.error.trace).toBe(headers.get('trace'));
      expect(body.error.message).toContain(`(${body.error.trace})`);
    } finally {
      trouble.mockRestore();
    }
    const refused = await client.ask<{ error: { message: string } }>('GET', '/api/staff');
    expect(refused.body.error).not.toHaveProperty('trace');
  });
});

test('other systems are told of a trace only where there is one', async () => {
  const outside = createOutside({ hosts: [], privateHosts: [address] });
  const ask = () => outside.ask(`http://${address}/`, { method: 'GET', timeout: 5_000 });
  const before = heard.length;
  await ask();
  const place = newPlace(null);
  await within(place, ask);
  expect(heard.slice(before)).toEqual([undefined, `00-${place.trace}-${place.span}-00`]);
});
