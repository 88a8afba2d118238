import type { JsonObject } from '../../../engine/model/json.ts';
import type { Manner, Order, Request, SentMessage, StatementEntry } from '../../../server/sandbox/state.ts';

/** The outside world, for tests: what its pages show and do. Times are the server's. */
export interface OutsideWorld {
  /** How the next requests of an operation are answered. @param left how many of them; null = all from now on */
  next(
    operation: string,
    how: { outcome?: string; manner?: Manner; data?: JsonObject; seconds?: number; left?: number | null },
  ): Promise<void>;
  /** Everything is answered as usual again. */
  asUsual(): Promise<void>;
  statement(caseNumber?: string): Promise<StatementEntry[]>;
  messages(to?: string): Promise<SentMessage[]>;
  orders(caseNumber?: string): Promise<Order[]>;
  requests(caseNumber?: string): Promise<(Request & { readonly caseNumber: string })[]>;
  /** What the payer does with an order: pay, refuse, duplicate, other, quiet, again, repeat. */
  pay(order: string, deed?: string): Promise<void>;
  bounce(entry: number): Promise<void>;
  /** Tells the server something unasked. */
  tell(connector: string, event: string, caseNumber: string, data?: JsonObject, times?: number): Promise<void>;
  /** Puts the server's clock forward. @returns its time, epoch ms */
  advance(ms: number): Promise<number>;
  /** The random code or PIN that arrived last for a case; waits for it. */
  remark(caseNumber: string, sooner?: number): Promise<string>;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** @param base where the server is, asked for at each call */
export function outsideWorld(base: () => string): OutsideWorld {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${base()}/sandbox/api${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    if (!answer.ok) throw new Error(`sandbox ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const list = <T>(path: string, caseNumber?: string) =>
    call<T[]>('GET', caseNumber === undefined ? path : `${path}?case=${caseNumber}`);
  const world: OutsideWorld = {
    next: (operation, how) => call('POST', '/next', { operation, ...how }),
    asUsual: () => call('DELETE', '/next'),
    statement: (caseNumber) => list('/statement', caseNumber),
    messages: async (to) => (await list<SentMessage>('/messages')).filter((one) => to === undefined || one.to === to),
    orders: (caseNumber) => list('/orders', caseNumber),
    requests: (caseNumber) => list('/requests', caseNumber),
    pay: (order, deed = 'pay') => call('POST', '/pay', { order, do: deed }),
    bounce: (id) => call('POST', '/bounce', { id }),
    tell: (connector, event, caseNumber, data = {}, times = 1) =>
      call('POST', '/event', { connector, event, caseNumber, data, times }),
    advance: async (ms) => (await call<{ now: number }>('POST', '/clock', { advance: ms })).now,
    remark: (caseNumber, sooner = 0) =>
      eventually(`a transfer for ${caseNumber}`, async () => {
        const entries = await world.statement(caseNumber);
        return entries.length > sooner ? entries.at(-1)?.remark : undefined;
      }),
  };
  return world;
}

/** Waits until something is there; fails with what was expected. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
