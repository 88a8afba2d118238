import type { JsonObject } from '../../engine/model/json.ts';

/**
 * One outside system. The contract (inputs, outcomes, data) is `workflows/connectors/<id>.connector.yaml`;
 * requests and results are validated against it outside the connector. Technical failures are thrown and repeated by the
 * outbox with the contract's back-off; only what the process must know is an outcome.
 */
export interface Connector {
  readonly id: string;
  /**
   * Does one operation. `pending` = accepted, the outcome comes later through `deliver` (webhook or poll).
   * Must honour `request.key`: the same key is the same request.
   */
  perform(operation: string, input: JsonObject, request: RequestContext): Promise<Outcome | 'pending'>;
  /** Asks again for the result of a pending request; absent where the other side always tells. */
  poll?(operation: string, request: RequestContext): Promise<Outcome | 'pending'>;
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
}

/** What a connector may tell the server unasked; the server deduplicates by `id` and turns it into a command. */
export interface Inbox {
  /** Result of a pending request. */
  outcome(
    reference: { readonly caseId: string; readonly call: string; readonly generation: number },
    outcome: Outcome,
  ): Promise<void>;
  /** Data of `<connector>.<event>` for a case. @returns false when no such case exists. */
  event(connector: string, event: string, reference: { readonly caseId: string }, data: JsonObject): Promise<boolean>;
}
