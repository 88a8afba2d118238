import type { Posting } from './ledger.ts';

/** A line of a provider's statement, in our words. */
export interface StatementLine {
  /** As the ledger names it: `payment/<transaction>`, `refund/<number>`. */
  readonly id: string;
  readonly amount: number;
  readonly at: number;
}

export interface Difference {
  /** `unknown`: only the provider has it; `missing`: only we have it; `amount`: both have it, not the same. */
  readonly kind: 'unknown' | 'missing' | 'amount';
  readonly id: string;
  readonly theirs: number | null;
  readonly ours: number | null;
}

/** A file that is not the statement that it should be, in the words of whoever sent it. */
export class StatementFault extends Error {
  readonly reason: { readonly zh: string; readonly en: string };
  constructor(zh: string, en: string) {
    super(en);
    this.name = 'StatementFault';
    this.reason = { zh, en };
  }
}

/** Differences between a provider's statement of a time (`from` ≤ t < `to`) and the ledger. */
export function reconcile(
  lines: readonly StatementLine[],
  postings: readonly Posting[],
  of: { readonly account: string; readonly from: number; readonly to: number },
): readonly Difference[] {
  const ours = new Map<string, { amount: number; at: number }>();
  for (const { id, at, entries } of postings) {
    const entry = entries.find(({ account }) => account === of.account);
    if (entry) ours.set(id, { amount: Math.abs(entry.amount), at });
  }
  const theirs = new Map(lines.map((line) => [line.id, line.amount]));
  const found: Difference[] = [];
  for (const [id, amount] of theirs) {
    const known = ours.get(id);
    if (!known) found.push({ kind: 'unknown', id, theirs: amount, ours: null });
    else if (known.amount !== amount) found.push({ kind: 'amount', id, theirs: amount, ours: known.amount });
  }
  for (const [id, { amount, at }] of ours)
    if (at >= of.from && at < of.to && !theirs.has(id)) found.push({ kind: 'missing', id, theirs: null, ours: amount });
  return found;
}
