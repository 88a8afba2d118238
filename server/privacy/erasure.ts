import type { ErasurePlan } from '../../engine/contract/routes.ts';
import { APPLICANT, type Person } from '../accounts/accounts.ts';
import type { Context } from '../context.ts';
import { Fault } from '../fault.ts';
import type { Store } from '../store/store.ts';
import { sendEvent } from '../use-cases/send-event.ts';
import { type CaseErasure, erasureOf } from './erasing.ts';

/** Documents that lead to an account, by what is known of the person. */
const WAYS = ['login', 'mobile', 'identity', 'session', 'devices', 'staff'] as const;

/** What would become of a person's cases. */
export async function planErasure(context: Context, person: Person): Promise<ErasurePlan> {
  const lines: ErasurePlan['cases'][number][] = [];
  for (const { id, found } of await erasures(context, person)) {
    const entry = await context.cases.lists.get(id);
    if (!entry) continue;
    const until = found.kind === 'kept' ? found.until : null;
    const { number, subject } = entry;
    lines.push({ id, number, subject, kind: found.kind, until });
  }
  const account = await context.accounts.book.read(person.id);
  return { cases: lines, password: account?.password != null };
}

/**
 * Deletes what the hall need not keep, and the account. What a law wants kept stays sealed until its date, and its own
 * process deletes it; the account is an empty shell until then. @throws Fault erasure-open while cases are under way
 */
export async function erasePerson(context: Context, person: Person, origin: string): Promise<ErasurePlan> {
  const { store, audit, clock } = context;
  const found = await erasures(context, person);
  const open = found.filter((one) => one.found.kind === 'open');
  if (open.length > 0) {
    const entries = await context.cases.lists.many(open.map(({ id }) => id));
    const numbers = open.map(({ id }) => entries.get(id)?.number ?? '').join('、');
    throw new Fault(409, 'erasure-open', { numbers });
  }
  // Whoever alone lets others in has to hand that on first.
  for (const { company } of person.companies) await context.companies.leave(person.id, company, person.id);
  const caller = { person, link: null };
  for (const { id, found: one, revision } of found) {
    if (one.kind !== 'now') continue;
    await sendEvent(context, caller, id, { event: one.event, revision, request: `erasure-${revision}` }, origin);
  }
  for (const batch of await context.batches.of(person.id)) await store.removeDocument('batch', batch.id);
  await forgetDrafts(store, person.id);
  const plan = await planErasure(context, person);
  await audit.append({ at: clock.now(), person: person.id, action: 'erasure', cases: found.length });
  await forgetAccount(store, person.id, clock.now());
  return plan;
}

/** Whether anything of a person is kept in a case. */
export async function isKept(context: Pick<Context, 'cases'>, person: string): Promise<boolean> {
  if (context.cases.rebuilding() !== null) return true;
  for (const { id } of await context.cases.lists.ownedBy(person)) {
    const { document } = await context.cases.read(id);
    if (document.state.erased?.values === undefined) return true;
  }
  return false;
}

async function erasures(context: Context, person: Person) {
  const { cases, engine } = context;
  const found: { readonly id: string; readonly found: CaseErasure; readonly revision: number }[] = [];
  for (const { id } of await cases.lists.ownedBy(person.id)) {
    const { document, definition } = await cases.read(id);
    const actor = { id: person.id, roles: [APPLICANT] };
    const view = engine.view(definition, document.state, actor, document.journal, cases.env());
    found.push({ id, found: erasureOf(definition, document.state, view), revision: document.state.revision });
  }
  return found;
}

async function forgetDrafts(store: Store, person: string): Promise<void> {
  for (const kind of ['batchDraft', 'inboxMarks', 'deskMarks']) {
    const own: string[] = [];
    for await (const { id } of store.listDocuments(kind))
      if (id === person || id.startsWith(`${person}-`)) own.push(id);
    for (const id of own) await store.removeDocument(kind, id);
  }
}

/** The shell goes when nothing is kept any more (data/retention.yaml). What leads to it goes first: nobody logs in meanwhile. */
async function forgetAccount(store: Store, person: string, now: number): Promise<void> {
  const { createdAt = now } = ((await store.readDocument('account', person))?.data ?? {}) as { createdAt?: number };
  const shell = { id: person, account: '', name: '', grants: [], disabled: true, password: null, mobile: null };
  const rest = { second: null, companies: [], provided: false, seenAt: null, failures: 0, lockedUntil: 0 };
  await store.writeDocument('account', person, { ...shell, ...rest, createdAt, erasedAt: now });
  for (const kind of WAYS) {
    const own: string[] = [];
    for await (const { id, document } of store.listDocuments(kind)) {
      const leads = (document.data as { person?: unknown }).person === person;
      if (leads || id === person) own.push(id);
    }
    for (const id of own) await store.removeDocument(kind, id);
  }
}
