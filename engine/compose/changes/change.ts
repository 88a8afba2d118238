import type { IssueCode } from '../../errors/issues.ts';
import type { Issue } from '../../model/issue.ts';
import { get, type MapNode, type Node, type plain, shortHash, suggest, text } from '../../read/index.ts';
import { addressesOf } from '../addresses.ts';

/** Tells what is wrong with the change that is being applied; at its name where `node` is undefined. */
export type Fail = (
  /** An issue that is whole already is passed on. */
  code: IssueCode | Issue,
  node: Node | undefined,
  params: { [name: string]: unknown },
  proposal?: string,
) => void;

/** True when the change was written against what is there now. */
export function agrees(change: Node, base: ReturnType<typeof plain>, at: Node, address: string, fail: Fail): boolean {
  const was = get(change, 'was');
  const hash = shortHash(base);
  if (was === undefined) fail('change-without-was', at, { address }, `was: ${/^\d+$/.test(hash) ? `"${hash}"` : hash}`);
  else if (text(was) !== hash) fail('change-conflict', was, { address }, hash);
  else return true;
  return false;
}

/** Nothing stands at the address: told, and the workflow stays as it is. */
export function missing(workflow: MapNode, at: Node, address: string, fail: Fail): MapNode {
  fail(
    'change-address',
    at,
    { address },
    suggest(
      address,
      [...addressesOf(workflow).nodes.keys()].filter((one) => one !== ''),
    ),
  );
  return workflow;
}
