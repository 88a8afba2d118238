import { createHash } from 'node:crypto';
import type { OpenDifference } from '../../engine/contract/finance.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Posting } from '../connectors/payment/ledger.ts';
import type { Difference, StatementLine } from '../connectors/payment/reconcile.ts';
import type { Context } from '../context.ts';
import { type Fault, invalid, notFound } from '../fault.ts';
import { writeDown } from '../use-cases/audit.ts';

/** A difference as it is kept: until the two agree, or until two people have settled it. */
interface Kept extends Difference {
  readonly provider: string;
  readonly foundAt: number;
  readonly settled?: {
    readonly note: string;
    readonly by: string;
    readonly at: number;
    readonly confirmed?: { readonly by: string; readonly at: number };
  };
}

const kind = 'difference';
const keyOf = (provider: string, id: string): string =>
  createHash('sha256').update(`${provider}\n${id}`).digest('hex').slice(0, 32);

/**
 * Keeps what a comparison found. What both sides say alike now is settled by itself; what is known already keeps its
 * note, unless the sums are others than those that were looked at.
 */
export async function keepDifferences(
  { store, clock }: Context,
  provider: string,
  lines: readonly StatementLine[],
  found: readonly Difference[],
): Promise<void> {
  const differing = new Set(found.map(({ id }) => id));
  for (const { id } of lines)
    if (!differing.has(id) && (await store.readDocument(kind, keyOf(provider, id))))
      await store.removeDocument(kind, keyOf(provider, id));
  for (const difference of found) {
    const key = keyOf(provider, difference.id);
    const known = (await store.readDocument(kind, key))?.data as unknown as Kept | undefined;
    if (known && known.kind === difference.kind && known.theirs === difference.theirs && known.ours === difference.ours)
      continue;
    const next: Kept = { ...difference, provider, foundAt: clock.now() };
    await store.writeDocument(kind, key, next as unknown as Json);
  }
}

/** Open ones first, the oldest first. */
export async function listDifferences(context: Context): Promise<readonly OpenDifference[]> {
  const { store, accounts, ledger, cases } = context;
  const named = async (id: string): Promise<string> => (await accounts.book.read(id))?.name ?? '';
  const found: OpenDifference[] = [];
  const kept: { key: string; one: Kept }[] = [];
  for await (const { id: key, document } of store.listDocuments(kind))
    kept.push({ key, one: document.data as unknown as Kept });
  const owners = kept.length === 0 ? new Map<string, string>() : await ownersOf(ledger.all());
  for (const { key, one } of kept) {
    const { settled, ...rest } = one;
    const entry = await cases.entry(owners.get(one.id) ?? '');
    found.push({
      ...rest,
      key,
      case: entry === null ? null : { id: entry.id, number: entry.number },
      ...(settled && {
        settled: {
          ...{ note: settled.note, at: settled.at, by: await named(settled.by), own: settled.by },
          ...(settled.confirmed && {
            confirmed: { at: settled.confirmed.at, by: await named(settled.confirmed.by) },
          }),
        },
      }),
    });
  }
  const rank = ({ settled }: OpenDifference) => (settled === undefined ? 0 : settled.confirmed ? 2 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || a.foundAt - b.foundAt);
}

/** The case of each movement. */
async function ownersOf(all: AsyncIterable<Posting>): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  for await (const { id, entries } of all) {
    const account = entries.find((entry) => entry.account.startsWith('case:'))?.account;
    if (account !== undefined) owners.set(id, account.slice('case:'.length));
  }
  return owners;
}

/** Written down by one person; may be written anew until somebody else has confirmed it. @throws Fault */
export async function settleDifference(context: Context, person: Person, key: string, note: string): Promise<void> {
  if (note.trim() === '') throw invalid('请写明查明的情况', 'say what was found out');
  const { store, clock } = context;
  const stored = await read(context, key);
  if (stored.one.settled?.confirmed) throw done();
  const next: Kept = { ...stored.one, settled: { note: note.trim(), by: person.id, at: clock.now() } };
  await store.writeDocument(kind, key, next as unknown as Json, stored.version);
  await writeDown(context, { person: person.id, action: 'settle-difference', path: next.id, reason: note });
}

/** By another person than wrote it down. @throws Fault */
export async function confirmDifference(context: Context, person: Person, key: string): Promise<void> {
  const { one, version } = await read(context, key);
  if (one.settled === undefined) throw notFound();
  if (one.settled.confirmed) throw done();
  if (one.settled.by === person.id)
    throw invalid(
      '登记和核对不能是同一个人，请由另一位财务核对',
      'whoever wrote it down cannot confirm it: ask another person',
    );
  const next: Kept = { ...one, settled: { ...one.settled, confirmed: { by: person.id, at: context.clock.now() } } };
  await context.store.writeDocument(kind, key, next as unknown as Json, version);
  const { note: reason } = one.settled;
  await writeDown(context, { person: person.id, action: 'confirm-difference', path: one.id, reason });
}

async function read({ store }: Context, key: string): Promise<{ readonly one: Kept; readonly version: number }> {
  const stored = await store.readDocument(kind, key);
  if (stored === null) throw notFound();
  return { one: stored.data as unknown as Kept, version: stored.version };
}

const done = (): Fault => invalid('这一笔已经查明并核对过', 'this was settled and confirmed already');
