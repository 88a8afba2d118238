import type { Received, RefusalReason, Reply } from '../connector.ts';

/** Money that arrived, in the words of a provider's notice. Amounts in fen. */
export interface Paid {
  readonly orderNumber: string;
  readonly transaction: string;
  readonly amount: number;
  readonly paidAt: string;
}

export interface NewOrder {
  readonly number: string;
  readonly amount: number;
  readonly description: string;
  readonly notify: string;
  /** What the merchant's own statement shows beside the order, ASCII, 40 characters at most: the number of the case. */
  readonly attach: string;
}

export type RefundState =
  | { readonly kind: 'none' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'done'; readonly amount: number }
  /** Ended without paying: another refund with another number may be tried. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a message of the provider says, once it is believed. */
export type Heard =
  | { readonly kind: 'paid'; readonly paid: Paid; readonly reply: Reply }
  | { readonly kind: 'refund'; readonly number: string; readonly state: RefundState; readonly reply: Reply }
  /** Known and of no consequence, e.g. an order that was closed. */
  | { readonly kind: 'nothing'; readonly reply: Reply }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly reply: Reply };

/**
 * A payment provider's protocol: orders with a code to scan, and refunds. Numbers of orders and refunds are ours and make
 * every request repeatable. @throws TechnicalFailure when nothing is known
 */
export interface PaymentProvider {
  readonly id: string;
  create(order: NewOrder): Promise<{ codeUrl: string }>;
  /** Null while it is not paid, also when there is no such order. */
  query(orderNumber: string): Promise<Paid | null>;
  /** @returns `paid` when it was paid first */
  close(orderNumber: string): Promise<'closed' | 'paid'>;
  refund(refund: { number: string; transaction: string; amount: number; notify: string }): Promise<RefundState>;
  /** What became of a refund; `none` when it never arrived. */
  queryRefund(refund: { number: string; transaction: string; amount: number }): Promise<RefundState>;
  /** Believes a message, or not. Looks at signature, time, merchant; amounts and orders are the connector's. */
  hear(message: Received): Promise<Heard>;
  /** How a message is answered that was believed but is not ours. */
  refuse(status: number, message: string): Reply;
}
