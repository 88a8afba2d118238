import type { Words } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import { countOf, type LogEntry, type World } from './world.ts';

/**
 * Carries out the words of a branch or of `enter`, in their order: prove, void, count, record, sign, make, notify.
 * `state` is where they stand. [RUN-12]
 */
export function applyWords(declared: DeclaredParts, world: World, words: Words, state: string): World {
  const log: LogEntry[] = [];
  const facts = { ...world.facts };
  const counters = { ...world.counters };
  const records = { ...world.records };
  const people = { ...world.people };
  for (const fact of words.prove) {
    facts[fact] = { at: world.now };
    log.push({ kind: 'proved', name: fact });
  }
  for (const fact of words.void) {
    if (facts[fact] === undefined) continue;
    delete facts[fact];
    log.push({ kind: 'voided', name: fact });
  }
  for (const name of words.count) {
    const per = declared.counters[name]?.per;
    const count = countOf(counters[name], per, world.today) + 1;
    counters[name] = per === 'day' ? { count, day: world.today } : { count };
    log.push({ kind: 'counted', name });
  }
  for (const name of words.record) {
    records[name] = [...(records[name] ?? []), { at: world.now, by: world.actor, data: world.event }];
    log.push({ kind: 'recorded', name });
  }
  for (const part of words.sign) {
    if (world.actor === null) continue;
    people[part] = world.actor;
    log.push({ kind: 'signed', name: part });
  }
  for (const secret of words.make) log.push({ kind: 'make', secret, state });
  for (const notice of words.notify) log.push({ kind: 'notify', notice, state });
  return log.length === 0 ? world : { ...world, facts, counters, records, people, log: [...world.log, ...log] };
}

/** Counters whose `reset` is this state start at 0 again. */
export function resetCounters(declared: DeclaredParts, world: World, state: string): World {
  const names = Object.entries(declared.counters).filter(([name, counter]) => {
    return counter.reset === state && world.counters[name] !== undefined;
  });
  if (names.length === 0) return world;
  const counters = { ...world.counters };
  for (const [name] of names) delete counters[name];
  return { ...world, counters };
}
