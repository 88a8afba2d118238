import type { Origin } from '../../model/definition.ts';
import type { Issue } from '../../model/issue.ts';
import { entries, get, issueAt, type MapNode, mapOf, type Node, withKey } from '../../read/index.ts';
import { partTarget } from '../parts/target.ts';
import { add } from './add.ts';
import type { Fail } from './change.ts';
import { type Removal, remove } from './remove.ts';
import { set } from './set.ts';
import { tighten } from './tighten.ts';

/** Named changes of a project (`set`, `tighten`, `add`, `remove`), applied to the workflow with its fragments inlined. */
export interface Changed {
  readonly workflow: MapNode;
  /** The same without the laws that the project adds: what its chart is drawn of. */
  readonly lawless: MapNode;
  /** States to be taken out once names are resolved. */
  readonly removals: readonly Removal[];
  readonly issues: readonly Issue[];
  /** The workflow after each change that was applied, for whoever asks which of them did something. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly origin: Origin;
  readonly workflow: MapNode;
  /** How many of the removals it and those before it ask for. */
  readonly removals: number;
}

const verbs = ['set', 'tighten', 'add', 'remove'] as const;

export function applyChanges(workflow: MapNode, changes: Node | undefined, laws: Node | undefined): Changed {
  const issues: Issue[] = [];
  const removals: Removal[] = [];
  const steps: Step[] = [];
  let next = workflow;
  for (const [name, entry] of entries(changes)) {
    const change = entry.value;
    const said = verbs.filter((verb) => get(change, verb) !== undefined);
    const fail: Fail = (code, node, params, proposal) =>
      issues.push(
        typeof code === 'string'
          ? issueAt(node?.origin ?? entry.key, code, params, { path: `changes.${name}`, proposal })
          : { ...code, path: `changes.${name}` },
      );
    if (said.length !== 1) {
      fail('change-unclear', undefined, { rule: { zh: `写了 ${said.length} 个`, en: `there are ${said.length}` } });
      continue;
    }
    // Forms and content are changed where they are put together with the process.
    if (partTarget(change) !== null) continue;
    const verb = said[0]!;
    const apply = { set, tighten, add, remove }[verb];
    next = apply(next, change, fail, removals);
    steps.push({ name, origin: entry.key, workflow: next, removals: removals.length });
  }
  return { workflow: addLaws(next, laws, issues), lawless: next, removals, issues, steps };
}

/** Laws are only added. */
function addLaws(workflow: MapNode, laws: Node | undefined, issues: Issue[]): MapNode {
  if (laws?.kind !== 'map') return workflow;
  const before = get(workflow, 'laws');
  let merged = before?.kind === 'map' ? before : mapOf(laws.origin, []);
  for (const [name, entry] of laws.entries) {
    if (merged.entries.has(name)) issues.push(issueAt(entry.key, 'law-exists', { name }));
    else merged = withKey(merged, name, entry.value, entry.key);
  }
  return withKey(workflow, 'laws', merged, laws.origin);
}

export { type Removal, removeStates } from './remove.ts';
