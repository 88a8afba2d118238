import type { Locale } from '../../engine/errors/index.ts';
import type { Blocker } from '../../engine/model/blocker.ts';
import type { Actor } from '../../engine/model/command.ts';
import type { Person } from '../accounts/accounts.ts';
import type { Applied } from '../cases/answers.ts';
import type { Context } from '../context.ts';
import { actorOf } from '../policies/case-access.ts';
import { holds } from '../policies/roles.ts';
import type { CaseDocument } from '../store/store.ts';
import { writeDown } from '../use-cases/audit.ts';
import { claimsIn, queuedIn } from './claims.ts';
import { say } from './texts.ts';
import type { Done, Work } from './works.ts';

type Needed = Pick<Context, 'cases' | 'releases' | 'accounts' | 'letters' | 'clock' | 'audit'>;
type Row = Work['rows'][number];

const done: Done = { state: 'done', message: '' };

/**
 * One row of a work, done as whoever asked for it, as they are today: what they may not see any more is not there. Done
 * again after a crash, the case knows the request.
 */
export async function performRow(context: Needed, work: Work, row: Row, place: number): Promise<Done> {
  const gone: Done = { state: 'gone', message: say('gone', work.locale) };
  const person = await context.accounts.person(work.by);
  const entry = await context.cases.entry(row.id);
  if (person === null || entry === null) return gone;
  const definition = await context.releases.definition(entry.release);
  const actor = actorOf({ person, link: null, locale: work.locale }, entry, definition);
  if (actor === null || actor.id === entry.owner) return gone;
  const request = `work:${work.id}:${place}`;
  const result = await perform();
  // A refusal is an act, too: somebody tried.
  const deed = { action: `bulk-${work.action}`, path: work.event || row.key || row.id };
  await writeDown(context, { person: person.id, caseId: row.id, ...deed, reason: `${work.id} ${result.state}` });
  return result;

  function perform(): Promise<Done> {
    switch (work.action) {
      case 'event':
        return press(context, row.id, actor as Actor, work, request);
      case 'replay':
        return replay(context, row, person as Person, work.locale);
      case 'ask':
        return askNow(context, row.id, work.locale);
      case 'hand':
        return handOn(context, row, person as Person, work, request);
    }
  }
}

async function press(
  { cases }: Needed,
  id: string,
  actor: Actor,
  { event, data }: Work,
  request: string,
): Promise<Done> {
  const applied = await cases.apply(id, (document) =>
    document.consumed.includes(request)
      ? null
      : { command: { kind: 'event', event, actor, ...(data && { data }) }, consumed: [request] },
  );
  return told(applied);
}

function told(applied: Applied): Done {
  return applied.kind === 'refused' ? { state: 'refused', message: saidOf(applied.blockers) } : done;
}

function saidOf(blockers: readonly Blocker[]): string {
  const fields = blockers.flatMap((blocker) => blocker.fields ?? []).map(({ message }) => message);
  return [...blockers.map(({ message }) => message), ...fields].filter((text) => text !== '').join(' ');
}

async function replay({ letters }: Needed, row: Row, person: Person, locale: Locale): Promise<Done> {
  const letter = (await letters.list()).find(({ key, caseId }) => key === row.key && caseId === row.id);
  if (letter === undefined) return { state: 'gone', message: say('letterGone', locale) };
  if (letter.status !== 'open') return { state: 'refused', message: say('letterDecided', locale) };
  await letters.replay(row.key, person.id);
  return done;
}

/** Requests that wait for their time, or for the other side, are asked now. */
async function askNow({ cases, clock }: Needed, id: string, locale: Locale): Promise<Done> {
  let asked = 0;
  const now = clock.now();
  await cases.adjust(id, (document): CaseDocument | null => {
    const waiting = document.outbox.filter(({ due }) => due > now).length;
    asked = waiting;
    if (waiting === 0) return null;
    return { ...document, outbox: document.outbox.map((entry) => ({ ...entry, due: Math.min(entry.due, now) })) };
  });
  return asked > 0 ? done : { state: 'refused', message: say('nothingAsked', locale) };
}

/** Back to the queue, and out of it again for somebody else. */
async function handOn(context: Needed, row: Row, person: Person, work: Work, request: string): Promise<Done> {
  const { id, key } = row;
  const refuse = (message: string): Done => ({ state: 'refused', message });
  const entry = await context.cases.entry(id);
  if (entry === null) return refuse('');
  const { document, definition } = await context.cases.read(id);
  const isBack = document.consumed.includes(`${request}:back`);
  const claim = claimsIn(entry, definition, person).find((one) => one.handing.state === key);
  const handing = claim?.handing;
  if (handing === undefined && !isBack) return refuse(say('notClaimed', work.locale));
  if (handing !== undefined && claim !== undefined && !isBack) {
    if (claim.holder === work.to) return refuse(say('ownAlready', work.locale));
    const back = await send(handing.giveBack, handing.role, claim.holder, `${request}:back`);
    if (back.kind === 'refused') return refuse(saidOf(back.blockers));
  }
  if (work.to === '') return done;
  const to = await context.accounts.person(work.to);
  const taking = handing ?? queuedIn(document.state, definition, key);
  if (taking === undefined) return refuse(say('notClaimed', work.locale));
  if (to === null || !holds(to.grants, taking.role, entry.project) || to.id === entry.owner)
    return refuse(say('backOnly', work.locale, { reason: say('cannotTake', work.locale) }));
  const taken = await send(taking.take, taking.role, to.id, `${request}:take`);
  if (taken.kind !== 'refused') return done;
  return refuse(say('backOnly', work.locale, { reason: saidOf(taken.blockers) }));

  function send(event: string, role: string, inPlaceOf: string, key: string): Promise<Applied> {
    const actor = { id: person.id, roles: [role], inPlaceOf, locale: work.locale };
    return context.cases.apply(id, (now) =>
      now.consumed.includes(key) ? null : { command: { kind: 'event', event, actor }, consumed: [key] },
    );
  }
}
