import type { Composed, Words } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import { withoutPersonal } from './erase.ts';
import { type Context, countOf, type World } from './world.ts';

/**
 * Carries out the words of a branch or of `enter`, in their order: prove, void, count, record, sign, make, notify, erase.
 * `state` is where they stand. @returns what of the world is another now [RUN-12]
 */
export function applyWords(
  composed: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  context: Context,
  words: Words,
  state: string,
): Partial<World> {
  const { declared } = composed;
  const { log } = context.trail;
  const facts = words.prove.length + words.void.length > 0 ? { ...context.facts } : {};
  const counters = words.count.length > 0 ? { ...context.counters } : {};
  const records = words.record.length > 0 ? { ...context.records } : {};
  const people = words.sign.length > 0 ? { ...context.people } : {};
  for (const fact of words.prove) {
    facts[fact] = { at: context.now };
    log.push({ kind: 'proved', name: fact });
  }
  for (const fact of words.void) {
    if (facts[fact] === undefined) continue;
    delete facts[fact];
    log.push({ kind: 'voided', name: fact });
  }
  for (const name of words.count) {
    const per = declared.counters[name]?.per;
    const count = countOf(counters[name], per, context.today) + 1;
    counters[name] = per === 'day' ? { count, day: context.today } : { count };
    log.push({ kind: 'counted', name });
  }
  for (const name of words.record) {
    records[name] = [...(records[name] ?? []), { at: context.now, by: context.actor, data: context.event }];
    log.push({ kind: 'recorded', name });
  }
  for (const part of words.sign) {
    if (context.actor === null) continue;
    people[part] = context.actor;
    log.push({ kind: 'signed', name: part });
  }
  for (const secret of words.make) log.push({ kind: 'make', secret, state });
  for (const notice of words.notify) log.push({ kind: 'notify', notice, state });
  for (const what of words.erase) log.push({ kind: 'erase', what });
  const changed: Partial<World> = {
    ...(words.prove.length + words.void.length > 0 && { facts }),
    ...(words.count.length > 0 && { counters }),
    ...(words.record.length > 0 && { records }),
    ...(words.sign.length > 0 && { people }),
  };
  return words.erase.length === 0
    ? changed
    : { ...changed, ...erase(composed, { ...context, ...changed }, words.erase) };
}

function erase(
  composed: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  world: World,
  what: Words['erase'],
): Partial<World> {
  const erased = { ...world.erased, ...Object.fromEntries(what.map((each) => [each, world.now])) };
  return what.includes('values') ? { ...withoutPersonal(composed, world), erased } : { erased };
}

/** The context with the counters whose `reset` is this state at 0 again. */
export function resetCounters(declared: DeclaredParts, context: Context, state: string): Context {
  const names = Object.keys(context.counters).filter((name) => declared.counters[name]?.reset === state);
  if (names.length === 0) return context;
  const counters = { ...context.counters };
  for (const name of names) delete counters[name];
  return { ...context, counters };
}
