import { createHash } from 'node:crypto';
import type { SuspenseView } from '../../engine/contract/routes.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Person } from '../accounts/accounts.ts';
import { type Posting, suspense } from '../connectors/payment/ledger.ts';
import type { Context } from '../context.ts';
import { type Fault, invalid, notFound } from '../fault.ts';
import { writeDown } from './audit.ts';

/**
 * Money that no case takes goes back at the payment platform, by hand; here it is written down under the number of that
 * refund, by one person and looked at by another. Only then the books are even, and the platform's statement agrees.
 */
interface Settlement {
  readonly refund: string;
  readonly note: string;
  readonly by: string;
  readonly at: number;
  readonly confirmed?: { readonly by: string; readonly at: number };
}

const kind = 'settlement';
/** Numbers of refunds as platforms write them. */
const numbered = /^[0-9A-Za-z_|*@-]{6,64}$/;
const nameOf = (posting: string): string => createHash('sha256').update(posting).digest('hex').slice(0, 32);

/** What came and belongs to no case, oldest first: what is still open, and how the rest was settled. */
export async function listSuspense({ ledger, store, accounts }: Context): Promise<readonly SuspenseView[]> {
  const found: SuspenseView[] = [];
  const named = async (id: string): Promise<string> => (await accounts.person(id))?.name ?? '';
  for (const posting of await ledger.read(suspense)) {
    const { id, at, open } = posting;
    if (open === undefined) continue;
    const settled = (await store.readDocument(kind, nameOf(id)))?.data as unknown as Settlement | undefined;
    found.push({
      ...{ id, at, open, amount: Math.abs(entryOf(posting)?.amount ?? 0) },
      provider: (entryOf(posting)?.account ?? '').replace('provider:', ''),
      ...(settled && {
        settled: {
          ...{ refund: settled.refund, note: settled.note, at: settled.at, by: await named(settled.by) },
          own: settled.by,
          ...(settled.confirmed && {
            confirmed: { at: settled.confirmed.at, by: await named(settled.confirmed.by) },
          }),
        },
      }),
    });
  }
  return found;
}

/** Written down by the first person; may be written anew until somebody else has confirmed it. @throws Fault */
export async function settle(
  context: Context,
  person: Person,
  id: string,
  given: { readonly refund: string; readonly note: string },
): Promise<void> {
  await strayOf(context, id);
  if (!numbered.test(given.refund))
    throw invalid(
      '请填写支付平台上的退款单号，6 到 64 位字母或数字',
      'give the number of the refund, 6 to 64 letters or digits',
    );
  if (given.note.trim() === '') throw invalid('请写明查明的情况', 'say what was found out');
  if (await isUsed(context, id, given.refund)) throw used();
  const stored = await context.store.readDocument(kind, nameOf(id));
  if ((stored?.data as unknown as Settlement | undefined)?.confirmed) throw done();
  const next: Settlement = { refund: given.refund, note: given.note.trim(), by: person.id, at: context.clock.now() };
  await context.store.writeDocument(kind, nameOf(id), next as unknown as Json, stored?.version ?? 0);
  await writeDown(context, { person: person.id, action: 'settle', path: id, reason: next.note });
}

/** By another person than wrote it down. The books are even from now on. @throws Fault */
export async function confirmSettlement(context: Context, person: Person, id: string): Promise<void> {
  const posting = await strayOf(context, id);
  const stored = await context.store.readDocument(kind, nameOf(id));
  if (!stored) throw notFound();
  const settlement = stored.data as unknown as Settlement;
  if (settlement.confirmed) throw done();
  if (settlement.by === person.id)
    throw invalid(
      '登记和核对不能是同一个人，请由另一位财务核对',
      'whoever wrote it down cannot confirm it: ask another person',
    );
  const at = context.clock.now();
  const entry = entryOf(posting);
  const entries = posting.entries.map(({ account, amount }) => ({ account, amount: -amount }));
  // Books first: what a process that ended here has posted is found again, since its id is that of the refund.
  if (entry) await context.ledger.post(suspense, { id: `refund/${settlement.refund}`, at, entries });
  const next: Settlement = { ...settlement, confirmed: { by: person.id, at } };
  await context.store.writeDocument(kind, nameOf(id), next as unknown as Json, stored.version);
  const { refund: reason } = settlement;
  await writeDown(context, { person: person.id, action: 'confirm-settlement', path: id, reason });
}

/** One refund of the platform settles one sum. */
async function isUsed({ store, ledger }: Context, posting: string, refund: string): Promise<boolean> {
  for await (const { id, document } of store.listDocuments(kind))
    if ((document.data as unknown as Settlement).refund === refund) return id !== nameOf(posting);
  return (await ledger.read(suspense)).some(({ id }) => id === `refund/${refund}`);
}

function entryOf({ entries }: Posting): Posting['entries'][number] | undefined {
  return entries.find(({ account }) => account.startsWith('provider:'));
}

async function strayOf({ ledger }: Context, id: string): Promise<Posting> {
  const found = (await ledger.read(suspense)).find((posting) => posting.id === id && posting.open !== undefined);
  if (!found) throw notFound();
  return found;
}

const used = (): Fault => invalid('这个退款单号已经登记过', 'this refund was written down already');
const done = (): Fault => invalid('这笔款已经退回并核对过', 'this money was sent back and confirmed already');
