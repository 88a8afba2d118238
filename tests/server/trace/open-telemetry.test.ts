import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Connectors } from '../../../server/connectors/index.ts';
import { openTelemetry } from '../../../server/trace/open-telemetry.ts';
import { outsideCall } from '../../support/outside-call.ts';
import { freePort } from '../../support/postgres.ts';
import { Client, testServer } from '../../support/server.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Sent {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly [type: string]: unknown } }[];
}

/** As much of a collector as it takes: OTLP over HTTP, in JSON. */
let collector: Server;
let endpoint = '';
const bodies: string[] = [];
beforeAll(async () => {
  collector = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => {
      text += part.toString();
    });
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(text);
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => collector.close());

function spans(): readonly Sent[] {
  return bodies.flatMap((body) => {
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Sent[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
}

test('a collector gets the request, the job that came of it and what was asked of another system, as one trace', async () => {
  const connectors: Connectors = {
    perform: async () => {
      throw new Error('金丝雀 said the other system');
    },
    poll: async () => 'pending',
    send: async () => undefined,
  };
  const running = await testServer({ telemetry: { endpoint, service: 'hall of a test' } }, { connectors });
  let trace = '';
  let id = '';
  try {
    const made = await outsideCall(running);
    id = made.id;
    trace = made.trace.split('-')[1] ?? '';
  } finally {
    // Sends what is left.
    await running.close();
  }
  expect(trace).not.toBe('');
  const own = spans().filter(({ traceId }) => traceId === trace);
  const named = (name: RegExp): Sent | undefined => own.find((span) => name.test(span.name));
  const request = named(/^POST \/api\/cases\/:id\//);
  const job = named(/^outbox call$/);
  const call = named(/^\w+\.\w+$/);
  expect(own.map(({ name }) => name)).toEqual(expect.arrayContaining([request?.name, job?.name, call?.name]));
  expect(job?.parentSpanId).toBe(request?.spanId);
  expect(call?.parentSpanId).toBe(job?.spanId);
  const said = Object.fromEntries((request?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(said).toMatchObject({ 'http.request.method': 'POST', 'certflow.case': id });
  const all = bodies.join('');
  expect(all).toContain('hall of a test');
  expect(all).not.toMatch(/金丝雀/);
});

test('a collector that is away keeps nobody from working, nor from ending; that it is away is said', async () => {
  const lines: { readonly msg: string; readonly error?: string }[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const running = await testServer({ telemetry: { endpoint, service: 'hall' } }, { log });
  expect((await new Client(running.url).ask('GET', '/api/hall')).status).toBe(200);
  await running.close();
  const said = lines.filter(({ msg }) => msg === 'the collector takes no spans');
  expect(said).toHaveLength(1);
  expect(said[0]?.error).toBeTruthy();
});

test('without its packages it is said which ones are missing, and what to do', async () => {
  const missing = Object.assign(new Error("Cannot find package '@opentelemetry/api'"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  const telemetry = { endpoint, service: 'hall' };
  const opened = openTelemetry(telemetry, pino({ level: 'silent' }), () => Promise.reject(missing));
  await expect(opened).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringMatching(/OTEL_EXPORTER_OTLP_ENDPOINT.*npm ci/),
  });
  const broken = openTelemetry(telemetry, pino({ level: 'silent' }), () => Promise.reject(new TypeError('of theirs')));
  await expect(broken).rejects.toThrow('of theirs');
});
