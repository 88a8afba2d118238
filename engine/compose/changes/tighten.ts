import { descend, get, listed, type MapNode, type Node, plain, text, withKey } from '../../read/index.ts';
import { bothHold, branchesOf, fromBranches } from '../transitions.ts';
import { transitionAt } from './address.ts';
import { agrees, type Fail, missing } from './change.ts';
import { replaceAt } from './replace.ts';

/** `tighten: <transition>`, `and`: a further condition on each branch; refusals stay as they are. */
export function tighten(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'tighten')!;
  const address = text(at) ?? '';
  const and = get(change, 'and');
  const found = transitionAt(workflow, address);
  if (found === null) return missing(workflow, at, address, fail);
  if (and === undefined) {
    fail('change-unclear', at, { rule: 'tighten 要有 and' });
    return workflow;
  }
  const whole = descend(workflow, found.path)!;
  const branches = branchesOf(whole);
  const basis = found.branch === null ? whole : listed(whole)[found.branch]!;
  if (!agrees(change, plain(basis), at, address, fail)) return workflow;
  const tightened = branches.map((branch, index) => {
    if (found.branch !== null && found.branch !== index) return branch;
    if (get(branch, 'refuse') !== undefined) return branch;
    return withKey(branch, 'if', bothHold(get(branch, 'if'), and), and.origin);
  });
  return replaceAt(workflow, found.path, fromBranches(tightened, whole.origin)) as MapNode;
}
