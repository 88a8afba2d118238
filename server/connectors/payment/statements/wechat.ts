import { parse } from 'csv-parse/sync';
import { fenOf } from '../alipay-crypto.ts';
import { StatementFault, type StatementLine } from '../reconcile.ts';
import { placeOf, timeOf } from './table.ts';

/**
 * The merchant's trade statement of WeChat Pay (`/v3/bill/tradebill`): CSV with a title line, values after a back quote, and a
 * summary at the end, whose sums are checked. @throws StatementFault
 */
export function readWechatStatement(csv: string): readonly StatementLine[] {
  const rows: string[][] = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  const [titles = []] = rows;
  const column = (name: string): number => placeOf(titles, name);
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
    const at = timeOf(bare(row, columns.time));
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
