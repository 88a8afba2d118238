import { atAddress, parse, walk } from '../expressions/index.ts';
import type { Chart } from '../model/composed.ts';
import type { Issue } from '../model/issue.ts';
import { issueAt } from '../read/index.ts';
import { keyAt, type Rule } from './rule.ts';
import { truthOf } from './truth.ts';

/**
 * `heard: always`: in every combination of active states some region takes the event. Conditions over `at()` are exact,
 * all others may fail. Combinations that no case can reach count too.
 */
export const heard: Rule = {
  id: 'heard',
  last: true,
  check(composition) {
    const { chart } = composition.composed;
    const issues: Issue[] = [];
    for (const [event, declared] of Object.entries(composition.declared.events)) {
      if (declared.heard !== 'always') continue;
      const gap = gapOf(chart, event);
      if (gap === null) continue;
      const at = `events.${event}`;
      const params = { name: event, states: gap.join('、') || '根' };
      // A warning: whether a case can come to these states is for the search before publishing to say.
      issues.push(issueAt(keyAt(composition, at), 'event-gap', params, { path: at, severity: 'warning' }));
    }
    return issues;
  },
};

/** Ways to be active below a state that make no difference for the event. */
interface Kind {
  /** The states that conditions ask for and that are active. */
  readonly active: ReadonlySet<string>;
  /** Conditions under which the event is taken. */
  readonly taken: ReadonlySet<string>;
  /** An inner `refuse` may keep outer states from being asked. */
  readonly closed: boolean;
  /** One of the ways, for the message. */
  readonly leaves: readonly string[];
}

/** More kinds than this are left to whoever searches the configurations. */
const most = 4096;

/** The active states of a combination that leaves the event unheard; null where there is none. */
function gapOf(chart: Chart, event: string): readonly string[] | null {
  const asked = askedStates(chart, event);
  const kinds = kindsOf(chart, '', event, asked);
  const gap = kinds?.find((kind) => {
    const at = (address: string) => kind.active.has(address);
    return ![...kind.taken].some((condition) => truthOf(condition, at) === true);
  });
  return gap?.leaves ?? null;
}

function askedStates(chart: Chart, event: string): ReadonlySet<string> {
  const asked = new Set<string>();
  for (const state of Object.values(chart.states))
    for (const branch of state.on[event]?.branches ?? []) {
      const parsed = branch.if === null ? null : parse(branch.if);
      if (parsed?.kind !== 'parsed') continue;
      walk(parsed.expression.ast, (node) => {
        const address = atAddress(node);
        if (address !== null) asked.add(address);
        return undefined;
      });
    }
  return asked;
}

function kindsOf(chart: Chart, address: string, event: string, asked: ReadonlySet<string>): readonly Kind[] | null {
  const state = chart.states[address];
  if (state === undefined) return [];
  const leaf: Kind = { active: new Set(), taken: new Set(), closed: false, leaves: [address] };
  let kinds: readonly Kind[] | null = [leaf];
  if (state.children.length > 0) {
    const inner = state.children.map((child) => kindsOf(chart, child, event, asked));
    if (inner.some((one) => one === null)) return null;
    const children = inner as readonly (readonly Kind[])[];
    kinds = state.kind === 'parallel' ? together(children) : different(children.flat());
  }
  return kinds === null ? null : different(kinds.map((kind) => around(chart, address, event, asked, kind)));
}

/** The kind with what the state itself says. */
function around(chart: Chart, address: string, event: string, asked: ReadonlySet<string>, kind: Kind): Kind {
  const active = asked.has(address) ? new Set([...kind.active, address]) : kind.active;
  const branches = kind.closed ? [] : (chart.states[address]?.on[event]?.branches ?? []);
  if (branches.length === 0) return { ...kind, active };
  const refused = branches.findIndex((branch) => branch.refuse !== null);
  const taken = (refused < 0 ? branches : branches.slice(0, refused)).map((branch) => branch.if ?? 'true');
  return { ...kind, active, taken: new Set([...kind.taken, ...taken]), closed: refused >= 0 };
}

/** Every choice of one kind of each region. */
function together(regions: readonly (readonly Kind[])[]): readonly Kind[] | null {
  let sum: readonly Kind[] = [{ active: new Set(), taken: new Set(), closed: false, leaves: [] }];
  for (const region of regions) {
    if (sum.length * region.length > most) return null;
    sum = different(
      sum.flatMap((one) =>
        region.map((two) => ({
          active: new Set([...one.active, ...two.active]),
          taken: new Set([...one.taken, ...two.taken]),
          closed: one.closed || two.closed,
          leaves: [...one.leaves, ...two.leaves],
        })),
      ),
    );
  }
  return sum;
}

function different(kinds: readonly Kind[]): readonly Kind[] {
  const found = new Map<string, Kind>();
  for (const kind of kinds) {
    const key = JSON.stringify([[...kind.active].sort(), [...kind.taken].sort(), kind.closed]);
    if (!found.has(key)) found.set(key, kind);
  }
  return [...found.values()];
}
