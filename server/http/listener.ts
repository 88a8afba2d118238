import { createServer, type RequestListener, type Server } from 'node:http';

/** How long a sender may take, ms. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
  /** How often it is looked at. */
  readonly look: number;
}

/** Uploads of some MB over a bad phone line pass; whoever sends a letter now and then holds no connection for long. */
const PATIENCE: Patience = { headers: 20_000, request: 120_000, look: 5_000 };
/** One person's browser has six. Beyond this the system's own queue holds whoever comes. */
const MOST_CONNECTIONS = 10_000;

/** A server that no slow or greedy sender takes from the others. */
export function createListener(app: RequestListener, patience: Patience = PATIENCE): Server {
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: patience.look,
      maxHeaderSize: 16_384,
    },
    app,
  );
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}
