import type { TalkView } from '../../engine/contract/routes.ts';
import { sentence } from '../../engine/errors/index.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import { limitPer, requireNow } from '../accounts/limits.ts';
import { activeStates } from '../cases/index-of-cases.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import type { Caller } from '../policies/case-access.ts';
import { APPLICANT } from '../policies/roles.ts';
import type { CaseDocument, Talk, TalkMessage } from '../store/store.ts';
import { type OpenedCase, openCase } from './open-case.ts';

/** Characters of one message. */
const LONGEST = 1_000;
/** Messages of one case: whoever needs more has to telephone. */
const MOST = 300;
/** Written by one person about one case within a minute. */
const limitOf = limitPer<Context>(10, 60_000);
/** What the inbox shows of it. */
const GLIMPSE = 120;
const MOST_INBOX = 200;

const nothing: Talk = { messages: [], read: {} };

/** What was written about this case, as this person may see it. @throws Fault not-found */
export async function listTalk(context: Context, caller: Caller, id: string): Promise<TalkView> {
  const opened = await openTalk(context, caller, id);
  return present(context, opened, opened.document);
}

/**
 * Writes to the other side: the owner to the desk, the desk to the owner. The owner is told in their inbox, the desk by its bell: whoever
 * worked on the case, else the role whose turn it is.
 * @throws Fault not-found, talk-closed, talk-empty, talk-long, talk-full, too-many-requests
 */
export async function writeTalk(
  context: Context,
  caller: Caller,
  id: string,
  given: { readonly text: string; readonly request: string },
): Promise<TalkView> {
  const opened = await openTalk(context, caller, id);
  const { actor, definition } = opened;
  const text = given.text.normalize('NFC').trim();
  if (text === '') throw new Fault(422, 'talk-empty');
  if ([...text].length > LONGEST) throw new Fault(422, 'talk-long', { limit: LONGEST });
  const closed = whyClosed(opened, opened.document);
  if (closed !== null) throw new Fault(409, closed);
  const key = `${actor.id}:${given.request}`;
  if (!opened.document.talk?.messages.some((one) => one.key === key)) {
    requireNow(limitOf(context).take(`${id} ${actor.id}`));
  }
  const role = actor.roles[0] ?? '';
  let written: TalkMessage | null = null;
  const stored = await context.cases.converse(id, (now) => {
    written = null;
    const talk = now.talk ?? nothing;
    if (talk.messages.some((one) => one.key === key)) return null;
    if (talk.messages.length >= MOST) throw new Fault(409, 'talk-full', { limit: MOST });
    // Later than the one before, so that what was read until then is not this one.
    const at = Math.max(context.clock.now(), (talk.messages.at(-1)?.at ?? 0) + 1);
    const message = { key, at, by: actor.id, role, text };
    written = message;
    const next = { messages: [...talk.messages, message], read: { ...talk.read, [readerOf(actor)]: at } };
    if (isApplicant(actor)) return { talk: next };
    const news = { key: `talk:${key}`, at, text: `${titleOf(definition, role)}：${glimpse(text)}` };
    return { talk: next, inbox: [...(now.inbox ?? []), news].slice(-MOST_INBOX) };
  });
  if (written !== null && isApplicant(actor)) await tellDesk(context, stored, definition, written);
  return present(context, opened, stored);
}

/** @param until what came later stays unread: nobody has seen it @throws Fault not-found */
export async function readTalk(
  context: Context,
  caller: Caller,
  id: string,
  until: number,
): Promise<{ readonly unread: number }> {
  const opened = await openTalk(context, caller, id);
  const { actor } = opened;
  const seenIn = ({ talk }: CaseDocument): number => Math.min(until, talk?.messages.at(-1)?.at ?? 0);
  const isNews = (one: CaseDocument): boolean => (one.talk?.read[readerOf(actor)] ?? 0) < seenIn(one);
  if (!isNews(opened.document)) return { unread: unreadOf(opened.document, actor) };
  const stored = await context.cases.converse(id, (now) =>
    now.talk && isNews(now)
      ? { talk: { ...now.talk, read: { ...now.talk.read, [readerOf(actor)]: seenIn(now) } } }
      : null,
  );
  return { unread: unreadOf(stored, actor) };
}

/** Whoever came by a link sees one task and nothing else of the case. */
async function openTalk(context: Context, caller: Caller, id: string): Promise<OpenedCase> {
  const opened = await openCase(context, caller, id);
  if (opened.actor.via !== undefined) throw notFound();
  return opened;
}

/** The owner, and whoever acts for the company that the case was started for. */
function isApplicant({ roles }: Actor): boolean {
  return roles.includes(APPLICANT);
}

/** Marks tell the sides apart: what one of the applicants has seen was not seen by the desk. */
function readerOf(actor: Actor): string {
  return `${sideOf(isApplicant(actor))}${actor.id}`;
}

function sideOf(applicant: boolean): string {
  return applicant ? 'applicant/' : 'desk/';
}

async function present(context: Context, opened: OpenedCase, document: CaseDocument): Promise<TalkView> {
  const { actor, definition } = opened;
  const own = isApplicant(actor);
  const { messages, read } = document.talk ?? nothing;
  const others = Object.entries(read).filter(([reader]) => reader.startsWith(sideOf(!own)));
  const seen = Math.max(0, ...others.map(([, until]) => until));
  const names = new Map<string, string>();
  for (const { by } of messages.filter(({ role }) => !own && role !== APPLICANT))
    if (!names.has(by)) names.set(by, (await context.accounts.person(by))?.name ?? '');
  const closed = whyClosed(opened, document);
  return {
    messages: messages.map(({ key, at, by, role, text }) => {
      const name = names.get(by) ?? '';
      return {
        ...{ key, at, text, own: by === actor.id },
        part: { id: role, title: titleOf(definition, role), tile: definition.roles[role]?.tile ?? '' },
        ...(name !== '' && { name }),
        read: (role === APPLICANT) === own && at <= seen,
      };
    }),
    unread: unreadOf(document, actor),
    closed: closed === null ? null : sentence(closed, {}, actor.locale),
    longest: LONGEST,
  };
}

/** Whoever only looks has nothing to answer. */
function unreadOf({ talk }: CaseDocument, actor: Actor): number {
  if (isAuditor(actor)) return 0;
  const until = talk?.read[readerOf(actor)] ?? 0;
  return (talk?.messages ?? []).filter(({ role, at }) => (role === APPLICANT) !== isApplicant(actor) && at > until)
    .length;
}

function isAuditor({ roles }: Actor): boolean {
  return roles.length === 1 && roles[0] === 'auditor';
}

/** Before anybody of the desk has met the case there is nobody to write to; what is forgotten is not begun anew. */
function whyClosed(
  { definition, actor }: OpenedCase,
  { state, journal }: CaseDocument,
): 'talk-early' | 'talk-closed' | 'talk-looked-at' | null {
  if (isAuditor(actor)) return 'talk-looked-at';
  if (state.erased?.values !== undefined) return 'talk-closed';
  const visited = [...activeStates(state), ...journal.flatMap(({ entered }) => entered)];
  const isDesk = (address: string): boolean => {
    const task = definition.states[address]?.task;
    return task != null && task.via === null && task.by !== APPLICANT;
  };
  return visited.some(isDesk) ? null : 'talk-early';
}

async function tellDesk(
  { deskNotices, cases }: Context,
  { state, journal }: CaseDocument,
  definition: Definition,
  { key, role }: TalkMessage,
): Promise<void> {
  const people = journal
    .filter(({ part }) => part !== role && definition.roles[part] !== undefined)
    .map(({ by }) => by);
  const turn = (await cases.lists.get(state.id))?.tasks.find(({ by }) => by !== role)?.by ?? null;
  const text = `${state.number} ${titleOf(definition, role)}来信`;
  const to = people.length > 0 ? { to: null, people: [...new Set(people)] } : { to: turn };
  await deskNotices.put({ key: `${state.id}:talk:${key}`, caseId: state.id, text, ...to });
}

function titleOf(definition: Definition, role: string): string {
  return definition.roles[role]?.title ?? role;
}

function glimpse(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const signs = [...line];
  return signs.length > GLIMPSE ? `${signs.slice(0, GLIMPSE - 1).join('')}…` : line;
}
