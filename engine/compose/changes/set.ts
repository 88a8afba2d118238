import { descend, get, type MapNode, type Node, plain, text } from '../../read/index.ts';
import { pathOf, pathOfState, stateOf } from './address.ts';
import { type Button, buttonAt, withButton } from './button.ts';
import { agrees, type Fail, missing } from './change.ts';
import { fitsStill } from './fits.ts';
import { replaceAt, replaceKey } from './replace.ts';

/** What `set` may reach: words and times, not the shape of the process. */
const settable = new Set([
  ...['title', 'label', 'text', 'look', 'promise', 'stage', 'confirm', 'taken', 'refuse', 'forms', 'shows', 'inbox'],
  ...['documents', 'content', 'valid'],
]);

/** `set: <address>`, `is`. */
export function set(workflow: MapNode, change: Node, fail: Fail): MapNode {
  const at = get(change, 'set')!;
  const address = text(at) ?? '';
  const is = get(change, 'is');
  const path = pathOf(workflow, address) ?? unsaid(workflow, address);
  const button = path === null ? buttonAt(workflow, address) : null;
  if (path === null && button === null) return missing(workflow, at, address, fail);
  if (is === undefined) {
    fail('change-unclear', at, { rule: 'set 要有 is' });
    return workflow;
  }
  if (path === null) return setButton(workflow, change, is, button!, fail);
  const inTable = path[0] === 'tables' && path[2] === 'is';
  const named =
    (path.length === 2 && ['stages', 'people'].includes(path[0]!)) ||
    (path.length === 3 && path[0] === 'notices' && ['to', 'by'].includes(path[2]!));
  const delay = ['after', 'remind'].includes(path.at(-2) ?? '') && is.kind === 'scalar' && !/[.]$/.test(address);
  if (delay) {
    // The delay is the name of the entry: its words are what was there before.
    if (!agrees(change, path.at(-1)!, at, address, fail)) return workflow;
    return replaceKey(workflow, path, String(is.value), is) as MapNode;
  }
  if (!inTable && !named && !settable.has(path.at(-1)!)) {
    fail('change-not-settable', at, { address });
    return workflow;
  }
  const before = descend(workflow, path);
  if (!agrees(change, before === undefined ? null : plain(before), at, address, fail)) return workflow;
  const next = replaceAt(workflow, path, is) as MapNode;
  return fitsStill(next, path, fail) ? next : workflow;
}

/** A button's word where the transition says none, or has several branches. */
function setButton(workflow: MapNode, change: Node, is: Node, button: Button, fail: Fail): MapNode {
  const at = get(change, 'set')!;
  if (!agrees(change, button.said, at, text(at) ?? '', fail)) return workflow;
  const next = withButton(workflow, button, is);
  return fitsStill(next, button.path, fail) ? next : workflow;
}

/** Keys of a word that a state, or its task, may have and has not: `was` is the hash of nothing (null). */
function unsaid(workflow: MapNode, address: string): string[] | null {
  const dot = address.lastIndexOf('.');
  const word = address.slice(dot + 1);
  const around = dot < 0 || !settable.has(word) ? null : pathOf(workflow, address.slice(0, dot));
  if (around === null || around.length === 0) return null;
  const isState = pathOfState(workflow, stateOf(around))?.length === around.length;
  return isState || around.at(-1) === 'task' ? [...around, word] : null;
}
