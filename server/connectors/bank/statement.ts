import { parse } from 'csv-parse/sync';
import { fenOf } from '../payment/alipay-crypto.ts';
import { StatementFault } from '../payment/reconcile.ts';
import { columns } from './columns.ts';

/** Money that came to the hall's own account, as its bank tells it. */
export interface StatementLine {
  readonly transaction: string;
  /** YYYY-MM-DD, as the bank writes it: in its own time. */
  readonly date: string;
  readonly payer: string;
  readonly payerAccount: string;
  /** Fen, above zero. */
  readonly amount: number;
  /** Everything that the payer wrote, whatever column it stands in. */
  readonly remark: string;
}

type Column = keyof typeof columns;
const needed: readonly Column[] = ['date', 'transaction', 'payer', 'credit'];

/**
 * The statement of a company's account as banks let it be downloaded: CSV, with lines of the account's own data above the
 * titles, and titles that differ from bank to bank (columns.ts). Only what came in is taken: a line without a credit
 * is a payment of ours or a sum. @throws StatementFault with the line that cannot be read; then nothing of the file counts
 */
export function readBankStatement(csv: string): readonly StatementLine[] {
  const rows = rowsOf(csv);
  const head = rows.findIndex(({ cells }) => needed.every((column) => placesOf(cells, column).length > 0));
  if (head < 0) {
    const titles = needed.map((column) => columns[column][0]).join('、');
    throw new StatementFault(`找不到标题行，需要有：${titles}`, `no line of titles, which needs: ${titles}`);
  }
  const titles = rows[head]?.cells ?? [];
  const found = rows.slice(head + 1).flatMap((row) => lineOf(row, titles) ?? []);
  const seen = new Set<string>();
  for (const { transaction } of found) {
    if (seen.has(transaction))
      throw new StatementFault(`流水号 ${transaction} 出现了两次`, `the transaction ${transaction} stands there twice`);
    seen.add(transaction);
  }
  return found;
}

interface Row {
  readonly cells: readonly string[];
  /** In the file, from 1. */
  readonly line: number;
}

function rowsOf(csv: string): readonly Row[] {
  try {
    const rows = parse(csv, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record.map(bare), line: info.lines }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StatementFault(`不是 CSV 文件：${reason}`, `not a CSV file: ${reason}`);
  }
}

/** Banks write long numbers as `="123"` or with a tab or a quote before them, so that a spreadsheet keeps their digits. */
function bare(cell: string): string {
  return cell.replace(/^="?|^['\t]|"$/g, '').trim();
}

function placesOf(titles: readonly string[], column: Column): readonly number[] {
  const titled: readonly string[] = columns[column];
  return titled.map((title) => titles.indexOf(title)).filter((at) => at >= 0);
}

function lineOf({ cells, line }: Row, titles: readonly string[]): StatementLine | null {
  const at = (column: Column): string => cells[placesOf(titles, column)[0] ?? -1] ?? '';
  const credit = at('credit').replace(/[,，¥￥+\s]/g, '');
  if (credit === '' || credit === '-' || Number(credit) === 0) return null;
  const transaction = at('transaction');
  // A sum at the end has an amount and is no transaction.
  if (transaction === '' && at('payer') === '') return null;
  const amount = fenOf(credit);
  if (amount === null)
    throw new StatementFault(`第 ${line} 行的金额“${credit}”不对`, `line ${line}: ${credit} is no amount`);
  const date = dateOf(at('date'));
  if (date === null)
    throw new StatementFault(`第 ${line} 行的日期“${at('date')}”不对`, `line ${line}: ${at('date')} is no date`);
  if (transaction === '') throw new StatementFault(`第 ${line} 行没有流水号`, `line ${line} has no transaction number`);
  const remark = placesOf(titles, 'remark').map((place) => cells[place] ?? '');
  return {
    transaction,
    date,
    payer: at('payer'),
    payerAccount: at('payerAccount').replace(/\s/g, ''),
    amount,
    remark: [...new Set(remark)].filter((text) => text !== '').join(' '),
  };
}

/** `2026-03-01`, `2026/3/1`, `20260301`, `2026年3月1日`, each perhaps with a time. */
function dateOf(text: string): string | null {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d{3})/.exec(text);
  if (!match) return null;
  const [year, month, day] = [match[1] ?? '', (match[2] ?? '').padStart(2, '0'), (match[3] ?? '').padStart(2, '0')];
  const date = `${year}-${month}-${day}`;
  const known = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== date ? null : date;
}
