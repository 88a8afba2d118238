import type { Context } from '../context.ts';
import type { Call } from './request.ts';

/** Proxies close silent connections after a minute. */
const HEARTBEAT = 25_000;
/** Streams that one server keeps open; a page that finds no place asks again later. */
const MOST = 2_000;

let open = 0;

/** Tells a page when its case has moved: `revision` events, nothing of the data. */
export function streamCase(context: Context, call: Call, id: string, revision: number): void {
  const { response, request } = call;
  if (open >= MOST) {
    response.status(503).setHeader('retry-after', '30').end();
    return;
  }
  open += 1;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const send = (now: number): void => {
    response.write(`event: revision\nid: ${now}\ndata: ${JSON.stringify({ revision: now })}\n\n`);
  };
  // The page may have missed a step between its read and this connection.
  send(revision);
  const stop = context.bus.listen(id, send);
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT);
  heartbeat.unref();
  request.on('close', () => {
    open -= 1;
    stop();
    clearInterval(heartbeat);
    response.end();
  });
}
