import { deskTopic, endTopic, inboxTopic, noticesTopic, talkTopic } from '../cases/bus.ts';
import type { Context } from '../context.ts';
import { staffRoles } from '../policies/case-access.ts';
import { actorFor } from '../use-cases/open-case.ts';
import { callOf } from './caller.ts';
import type { Call } from './request.ts';

/** Proxies close silent connections after a minute. */
const HEARTBEAT = 25_000;
/** Streams that one server keeps open; a page that finds no place asks again later. */
const MOST = 5_000;

let open = 0;

/** Tells a page when its case has moved or somebody wrote: `revision` and `talk` events, nothing of the data. */
export function streamCase(context: Context, call: Call, id: string, revision: number): void {
  const stream = openStream(context, call);
  if (stream === null) return;
  // The page may have missed a step between its read and this connection.
  stream.send('revision', { revision }, revision);
  // Whoever was logged out, or has no business with the case any more, is told nothing more.
  let queue = Promise.resolve();
  const tell = (send: () => void): void => {
    queue = queue
      .then(() => callOf(context, call.request, call.response))
      .then(({ caller }) => actorFor(context, caller, id))
      .then(send)
      .catch(() => stream.end());
  };
  stream.onClose(context.bus.listen(id, (now) => tell(() => stream.send('revision', { revision: now }, now))));
  stream.onClose(context.bus.listen(talkTopic(id), (count) => tell(() => stream.send('talk', { count }))));
}

/** How many are unread, of the messages about one's own cases and of the desk's notices. */
export interface Unread {
  readonly unread: number;
  readonly desk: number;
}

/** Tells the pages of a person how much is unread: `unread` events, nothing of what it says. */
export async function streamInbox(context: Context, call: Call, count: () => Promise<Unread>): Promise<void> {
  const { person } = call.caller;
  const stream = person && openStream(context, call);
  if (!stream) return;
  const tell = async (): Promise<void> => {
    if (!(await isLoggedIn(context, call))) return stream.end();
    stream.send('unread', { ...(await count()) });
  };
  // One after the other: what is told last is what is true last.
  let queue = Promise.resolve();
  let waits = false;
  const hear = (): void => {
    // What comes while a count waits for its turn is in that count.
    if (waits) return;
    waits = true;
    queue = queue
      .then(() => {
        waits = false;
        return tell();
      })
      .catch(() => stream.end());
  };
  stream.onClose(context.bus.listen(inboxTopic(person.id), hear));
  if (staffRoles(person).length > 0) stream.onClose(context.bus.listen(noticesTopic, hear));
  hear();
  await queue;
}

/** A queue changes with every step of every case; a page looks again this often at most, ms. */
const DESK_PAUSE = 1000;
/** How many of all open pages of the desk look again in a second: each look takes 5 ms of this thread. */
const DESK_LOOKS = 40;

let desks = 0;

/**
 * After how many milliseconds one of so many open pages looks again when something has moved. Of many, each at another
 * time and less often, so that a hall with hundreds of reviewers is not busy with showing them what others do.
 * @param chance 0 to 1
 */
export function deskPause(pages: number, chance: number): number {
  const turn = (pages / DESK_LOOKS) * 1000;
  return turn <= DESK_PAUSE ? DESK_PAUSE : DESK_PAUSE + chance * 2 * (turn - DESK_PAUSE);
}

/** Tells a page of the desk that queues may be others now: `queue` events, nothing of any case. */
export function streamDesk(context: Context, call: Call): void {
  const stream = openStream(context, call);
  if (stream === null) return;
  desks += 1;
  stream.onClose(() => {
    desks -= 1;
  });
  let count = 0;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const tell = async (): Promise<void> => {
    waiting = null;
    if (!(await isLoggedIn(context, call).catch(() => false))) return stream.end();
    count += 1;
    stream.send('queue', { count });
  };
  stream.onClose(
    context.bus.listen(deskTopic, () => {
      waiting ??= setTimeout(() => void tell(), deskPause(desks, Math.random())).unref();
    }),
  );
  stream.onClose(() => waiting !== null && clearTimeout(waiting));
  // What moved while there was no line is seen at once.
  void tell();
}

/** Whoever has logged out since the line was opened is told nothing more. */
async function isLoggedIn(context: Context, call: Call): Promise<boolean> {
  const { caller } = await callOf(context, call.request, call.response);
  return caller.person !== null && caller.person.id === call.caller.person?.id;
}

interface Stream {
  send(event: string, data: { readonly [name: string]: number }, id?: number): void;
  onClose(stop: () => void): void;
  end(): void;
}

/** An open line to a page; null when there are too many, which is answered here. */
function openStream(context: Context, { request, response }: Call): Stream | null {
  if (open >= MOST) {
    response.status(503).setHeader('retry-after', '30').end();
    return null;
  }
  open += 1;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT);
  heartbeat.unref();
  const stops: (() => void)[] = [];
  stops.push(context.bus.listen(endTopic, () => response.end()));
  request.on('close', () => {
    open -= 1;
    clearInterval(heartbeat);
    for (const stop of stops) stop();
    response.end();
  });
  return {
    send(event, data, id) {
      response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (stop) => stops.push(stop),
    end: () => response.end(),
  };
}
