import { parse } from 'csv-parse/sync';
import { fenOf } from '../alipay-crypto.ts';
import { StatementFault, type StatementLine } from '../reconcile.ts';
import { placeOf, timeOf } from './table.ts';

const sums = { 交易: 'payment', 退款: 'refund' } as const;

/**
 * The trade statement of Alipay (`alipay.data.dataservice.bill.downloadurl.query`, bill type `trade`, the file 业务明细): CSV between
 * comment lines, refunds below zero, sums in the comments at the end, which are checked. @throws StatementFault
 */
export function readAlipayStatement(csv: string): readonly StatementLine[] {
  const texts = csv.replace(/^\ufeff/, '').split(/\r?\n/);
  const rows: string[][] = parse(texts.filter((line) => !line.startsWith('#')).join('\n'), {
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const [titles = []] = rows;
  const column = (name: string): number => placeOf(titles, name);
  const columns = {
    transaction: column('支付宝交易号'),
    kind: column('业务类型'),
    time: column('完成时间'),
    amount: column('订单金额（元）'),
    refund: column('退款批次号/请求号'),
  };
  const bare = (row: readonly string[], at: number): string => (row[at] ?? '').trim();
  const lines = rows.slice(1).map((row, index): StatementLine => {
    const kind = sums[bare(row, columns.kind) as keyof typeof sums];
    const amount = fenOf(bare(row, columns.amount).replace(/^-/, ''));
    const at = timeOf(bare(row, columns.time));
    if (kind === undefined || amount === null || Number.isNaN(at))
      throw new StatementFault(
        `第 ${index + 1} 笔既不是收款也不是退款`,
        `entry ${index + 1} is no payment and no refund`,
      );
    return { id: `${kind}/${bare(row, kind === 'refund' ? columns.refund : columns.transaction)}`, amount, at };
  });
  for (const [word, kind] of Object.entries(sums)) checkSum(texts, word, kind, lines);
  return lines;
}

/** `#交易合计：2笔，…` and `#退款合计：1笔，…`: how many there have to be. */
function checkSum(texts: readonly string[], word: string, kind: string, lines: readonly StatementLine[]): void {
  const told = texts.map((line) => new RegExp(`^#${word}合计：(\\d+)笔`).exec(line)).find((match) => match !== null);
  if (!told) throw new StatementFault('没有末尾的汇总，文件不完整', 'the summary is not there: the file was cut');
  if (Number(told[1]) !== lines.filter(({ id }) => id.startsWith(`${kind}/`)).length)
    throw new StatementFault('汇总与明细对不上', 'the summary does not fit the lines');
}
