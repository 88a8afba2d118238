import { type Anonymous, anonymise, Leak } from '../../engine/anonymise/index.ts';
import type { Person } from '../accounts/accounts.ts';
import { limitPer, requireNow } from '../accounts/limits.ts';
import type { Context } from '../context.ts';
import { Fault, notFound } from '../fault.ts';
import { mayHaveAsSample } from '../policies/sample-access.ts';
import { writeDown } from './audit.ts';

const MOST_REASON = 200;
/** A tester plays with a few cases a day; whoever tries numbers is slowed down. */
const limitOf = limitPer<Context>(30, 3_600_000);

/** A real case, made anonymous: nothing of it but what the definition says itself and what is counted. */
export interface SampleCase extends Anonymous {
  readonly project: string;
  /** Of the release that it is pinned to. */
  readonly hash: string;
}

/**
 * A case as the start of a play, for testers of its project. Who had which one, and why, is written down before it is read.
 * @throws Fault not-found, reason-needed, too-many-requests, sample-unsafe
 */
export async function sampleCase(
  context: Context,
  person: Person,
  number: string,
  reason: string,
): Promise<SampleCase> {
  const why = reason.trim().slice(0, MOST_REASON);
  if (why === '') throw new Fault(422, 'reason-needed');
  requireNow(limitOf(context).take(person.id));
  const wanted = number.replace(/\s/g, '');
  const entry = (await context.cases.lists.numbered([wanted])).get(wanted) ?? null;
  if (entry === null || !mayHaveAsSample(person, entry)) throw notFound();
  await writeDown(context, { person: person.id, caseId: entry.id, action: 'sample', path: '', reason: why });
  const { document, definition } = await context.cases.read(entry.id);
  const { state, journal } = document;
  try {
    const anonymous = anonymise(definition, { state, journal }, context.cases.env().calendar);
    return { project: entry.project, hash: state.release, ...anonymous };
  } catch (error) {
    if (!(error instanceof Leak)) throw error;
    context.log.error({ count: error.count }, 'anonymous case held something of its original');
    throw new Fault(409, 'sample-unsafe');
  }
}
