import { entries, get, listed, type MapNode, mapOf, type Node, text, withKey } from '../../read/index.ts';
import { branchesOf, eachValue, fromBranches, mapTransitions } from '../transitions.ts';

/** The state in which nobody sends the notice any more, neither on entering or on a way nor as a reminder; all below it too. */
export function withoutNotice(state: MapNode, notice: string): MapNode {
  return mapTransitions(unsaid(state, notice), (transition) => {
    const branches = branchesOf(transition);
    if (!branches.some((branch) => sends(branch, notice))) return transition;
    return fromBranches(
      branches.map((branch) => silent(branch, notice)),
      transition.origin,
    );
  });
}

/** Without it in the words on entering and among the reminders. */
function unsaid(state: MapNode, notice: string): MapNode {
  let next = state;
  const enter = get(state, 'enter');
  if (enter?.kind === 'map' && sends(enter, notice)) next = withKey(next, 'enter', silent(enter, notice));
  const remind = get(state, 'remind');
  if (remind?.kind === 'map') {
    const left = entries(remind).filter(([, { value }]) => text(value) !== notice);
    const reminders = left.length === 0 ? undefined : mapOf(remind.origin, left);
    if (left.length < remind.entries.size) next = withKey(next, 'remind', reminders);
  }
  for (const key of ['states', 'regions']) {
    const children = get(next, key);
    if (children === undefined) continue;
    const silenced = eachValue(children, (child) => (child.kind === 'map' ? unsaid(child, notice) : child));
    if (silenced !== children) next = withKey(next, key, silenced);
  }
  return next;
}

function sends(words: MapNode, notice: string): boolean {
  return listed(get(words, 'notify')).some((one) => text(one) === notice);
}

function silent(words: MapNode, notice: string): MapNode {
  const notify: Node | undefined = get(words, 'notify');
  const left = listed(notify).filter((one) => text(one) !== notice);
  return withKey(
    words,
    'notify',
    notify === undefined || left.length === 0 ? undefined : { kind: 'list', items: left, origin: notify.origin },
  );
}
