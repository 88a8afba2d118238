import { parse } from 'csv-parse/sync';
import { zoneMinutes } from '../../../engine/zone.ts';
import { fenOf } from './alipay-crypto.ts';
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

/**
 * The merchant's trade statement of WeChat Pay (`/v3/bill/tradebill`): CSV with a title line, values after a back quote, and a
 * summary at the end, whose sums are checked. @throws StatementFault
 */
export function readWechatStatement(csv: string): readonly StatementLine[] {
  const rows: string[][] = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  const [titles = []] = rows;
  const column = (name: string): number => {
    const at = titles.indexOf(name);
    if (at < 0) throw new StatementFault(`没有“${name}”这一列`, `the column ${name} is not there`);
    return at;
  };
  const columns = {
    time: column('交易时间'),
    transaction: column('微信订单号'),
    state: column('交易状态'),
    total: column('应结订单金额'),
    refund: column('商户退款单号'),
    refunded: column('退款金额'),
  };
  const end = rows.findIndex(([first]) => first === '总交易单数');
  if (end < 0 || rows.length !== end + 2)
    throw new StatementFault('没有末尾的汇总，文件不完整', 'the summary is not there: the file was cut');
  const bare = (row: readonly string[], at: number): string => (row[at] ?? '').replace(/^`/, '');
  const lines = rows.slice(1, end).map((row, index): StatementLine => {
    const isRefund = bare(row, columns.state) === 'REFUND';
    const amount = fenOf(bare(row, isRefund ? columns.refunded : columns.total));
    const at = Date.parse(`${bare(row, columns.time).replace(' ', 'T')}Z`) - zoneMinutes * 60_000;
    const id = isRefund ? `refund/${bare(row, columns.refund)}` : `payment/${bare(row, columns.transaction)}`;
    if (amount === null || Number.isNaN(at))
      throw new StatementFault(
        `第 ${index + 2} 行既不是收款也不是退款`,
        `line ${index + 2} is no payment and no refund`,
      );
    return { id, amount, at };
  });
  const [count, paid, refunded] = [0, 1, 2].map((at) => bare(rows[end + 1] ?? [], at));
  const sum = (kind: string) =>
    lines.filter(({ id }) => id.startsWith(kind)).reduce((all, { amount }) => all + amount, 0);
  if (Number(count) !== lines.length || fenOf(paid) !== sum('payment/') || fenOf(refunded) !== sum('refund/'))
    throw new StatementFault('汇总与明细对不上', 'the summary does not fit the lines');
  return lines;
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
