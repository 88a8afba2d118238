import type { Can, EditPlace, EditRemoval, EditWay } from '../../../engine/contract/edit.ts';
import {
  conditionChange,
  deadlineChange,
  leadingTo,
  type NewStep,
  removalChange,
  stepChanges,
  wordChange,
} from '../../../engine/edit/change.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';
import { changesIn, freeName, type NamedChange, withChange } from '../change-in-text.ts';
import { isObject } from '../yaml-text.ts';

/** What the panel's controls write into the project's text. Pure; a text that cannot be read stays as it is. */

/** Another word, form or promise. */
export function withWord(text: string, can: Can, value: Json): string {
  switch (can.kind) {
    case 'set':
      return put(text, wordChange(can, value));
    case 'within':
      return inside(text, can, (change) => placed(change, can.path, value));
    case 'no':
      return text;
  }
}

/** Another delay: it is the name of its entry, or ends the address of one that the project has added. */
export function withDelay(text: string, can: Can, delay: string): string {
  if (can.kind === 'within' && can.path[0] === 'add')
    return inside(text, can, (change) => ({ ...change, add: String(change.add).replace(timerAddress, `$1${delay}`) }));
  if (can.kind !== 'within' || !['after', 'remind'].includes(can.path.at(-2) ?? '')) return withWord(text, can, delay);
  return inside(text, can, (change) => renamed(change, can.path, delay));
}

/** Without a deadline or reminder of a step that the project put in. */
export function withoutOwnTimer(text: string, can: Can): string {
  if (can.kind !== 'within') return text;
  return inside(text, can, (change) => dropped(change, can.path));
}

const timerAddress = /^(.*\.(?:after|remind)\.).*$/s;

/** With a deadline that the step has not yet. @param to one of the place's targets for it */
export function withDeadline(text: string, { deadline: { can } }: EditPlace, delay: string, to: string): string {
  switch (can.kind) {
    case 'set':
      return withChange(text, freeName(text, `${idOf(can.set)}Deadline`), deadlineChange(can.set, delay, to));
    case 'within':
      return inside(text, can, (change) => placed(change, [...can.path, delay], leadingTo(to)));
    case 'no':
      return text;
  }
}

const idOf = (address: string): string => address.slice(address.lastIndexOf('.') + 1);

/** Without a notice in the whole project. @param title what is said of the change: nothing else tells which one it was */
export function withoutNotice(text: string, removal: EditRemoval, title: string): string {
  return removal.kind === 'remove' ? put(text, { title, ...removalChange(removal) }) : withoutPiece(text, removal);
}

/** A further condition, or another one in the place of the project's own. */
export function withCondition(text: string, can: Can, condition: string): string {
  return can.kind === 'set' ? put(text, conditionChange(can, condition)) : withWord(text, can, condition);
}

/** Without a state, event or deadline; `reconnect` for states. What the project itself put in is taken back. */
export function withoutPiece(text: string, removal: EditRemoval, reconnect?: string): string {
  switch (removal.kind) {
    case 'remove':
      return put(text, removalChange(removal, reconnect));
    case 'takeBack':
      return takenBack(text, removal.change);
    case 'no':
      return text;
  }
}

/** With a step on a way. */
export function withStep(text: string, place: EditPlace, way: EditWay, step: NewStep): string {
  const changes = stepChanges(place, way, step);
  if (changes === null) return text;
  const named = withChange(text, freeName(text, step.id), changes.step);
  return withChange(named, freeName(named, `${step.id}Done`), changes.event);
}

/** Without one change; a button that only its step had goes with it. */
export function takenBack(text: string, name: string): string {
  const changes = changesIn(text) ?? [];
  const change = changes.find((one) => one.name === name)?.change;
  const heard = change === undefined ? [] : Object.keys(objectAt(change, ['is', 'on']));
  const others = JSON.stringify(changes.filter((one) => one.name !== name && !addsEvent(one, heard)));
  return changes
    .filter((one) => one.name === name || (addsEvent(one, heard) && !others.includes(`"${eventOf(one)}"`)))
    .reduce((next, one) => withChange(next, one.name, null), text);
}

/** Ids of steps and buttons that nothing of the project has yet. */
export function freeIds(text: string, taken: readonly string[]): { readonly step: string; readonly event: string } {
  const known = new Set([...taken, ...(changesIn(text) ?? []).map(({ change }) => String(change.add ?? ''))]);
  const isTaken = (id: string) => [...known].some((one) => one === id || one.endsWith(`.${id}`));
  for (let number = 1; ; number++) {
    const [step, event] = [`step${number}`, `STEP${number}_DONE`];
    if (!isTaken(step) && !isTaken(event)) return { step, event };
  }
}

const eventOf = ({ change }: NamedChange): string => String(change.add ?? '').slice('events.'.length);

function addsEvent(one: NamedChange, events: readonly string[]): boolean {
  return String(one.change.add ?? '').startsWith('events.') && events.includes(eventOf(one));
}

/** Puts a change in; one that says something about the same piece in the same way is written over. */
function put(text: string, change: JsonObject): string {
  const same = (changesIn(text) ?? []).find(({ change: one }) =>
    ['set', 'tighten', 'remove'].some((verb) => one[verb] !== undefined && one[verb] === change[verb]),
  );
  if (same) return withChange(text, same.name, { ...same.change, ...change });
  return withChange(text, freeName(text, nameFor(change)), change);
}

/** `main.work.review.queue.label` -> `queueLabel`. */
function nameFor(change: JsonObject): string {
  const address = String(change.set ?? change.tighten ?? change.remove ?? change.add ?? '');
  const words = address
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => /^[A-Za-z]/.test(word) && !['on', 'after', 'remind', 'task', 'is', 'when'].includes(word))
    .slice(-2);
  const verb = change.remove === undefined ? [] : ['no'];
  const name = [...verb, ...words]
    .map((word) => (/^[A-Z0-9_]+$/.test(word) ? word.toLowerCase() : word))
    .map((word, index) => (index === 0 ? lower(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return name === '' ? 'change' : name.slice(0, 50);
}

const lower = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

function inside(
  text: string,
  { change: name }: Extract<Can, { kind: 'within' }>,
  edit: (change: JsonObject) => JsonObject,
): string {
  const found = (changesIn(text) ?? []).find((one) => one.name === name);
  return found === undefined ? text : withChange(text, name, edit(found.change));
}

function placed(map: JsonObject, [key = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { ...map, [key]: rest.length === 0 ? value : placed(objectAt(map, [key]), rest, value) };
}

/** Without what stands at the path; a map that is empty then goes with it. */
function dropped(map: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const left = rest.length === 0 ? {} : dropped(objectAt(map, [key]), rest);
  if (Object.keys(left).length > 0) return { ...map, [key]: left };
  return Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
}

function renamed(map: JsonObject, [key = '', ...rest]: readonly string[], name: string): JsonObject {
  if (rest.length > 0) return { ...map, [key]: renamed(objectAt(map, [key]), rest, name) };
  return Object.fromEntries(Object.entries(map).map(([one, value]) => [one === key ? name : one, value]));
}

function objectAt(map: JsonObject, path: readonly string[]): JsonObject {
  const found = path.reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), map);
  return isObject(found) ? found : {};
}
