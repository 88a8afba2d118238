import type { WaitingView } from '../../engine/contract/view.ts';
import type { CaseState } from '../../engine/model/case.ts';
import type { Actor, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { CaseDocument } from '../store/store.ts';
import { toldOf } from '../told.ts';
import type { CaseDeps } from './deps.ts';
import type { Described, IndexEntry } from './index-of-cases.ts';

/** What lists say of a case. One that cannot be described is listed all the same, and the log says why. */
export function describeCase(
  { engine, log, keysOf }: Pick<CaseDeps, 'engine' | 'log' | 'keysOf'>,
  document: CaseDocument,
  definition: Definition,
  env: Environment,
): Described {
  try {
    const row = engine.row(definition, document.state, ownerOf(document.state), env);
    const times = row.waiting.flatMap(({ until }) => until ?? []);
    return {
      subject: row.subject,
      label: row.status.label,
      lists: row.lists.map(({ id }) => id),
      until: times.length > 0 ? Math.min(...times) : null,
      promised: promisedIn(row.waiting),
      waits: waitsIn(definition, document.state, row.waiting),
      keys: keysOf?.(definition, document.state) ?? [],
      standings: engine.standings(definition, document.state, env),
    };
  } catch (error) {
    log.error({ case: document.state.id, error: toldOf(error) }, 'row failed');
    return { subject: '', label: '', lists: [], until: null, promised: null, waits: [], keys: [], standings: [] };
  }
}

/** The promise that ends first: a time that brings nothing else. One of which nobody is reminded presses when it is late. */
function promisedIn(waiting: readonly WaitingView[]): IndexEntry['promised'] {
  const promised = waiting.flatMap(({ until, otherwise, warn }) =>
    until === null || otherwise !== null ? [] : [{ warn: warn ?? until, until }],
  );
  return promised.sort((a, b) => a.until - b.until)[0] ?? null;
}

/** What the case waits for, and since when. */
function waitsIn(definition: Definition, state: CaseState, waiting: readonly WaitingView[]): IndexEntry['waits'] {
  return waiting.map(({ who, state: address }) => {
    const node = definition.states[address];
    const kind = node?.task != null ? 'task' : node?.call != null ? 'call' : 'time';
    return { state: address, part: who.id, kind, since: state.entered[address] ?? state.updatedAt };
  });
}

/** The owner as an actor: whose label a list shows. */
export function ownerOf(state: CaseState): Actor {
  return { id: state.owner, roles: ['applicant'] };
}
