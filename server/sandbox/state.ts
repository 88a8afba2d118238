import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { JsonObject } from '../../engine/model/json.ts';
import type { RequestContext } from '../connectors/connector.ts';
import type { AlipayTrade } from './providers/alipay.ts';
import type { WechatOrder, WechatRefund } from './providers/wechat-pay.ts';

/** How the other side behaves at a request. */
export type Manner =
  /** The outcome at once. */
  | 'answer'
  /** Accepted; the outcome comes by callback after `seconds`, or when somebody presses the button. */
  | 'late'
  /** Accepted, and nothing more until somebody presses the button. */
  | 'silence'
  /** The outcome by callback, twice, a second apart. */
  | 'duplicate'
  /** Not reachable. */
  | 'unavailable';

/** What was chosen for the next requests of one operation. */
export interface Choice {
  readonly manner: Manner;
  /** Null = the simulator's own answer. */
  readonly outcome: string | null;
  /** Overrides single fields of the outcome's data. */
  readonly data: JsonObject;
  readonly seconds: number;
  /** How many requests it still holds for; null = until it is taken back. */
  readonly left: number | null;
}

/** A request that arrived; `key` makes the same request the same. */
export interface Request {
  readonly id: number;
  readonly at: number;
  readonly connector: string;
  readonly operation: string;
  readonly input: JsonObject;
  readonly context: RequestContext;
  readonly status: 'answered' | 'open';
  /** How it was taken; `late` and `silence` are open until they are answered. */
  readonly manner: Manner;
  /** Real time (epoch ms) at which a late request is answered by itself. */
  readonly answerAt: number | null;
  /** Outcome chosen or, when answered, given; null = the simulator's own. */
  readonly outcome: string | null;
  readonly data: JsonObject;
}

/** A callback that the server has not acknowledged yet. */
export interface Callback {
  readonly id: number;
  readonly connector: string;
  readonly body: JsonObject;
  readonly tries: number;
  /** Real time, epoch ms. */
  readonly due: number;
  /** Why the server did not take it, as it said; null = not tried or not reached. */
  readonly refused: string | null;
}

export interface StatementEntry {
  /** The bank's own number of the transfer. */
  readonly flow: string;
  readonly id: number;
  readonly at: number;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly holder: string;
  readonly bank: string;
  readonly account: string;
  /** Fen, positive = received. */
  readonly amount: number;
  readonly remark: string;
  readonly returned: boolean;
}

export interface SentMessage {
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly to: string;
  readonly text: string;
}

export interface Order {
  readonly number: string;
  readonly at: number;
  readonly caseId: string;
  readonly caseNumber: string;
  /** Fen. */
  readonly amount: number;
  readonly provider: string;
  readonly description: string;
  readonly status: 'open' | 'paid' | 'closed';
  readonly payments: readonly {
    readonly transaction: string;
    readonly amount: number;
    readonly at: number;
    readonly refunded: boolean;
  }[];
  /** How often the payer turned it down. */
  readonly refused: number;
}

/** A message of a payment platform that the server has not acknowledged yet; it is signed when it is sent. */
export interface PlatformNotice {
  readonly id: number;
  readonly provider: string;
  readonly kind: 'paid' | 'refund';
  /** Of the payment, or the refund's number. */
  readonly key: string;
  /** What it says otherwise than it was, where a fault is wanted. */
  readonly told: JsonObject;
  readonly tries: number;
  /** Real time, epoch ms. */
  readonly due: number;
}

/** The payment platforms' memory. */
export interface Platforms {
  readonly wechat: {
    readonly orders: readonly (readonly [string, WechatOrder])[];
    readonly refunds: readonly (readonly [string, WechatRefund])[];
  };
  readonly alipay: readonly (readonly [string, AlipayTrade])[];
  /** How often a payer turned an order down. */
  readonly refused: { readonly [number: string]: number };
  readonly notices: readonly PlatformNotice[];
}

export interface SandboxState {
  readonly version: 1;
  readonly sequence: number;
  readonly choices: { readonly [operation: string]: Choice };
  readonly requests: readonly Request[];
  readonly callbacks: readonly Callback[];
  readonly statement: readonly StatementEntry[];
  readonly messages: readonly SentMessage[];
  readonly orders: readonly Order[];
  /** None before the first request to a payment platform. */
  readonly platforms?: Platforms;
}

export const empty: SandboxState = {
  version: 1,
  sequence: 0,
  choices: {},
  requests: [],
  callbacks: [],
  statement: [],
  messages: [],
  orders: [],
};

/** Enough for a day of trying; the oldest go first. */
const kept = 400;

/** The outside world's memory: one file, replaced as a whole. It is a toy's memory, not the product's. */
export class World {
  private readonly low: Low<SandboxState>;
  private writing: Promise<void> = Promise.resolve();

  private constructor(low: Low<SandboxState>) {
    this.low = low;
  }

  static async open(folder: string): Promise<World> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'state.json');
    const low = new Low<SandboxState>(new JSONFile(path), empty);
    try {
      await low.read();
      if (low.data.version !== 1) throw new Error('another version');
    } catch {
      // Nothing of value is in it: put it aside and begin anew, rather than stop the developer's server.
      await rename(path, `${path}.unreadable`).catch(() => undefined);
      low.data = empty;
    }
    return new World(low);
  }

  get state(): SandboxState {
    return this.low.data;
  }

  /** Changes the state and writes it; changes are written one after the other. */
  async change(make: (state: SandboxState) => SandboxState): Promise<void> {
    const next = make(this.low.data);
    this.low.data = {
      ...next,
      requests: next.requests.slice(-kept),
      statement: next.statement.slice(-kept),
      messages: next.messages.slice(-kept),
      orders: next.orders.slice(-kept),
    };
    this.writing = this.writing.then(() => this.low.write());
    await this.writing;
  }

  /** A number that was never given before. */
  async number(): Promise<number> {
    const sequence = this.state.sequence + 1;
    await this.change((state) => ({ ...state, sequence }));
    return sequence;
  }
}
