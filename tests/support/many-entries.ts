import type { Definition } from '../../engine/model/definition.ts';
import type { Person } from '../../server/accounts/accounts.ts';
import type { IndexEntry, OpenTask } from '../../server/cases/index-of-cases.ts';
import type { Grant } from '../../server/policies/roles.ts';

export const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const PROJECTS = ['p0', 'p1', 'p2'];
const ROLES = ['reviewer', 'finance', 'operations'];
const STAFF = ['ann', 'bob', 'cy'];
const OWNERS = ['ann', 'o1', 'o2', 'o3', 'o4'];

/** A definition of nothing, for what only needs one to be there. */
export const noDefinition = {
  chart: { states: {} },
  calendar: null,
  connectors: {},
  states: {},
  forms: {},
} as unknown as Definition;

/** Numbers that look like chance and are the same every time. */
export function chance(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** A case as lists know it, of every kind; no two have a time in common. */
export function someEntry(n: number, from: (most: number) => number): IndexEntry {
  const pick = <T>(list: readonly T[]): T => list[from(list.length)] as T;
  const over = from(4) === 0;
  const createdAt = NOW - from(500) * HOUR - n;
  const tasks = over ? [] : Array.from({ length: from(3) }, () => task(pick, from));
  const promised = over || from(2) === 0 ? null : promise(from, n);
  const seen = tasks.map(({ by }) => by);
  return {
    id: `case${String(n).padStart(5, '0')}`,
    number: `016${String(26_010_100_000_000 + n * 7_919)}`,
    project: pick(PROJECTS),
    workflow: pick(['w0', 'w1']),
    release: pick(['r0', 'r1']),
    owner: pick(OWNERS),
    ...(from(5) === 0 && { company: pick(['c0', 'c1']) }),
    over,
    createdAt,
    updatedAt: createdAt + n,
    revision: 1,
    tasks,
    roles: new Set([...seen, ...(from(2) === 0 ? [pick(ROLES)] : []), 'applicant']),
    subject: pick(['', '江东纺织有限公司', '西岭机械有限公司', '南浦电子有限公司']),
    label: pick(['待审核', '已完成', '待缴费']),
    lists: from(2) === 0 ? ['done'] : [],
    until: from(3) === 0 ? null : NOW + from(500) * HOUR + n,
    promised,
    waits: [],
    keys: from(3) === 0 ? [`key${from(5)}`] : [],
    inbox: [],
    generations: {},
  };
}

function promise(from: (most: number) => number, n: number): { readonly warn: number; readonly until: number } {
  const warn = NOW + (from(20) - 10) * HOUR + n;
  return { warn, until: warn + 5 * HOUR };
}

function task(pick: <T>(list: readonly T[]) => T, from: (most: number) => number): OpenTask {
  const claimed = from(3) === 0;
  return {
    state: `s${from(9)}`,
    by: pick([...ROLES, 'applicant']),
    only: claimed && from(5) > 0 ? pick(STAFF) : null,
    claimed,
    not: from(4) === 0 ? [pick(STAFF)] : [],
    prefer: from(5) === 0 ? pick(STAFF) : null,
    first: from(6) === 0,
  };
}

export function someone(id: string, grants: readonly Grant[], companies: readonly string[] = []): Person {
  return {
    id,
    name: id,
    account: id,
    grants,
    companies: companies.map((company) => ({ company, manages: false })),
  } as unknown as Person;
}

/** Whoever looks at queues: of one role, of several, in some projects only, an auditor, somebody of a company. */
export const PEOPLE: readonly Person[] = [
  someone('ann', [{ role: 'reviewer', projects: null }]),
  someone('bob', [
    { role: 'reviewer', projects: ['p0', 'p2'] },
    { role: 'finance', projects: ['p1'] },
  ]),
  someone('cy', [{ role: 'auditor', projects: null }], ['c0']),
  someone(
    'dee',
    [
      { role: 'finance', projects: null },
      { role: 'operations', projects: null },
    ],
    ['c1'],
  ),
  someone('eve', [{ role: 'applicant', projects: null }]),
];
