import type { JsonObject } from '../../engine/model/json.ts';

/**
 * One outside system. The contract (inputs, outcomes, data) is `workflows/connectors/<id>.connector.yaml`;
 * requests and results are validated against it outside the connector. Technical failures are thrown and repeated by the
 * outbox with the contract's back-off; only what the process must know is an outcome.
 */
export interface Connector {
  readonly id: string;
  /**
   * Does one operation. `pending` = accepted, the outcome comes later through `receive` or `poll`.
   * Must honour `request.key`: the same key is the same request. With `request.again` an earlier try may have arrived:
   * a connector that can ask for it asks first.
   */
  perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'>;
  /** Asks again for the result of a pending request; absent where the other side always tells. */
  poll?(operation: string, request: RequestContext): Promise<Outcome | 'pending'>;
  /**
   * Takes what the other side sent to `/connectors/<id>/callback`; absent where it sends nothing.
   * @returns null for what is addressed to nobody that this connector knows
   */
  receive?(message: Received): Promise<Taken | null>;
  /** Finishes what the process before this one began: called once, before anything is heard or sent. */
  recover?(): Promise<void>;
}

export interface Outcome {
  readonly outcome: string;
  readonly data?: JsonObject;
}

export interface RequestContext {
  /** Idempotency key of the effect. */
  readonly key: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly project: string;
  /** Address of the calling state and the call's generation: sent back with the result. */
  readonly call: string;
  readonly generation: number;
  /** An earlier try of the same request failed without an answer. */
  readonly again?: boolean;
  /** Somebody waits for it at this moment (a code to log in with): no quiet hours, no cap of the day. */
  readonly urgent?: true;
}

/** An HTTP request from outside, before anything of it is believed. */
export interface Received {
  /** What follows `/callback/`; empty without. */
  readonly part: string;
  readonly method: string;
  /** Path and query as they were asked for. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
  readonly body: Buffer;
  /** Real time, epoch ms: freshness is no matter of a clock that tests move. */
  readonly now: number;
}

/** Why a message was not believed. */
export type RefusalReason =
  | 'signature'
  /** The keys to check it with are not to be had now: it was not judged, and its sender repeats it. */
  | 'unverified'
  | 'replay'
  | 'tampered'
  | 'merchant'
  | 'amount'
  /** It is about another thing than what was asked, though its contract says that it repeats it. */
  | 'other'
  | 'orphan'
  | 'shape';

export interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly text?: string;
}

/** What became of a message: told to a case, refused, or known and of no consequence. */
export interface Taken {
  readonly reply: Reply;
  readonly told?: readonly Told[];
  readonly refused?: { readonly reason: RefusalReason; readonly reference?: string };
  /** To be called when the cases have everything that is told. */
  readonly done?: () => Promise<void>;
}

export type Told =
  | {
      readonly kind: 'outcome';
      readonly caseId: string;
      readonly operation: string;
      readonly call: string;
      readonly generation: number;
      readonly outcome: string;
      readonly data: JsonObject;
    }
  | { readonly kind: 'event'; readonly caseId: string; readonly event: string; readonly data: JsonObject };

export interface Untaken {
  /** Code of the blocker. */
  readonly code: string;
  readonly caseNumber: string;
}

/** What a connector may tell the server unasked; the server deduplicates by `id` and turns it into a command. */
export interface Inbox {
  /** Result of a pending request. @returns null when the case has it, else why it does not take it */
  outcome(
    reference: { readonly caseId: string; readonly call: string; readonly generation: number },
    outcome: Outcome,
  ): Promise<Untaken | null>;
  /** Data of `<connector>.<event>` for a case. @returns false when no such case exists. */
  event(connector: string, event: string, reference: { readonly caseId: string }, data: JsonObject): Promise<boolean>;
}
