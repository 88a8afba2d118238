import type { LedgerAccount, LedgerView } from '../../engine/contract/finance.ts';
import type { Locale } from '../../engine/errors/index.ts';
import { groupedNumber } from '../../engine/index.ts';
import { dayOf } from '../../engine/run/calendar.ts';
import { zoneMinutes } from '../../engine/zone.ts';
import { writeTable } from '../batches/table.ts';
import { type Posting, suspense } from '../connectors/payment/ledger.ts';
import type { Context } from '../context.ts';
import { invalid } from '../fault.ts';
import { pageOf } from '../use-cases/page.ts';

const PAGE = 50;
const DAY = 86_400_000;
const zone = { offsetMinutes: zoneMinutes };

export interface LedgerFilter {
  /** YYYY-MM-DD, both inclusive; empty = no limit. */
  readonly from: string;
  readonly to: string;
  /** Part of a case number or of the platform's number. */
  readonly text: string;
  /** `open`: only what is not even (money that is held). */
  readonly view: 'all' | 'open';
}

/** The ledger by case: what came, what went back, what is held; the newest movement first. @throws Fault request-invalid */
export async function ledgerView(context: Context, filter: LedgerFilter, page: number): Promise<LedgerView> {
  const found = await accountsOf(context, filter);
  const { shown, place } = pageOf(found, page, PAGE);
  const sums = { came: 0, back: 0, held: 0 };
  for (const { came, back, held } of found) {
    sums.came += came;
    sums.back += back;
    sums.held += held;
  }
  return { accounts: shown, sums, ...place };
}

async function accountsOf(context: Context, { from, to, text, view }: LedgerFilter): Promise<readonly LedgerAccount[]> {
  const first = startOf(from) ?? Number.NEGATIVE_INFINITY;
  const end = (startOf(to) ?? Number.POSITIVE_INFINITY) + DAY;
  const wanted = text.replace(/[\s-]/g, '').toLowerCase();
  const accounts = new Map<string, Posting[]>();
  for await (const posting of context.ledger.all()) {
    const account = posting.entries.find(({ account: name }) => name === suspense || name.startsWith('case:'))?.account;
    if (account !== undefined) accounts.set(account, [...(accounts.get(account) ?? []), posting]);
  }
  const found: LedgerAccount[] = [];
  for (const [account, postings] of accounts) {
    const id = account === suspense ? null : account.slice('case:'.length);
    const entry = id === null ? null : await context.cases.entry(id);
    const movements = postings.map((posting) => movementOf(posting, account)).sort((a, b) => a.at - b.at);
    const within = movements.filter(({ at }) => at >= first && at < end);
    const name = entry?.number ?? '';
    const fits =
      wanted === '' || name.includes(wanted) || movements.some(({ id: one }) => one.toLowerCase().includes(wanted));
    if (within.length === 0 || !fits) continue;
    const came = sum(movements.map(({ amount }) => Math.max(0, amount)));
    const back = -sum(movements.map(({ amount }) => Math.min(0, amount)));
    if (view === 'open' && came === back) continue;
    found.push({
      case: entry === null ? null : { id: entry.id, number: entry.number },
      subject: entry?.subject ?? '',
      label: entry?.label ?? '',
      ...{ came, back, held: came - back, movements },
    });
  }
  return found.sort((a, b) => (b.movements.at(-1)?.at ?? 0) - (a.movements.at(-1)?.at ?? 0));
}

/** What came to the house is above zero, whatever sign the account has. */
function movementOf({ id, at, entries }: Posting, account: string): LedgerAccount['movements'][number] {
  const other = entries.find((entry) => entry.account !== account);
  return { id, at, provider: (other?.account ?? '').replace('provider:', ''), amount: other?.amount ?? 0 };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);

function startOf(date: string): number | null {
  if (date === '') return null;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(at)) throw invalid('日期应为 YYYY-MM-DD', 'a date is YYYY-MM-DD');
  return at - zoneMinutes * 60_000;
}

/** Every movement as a line of a table, with the balance of its case. */
export async function ledgerTable(context: Context, filter: LedgerFilter, locale: Locale | undefined): Promise<string> {
  const titles =
    locale === 'en'
      ? ['Day', 'Case', 'About', 'Platform', 'Number', 'Amount', 'Held of the case']
      : ['日期', '业务单号', '主题', '支付平台', '编号', '金额（元）', '该单余额（元）'];
  const rows = (await accountsOf(context, filter)).flatMap(({ case: named, subject, held, movements }) =>
    movements.map(({ at, provider, id, amount }) => [
      ...[dayOf(at, zone), named === null ? '' : groupedNumber(named.number), subject, provider, id],
      ...[yuan(amount), yuan(held)],
    ]),
  );
  return writeTable([titles, ...rows]);
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);
