import { atomsOf, type Condition, type Free, type Truth, truthOf } from '../explore/condition.ts';
import type { Domain, Domains } from './domains.ts';

/** What can come of a list of conditions that are asked in turn until one holds. */
export interface Asked {
  /** By condition: it can hold when it is asked; it can fail. */
  readonly held: readonly boolean[];
  readonly missed: readonly boolean[];
  /** The fields whose values this hangs on. */
  readonly because: readonly Domain[];
}

/** Beyond so many combinations of values everything is taken as possible. */
const most = 512;

/**
 * Goes through all values that the fields in the conditions can hold. Whatever else the conditions read may be any way.
 * @param around see `Domains.of`
 */
export function askedInTurn(conditions: readonly Condition[], domains: Domains, around: string | null): Asked {
  const known = domainsIn(conditions, domains, around);
  const held = conditions.map(() => false);
  const missed = conditions.map(() => false);
  for (const values of combinations(known)) {
    for (const [index, condition] of conditions.entries()) {
      const truth = truthWith(condition, values);
      if (truth !== false) held[index] = true;
      if (truth === true) break;
      missed[index] = true;
    }
  }
  return { held, missed, because: [...known.values()] };
}

function domainsIn(conditions: readonly Condition[], domains: Domains, around: string | null) {
  const found = new Map<string, Domain>();
  let count = 1;
  for (const condition of conditions)
    for (const atom of atomsOf(condition)) {
      const path = atom.kind === 'free' ? equalityOf(atom)?.path : undefined;
      const domain = path === undefined || found.has(path) ? null : domains.of(path, around);
      if (path === undefined || domain === null || count * domain.literals.length > most) continue;
      count *= domain.literals.length;
      found.set(path, domain);
    }
  return found;
}

/** Path -> literal, each way in which all of them can be. */
function combinations(domains: ReadonlyMap<string, Domain>): readonly ReadonlyMap<string, string>[] {
  let all: ReadonlyMap<string, string>[] = [new Map()];
  for (const [path, { literals }] of domains)
    all = all.flatMap((before) => literals.map((literal) => new Map([...before, [path, literal]])));
  return all;
}

function truthWith(condition: Condition, values: ReadonlyMap<string, string>): Truth {
  return truthOf(condition, (atom) => {
    const equality = atom.kind === 'free' ? equalityOf(atom) : null;
    const value = equality === null ? undefined : values.get(equality.path);
    return value === undefined ? 'unknown' : value === equality?.literal;
  });
}

/** `path == literal`, where that is what is asked. */
function equalityOf({ test }: Free): { readonly path: string; readonly literal: string } | null {
  return test?.op === '==' ? { path: test.path, literal: JSON.stringify(test.than) } : null;
}
