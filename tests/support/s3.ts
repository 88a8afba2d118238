import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStorage } from '../../server/files/s3/settings.ts';

export const BUCKET = 'hall-files';

/** An S3 server for tests, which goes with them. */
export interface TestS3 {
  readonly url: string;
  /** A place of its own in its bucket. */
  fresh(over?: Partial<ObjectStorage>): ObjectStorage;
  stop(): Promise<void>;
}

export async function testS3(): Promise<TestS3> {
  const folder = await mkdtemp(join(tmpdir(), 'certflow-s3-'));
  const port = await freePort();
  const script = join(import.meta.dirname, 's3-server.mjs');
  // Its tokens for the next page are made with a cipher that OpenSSL 3 has put aside.
  const words = ['--openssl-legacy-provider', script, folder, String(port), BUCKET];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    gone.then(([code]) => Promise.reject(new Error(`the S3 server ended with ${code}`))),
  ]);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    fresh: (over = {}) => ({
      ...{ endpoint: url, bucket: BUCKET, region: 'us-east-1', keyId: 'S3RVER', secret: 'S3RVER' },
      ...{ prefix: `${randomBytes(6).toString('hex')}/`, addressing: 'path', timeout: 10_000 },
      ...over,
    }),
    async stop() {
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the proxy does with a request: passes it on, or one of the ways in which a storage fails. */
export type Mischief =
  | 'pass'
  /** Answers 500 without asking. */
  | 'refuse'
  /** Asks, and cuts the connection in place of the answer: it was done, and nobody is told. */
  | 'lose'
  /** Gives half of the answer. */
  | 'cut'
  /** Never answers. */
  | 'hang'
  /** Answers with a bit that is another. */
  | 'flip';

export interface MischievousProxy {
  readonly url: string;
  /** What becomes of a request; by default all are passed on. */
  decide: (method: string, path: string) => Mischief;
  readonly count: () => number;
  stop(): Promise<void>;
}

/** Stands before an S3 server. Signatures hold: the server is asked under the proxy's name. */
export async function mischiefBefore(target: string): Promise<MischievousProxy> {
  let count = 0;
  const held = new Set<ServerResponse>();
  const made = new Set<string>();
  /** Path -> what is done to it. A storage shows a piece whole or not at all; the server behind shows what is half written. */
  const turns = new Map<string, Promise<void>>();
  const server: Server = createServer((asked, answer) => {
    const path = (asked.url ?? '').replace(/\?.*$/, '');
    const turn = (turns.get(path) ?? Promise.resolve()).then(() => handle(asked, answer));
    turns.set(
      path,
      turn.catch(() => void asked.socket.destroy()),
    );
  });
  async function handle(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    count += 1;
    const what = proxy.decide(asked.method ?? '', asked.url ?? '');
    // As S3 and MinIO do, and the server behind does not.
    if (what === 'pass' && asked.method === 'PUT' && asked.headers['if-none-match'] === '*') {
      if (made.has(asked.url ?? '')) {
        asked.resume().on('end', () => answer.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>'));
        return;
      }
      made.add(asked.url ?? '');
    }
    if (what === 'hang') {
      asked.resume();
      held.add(answer);
    } else if (what === 'refuse') {
      asked.resume().on('end', () => answer.writeHead(500).end('<Error><Code>InternalError</Code></Error>'));
    } else await forward(asked, answer, what);
  }
  async function forward(asked: IncomingMessage, answer: ServerResponse, what: Mischief): Promise<void> {
    const { hostname, port } = new URL(target);
    const onward = request({ hostname, port, method: asked.method, path: asked.url, headers: asked.headers });
    onward.on('error', () => asked.socket.destroy());
    asked.pipe(onward);
    const [back] = (await once(onward, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of back) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (what === 'lose') return void asked.socket.destroy();
    if (what === 'flip' && bytes.length > 0) bytes[bytes.length >> 1] = bytes[bytes.length >> 1]! ^ 1;
    answer.writeHead(back.statusCode ?? 502, back.headers);
    if (what !== 'cut') return void answer.end(bytes);
    answer.write(bytes.subarray(0, bytes.length >> 1), () => asked.socket.destroy());
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: MischievousProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    decide: () => 'pass',
    count: () => count,
    async stop() {
      for (const answer of held) answer.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
