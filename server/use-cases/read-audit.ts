import type { AuditList, AuditView } from '../../engine/contract/accounts.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Context } from '../context.ts';
import { pageOf } from './page.ts';

const PAGE = 30;
/** As far back as is looked; `certflow audit` reads everything. */
const MOST = 5_000;

export interface AuditFilter {
  /** Part of the person's name or account; empty = anybody. */
  readonly by: string;
  readonly action: string;
  /** Number of a case. */
  readonly number: string;
}

interface Entry {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly caseId: string;
  readonly action: string;
  readonly path: string;
  readonly reason: string;
}

/** Everything that was written down, newest first. */
export async function listAudit(context: Context, filter: AuditFilter, wanted: number): Promise<AuditList> {
  const entries = await entriesOf(context);
  const number = filter.number.replace(/[\s-]/g, '');
  const names = new Map<string, string>();
  const nameOf = async (id: string): Promise<string> => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const account = await context.accounts.book.read(id);
    const name = account ? `${account.name}${account.account === '' ? '' : ` (${account.account})`}` : id;
    names.set(id, name);
    return name;
  };
  const found: Entry[] = [];
  const about = await context.cases.lists.many(
    number === '' ? [] : [...new Set(entries.map(({ caseId }) => caseId).filter((id) => id !== ''))],
  );
  for (const entry of entries) {
    if (filter.action !== '' && entry.action !== filter.action) continue;
    if (number !== '' && !(about.get(entry.caseId)?.number.includes(number) ?? false)) continue;
    if (filter.by !== '' && !(await nameOf(entry.person)).toLowerCase().includes(filter.by.toLowerCase())) continue;
    found.push(entry);
  }
  const { shown, place } = pageOf(found, wanted, PAGE);
  const rows = await Promise.all(
    shown.map(async ({ id, at, person, caseId, action, path, reason }): Promise<AuditView> => {
      const known = caseId === '' ? null : await context.cases.lists.get(caseId);
      // Deeds of the staff screen are about a person.
      const about = action.startsWith('staff-') ? await nameOf(path) : path;
      return {
        ...{ id, at, action, reason, path: about, by: await nameOf(person) },
        case: known && { id: known.id, number: known.number },
      };
    }),
  );
  return { rows, ...place, actions: [...new Set(entries.map(({ action }) => action))].sort() };
}

async function entriesOf({ audit }: Context): Promise<readonly Entry[]> {
  const entries = await audit.newest(MOST);
  return entries.map(({ seq, mac: _, previous: __, at, person, action, caseId, path, reason, ...rest }) => ({
    ...{ id: String(seq), at, person, action },
    caseId: textOf(caseId),
    path: textOf(path),
    // The command line and the house itself write what they did in words of their own.
    reason:
      textOf(reason) ||
      Object.entries(rest)
        .map(([name, value]) => `${name}: ${textOf(value)}`)
        .join(', '),
  }));
}

function textOf(value: Json | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
