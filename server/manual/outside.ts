import type { Definition } from '../../engine/model/definition.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { objectIn } from '../json.ts';
import type { Order, Request } from '../sandbox/state.ts';
import { pause } from './hall.ts';
import { ManualTrouble } from './trouble.ts';

/** The outside world of the walk: the sandbox of its server. */
export interface Outside {
  /** Something arrives from outside; an order that waits for its payer is paid. */
  happens(event: string, caseNumber: string, data: JsonObject): Promise<void>;
  /** Whoever pays turns an order that waits for it down. */
  turnedDown(caseNumber: string): Promise<void>;
  /** The value of a secret, out of the request with which it was sent to somebody; waits for it. */
  secret(name: string, caseNumber: string): Promise<string>;
  /** Time passes, ms. */
  later(ms: number): Promise<void>;
  /** How the next requests of an operation are answered. */
  next(operation: string, outcome: string): Promise<void>;
  /** Everything is answered as usual again. */
  asUsual(): Promise<void>;
}

type Seen = Request & { readonly caseNumber: string };

export function outsideOf(base: string, definition: Definition): Outside {
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${base}/sandbox/api${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new ManualTrouble(`沙盒 ${method} ${path}：${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const orders = (number: string) => call<Order[]>('GET', `/orders?case=${number}`);
  return {
    async happens(event, caseNumber, data) {
      const from = definition.declared.events[event]?.from ?? '';
      const [connector = '', name = ''] = from.split('.');
      const open = (await orders(caseNumber)).find(({ status }) => status === 'open');
      if (open !== undefined && definition.connectors[connector]?.operations[name] === undefined && pays(connector)) {
        await call('POST', '/pay', { order: open.number, do: 'pay' });
        return;
      }
      const properties = objectIn(objectIn(definition.connectors[connector]?.events[name]?.data).properties);
      // Words that the process asks for; numbers and references are the sandbox's own.
      const said = Object.entries(data).filter(([field]) => objectIn(properties[field]).enum !== undefined);
      await call('POST', '/event', { connector, event: name, caseNumber, data: Object.fromEntries(said) });
    },
    async turnedDown(caseNumber) {
      const open = (await orders(caseNumber)).find(({ status }) => status === 'open');
      if (open !== undefined) await call('POST', '/pay', { order: open.number, do: 'refuse' });
    },
    async secret(name, caseNumber) {
      const sent = sendersOf(definition, name);
      const limit = Date.now() + 20_000;
      while (Date.now() < limit) {
        const requests = await call<Seen[]>('GET', `/requests?case=${caseNumber}`);
        for (const request of [...requests].reverse()) {
          const input = sent.get(`${request.connector}.${request.operation}`);
          const value = input === undefined ? undefined : request.input[input];
          if (typeof value === 'string') return value;
        }
        await pause(200);
      }
      throw new ManualTrouble(`沙盒没有收到“${name}”`);
    },
    later: (ms) => call('POST', '/clock', { advance: ms }),
    next: (operation, outcome) => call('POST', '/next', { operation, outcome, left: null }),
    asUsual: () => call('DELETE', '/next'),
  };
}

/** The contract that the sandbox's payment platforms stand behind. */
function pays(connector: string): boolean {
  return connector === 'payment';
}

/** `connector.operation` -> the input in which a secret is sent to somebody. */
function sendersOf(definition: Definition, secret: string): ReadonlyMap<string, string> {
  const senders = new Map<string, string>();
  for (const { call } of Object.values(definition.chart.states)) {
    if (call === null) continue;
    for (const [input, text] of Object.entries(call.with))
      if (text.includes(`secrets.${secret}`)) senders.set(`${call.connector}.${call.operation}`, input);
  }
  return senders;
}
