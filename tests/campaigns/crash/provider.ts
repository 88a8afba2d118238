import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An outside system that honours keys and outlives every kill of the server. */
export interface KeyedProvider {
  readonly host: string;
  /** What was done, once a key: for whom. */
  readonly done: ReadonlyMap<string, string>;
  /** Requests that were answered without doing anything again. */
  readonly repeated: () => number;
  close(): Promise<void>;
}

/** @param slow how long it takes to answer, ms: a kill is to come in between */
export async function startProvider(slow: () => number): Promise<KeyedProvider> {
  const done = new Map<string, string>();
  let repeated = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const { key, text: what } = JSON.parse(text) as { key: string; text: string };
      if (done.has(key)) repeated += 1;
      else done.set(key, what);
      setTimeout(() => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ state: 'TAKEN' }));
      }, slow());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    done,
    repeated: () => repeated,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
