import type { Composed, Words } from '../model/composed.ts';
import type { DeclaredParts } from '../model/definition.ts';
import { withoutPersonal } from './erase.ts';
import { countOf, type Trail, type World } from './world.ts';

/**
 * Carries out the words of a branch or of `enter`, in their order: prove, void, count, record, sign, make, notify, erase.
 * `state` is where they stand. The trail's world is another one afterwards. [RUN-12]
 */
export function applyWords(
  composed: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  trail: Trail,
  words: Words,
  state: string,
): void {
  const { declared } = composed;
  const { log, world } = trail;
  const touchesFacts = words.prove.length + words.void.length > 0;
  const facts = touchesFacts ? { ...world.facts } : {};
  const counters = words.count.length > 0 ? { ...world.counters } : {};
  const records = words.record.length > 0 ? { ...world.records } : {};
  const people = words.sign.length > 0 ? { ...world.people } : {};
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
  for (const what of words.erase) log.push({ kind: 'erase', what });
  if (touchesFacts) trail.world = { ...trail.world, facts };
  if (words.count.length > 0) trail.world = { ...trail.world, counters };
  if (words.record.length > 0) trail.world = { ...trail.world, records };
  if (words.sign.length > 0) trail.world = { ...trail.world, people };
  if (words.erase.length > 0) trail.world = { ...trail.world, ...erase(composed, trail.world, words.erase) };
}

function erase(
  composed: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  world: World,
  what: Words['erase'],
): Partial<World> {
  const erased = { ...world.erased, ...Object.fromEntries(what.map((each) => [each, world.now])) };
  return what.includes('values') ? { ...withoutPersonal(composed, world), erased } : { erased };
}

/** The counters whose `reset` is this state are at 0 again. */
export function resetCounters(declared: DeclaredParts, trail: Trail, state: string): void {
  const { world } = trail;
  const names = Object.keys(world.counters).filter((name) => declared.counters[name]?.reset === state);
  if (names.length === 0) return;
  const counters = { ...world.counters };
  for (const name of names) delete counters[name];
  trail.world = { ...world, counters };
}
