import { descend, get, type MapNode, mapOf, type Node, withKey } from '../../read/index.ts';
import { upgrade } from '../../read/upgrade/index.ts';
import { validateFile } from '../../read/validate.ts';
import { pathOfState, stateOf } from './address.ts';
import type { Fail } from './change.ts';

/**
 * Whether what a change writes has the shape that a workflow's file asks of that piece: the project's own file says only
 * that something stands there. `path` leads from the root of a workflow to the piece.
 */
export function fits(workflow: MapNode, path: readonly string[], piece: Node, fail: Fail): boolean {
  const issues = validateFile('workflow', upgrade('workflow', around(workflow, path, piece)).node);
  for (const issue of issues) fail(issue, undefined, {});
  return issues.length === 0;
}

/** Whether the state or the declared part that holds the new value still has its shape. */
export function fitsStill(workflow: MapNode, path: readonly string[], fail: Fail): boolean {
  const state = stateOf(path);
  if (state === '') {
    const part = path.slice(0, 2);
    return fits(workflow, part, descend(workflow, part)!, fail);
  }
  const whole = descend(workflow, pathOfState(workflow, state)!) as MapNode;
  const alone = ['states', 'regions'].reduce((node, key) => withKey(node, key, undefined), whole);
  return fits(workflow, ['states', 'piece'], alone, fail);
}

/** The smallest workflow that holds the piece. */
function around(workflow: MapNode, path: readonly string[], piece: Node): MapNode {
  const { origin } = piece;
  const nested = [...path]
    .reverse()
    .reduce<Node>((node, key) => mapOf(origin, [[key, { key: origin, value: node }]]), piece);
  const head = ['language', 'workflow', 'title', 'goals'].flatMap((key) => {
    const value = get(workflow, key);
    return value === undefined ? [] : [[key, { key: value.origin, value }] as const];
  });
  return mapOf(origin, [...head, ...(nested.kind === 'map' ? nested.entries : [])]);
}
