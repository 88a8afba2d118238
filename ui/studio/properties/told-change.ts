import type { Diagram } from '../../../engine/contract/routes.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { words } from '../texts.ts';
import { delayWords } from './delay-words.ts';
import { say as sayPiece } from './piece-texts.ts';
import { say } from './texts.ts';

/** A change in a sentence; its own title where it has one. */
export function toldChange(change: JsonObject, diagram: Diagram): string {
  if (typeof change.title === 'string' && change.add === undefined) return change.title;
  const address = addressOf(change);
  const what = titleAt(diagram, address);
  if (change.set !== undefined) {
    const is = typeof change.is === 'string' ? delayWords(change.is, words()) : JSON.stringify(change.is);
    const timer = /\.(?:after|remind)\.(.+)$/.exec(address);
    if (timer) return say('didDelay', { what, delay: delayWords(timer[1] ?? '', words()), is });
    const button = /\.on\.([A-Z][A-Z0-9_]*)(?:\..+)?\.title$/.test(address);
    if (button) return sayPiece('didButton', { what: stateTitle(diagram, address), is });
    if (/^events\.\w+\.title$/.test(address)) return sayPiece('didButtonAll', { is });
    if (address.startsWith('notices.')) return sayPiece('didNotice', { is });
    return say('didSet', { what, word: wordAt(address), is });
  }
  if (change.tighten !== undefined) return say('didTighten', { what, is: String(change.and ?? '') });
  const added = /\.(after|remind)\.(.+)$/.exec(change.add === undefined ? '' : address);
  if (added) {
    const given = { what: stateTitle(diagram, address), delay: delayWords(added[2] ?? '', words()) };
    return added[1] === 'remind'
      ? sayPiece('didRemind', given)
      : sayPiece('didDeadline', { ...given, to: ledTo(change, diagram) });
  }
  if (change.add !== undefined)
    return change.on === undefined
      ? say('didAdd', { what: titleOf(change) ?? address })
      : say('didAddStep', { what: titleOf(change) ?? what });
  return change.reconnect === undefined
    ? say('didRemove', { what: address.startsWith('events.') ? address.slice('events.'.length) : what })
    : say('didRemoveState', { what, to: titleAt(diagram, String(change.reconnect)) });
}

/** Where a deadline of the project's own leads, as its transition says it. */
function ledTo({ is }: JsonObject, diagram: Diagram): string {
  const to = typeof is === 'string' ? is : String((is as JsonObject | undefined)?.to ?? '');
  return to === 'next' ? sayPiece('nextStep') : (nearest(diagram, to)?.title ?? to);
}

function stateTitle(diagram: Diagram, address: string): string {
  return nearest(diagram, address)?.title ?? address;
}

function titleOf({ title, is }: JsonObject): string | undefined {
  if (typeof title === 'string') return title;
  const named = (is as JsonObject | undefined)?.title;
  return typeof named === 'string' ? named : undefined;
}

function addressOf(change: JsonObject): string {
  return String(change.set ?? change.tighten ?? change.add ?? change.remove ?? '');
}

const known = ['title', 'label', 'stage', 'look', 'promise'] as const;
const ofTask = ['title', 'forms', 'shows', 'documents', 'content'] as const;

function wordAt(address: string): string {
  const [before, last] = address.split('.').slice(-2);
  const task = ofTask.find((word) => word === last);
  if (before === 'task' && task !== undefined) return say(`task.${task}`);
  const word = known.find((one) => one === last);
  return word === undefined ? (last ?? '') : say(word);
}

/** The state that a change is about, and the name of the piece of it where that says more. */
function titleAt(diagram: Diagram, address: string): string {
  const state = nearest(diagram, address);
  if (state === null) return address;
  const heard = /\.(?:on|follow)\.([A-Z][A-Z0-9_]*)/.exec(address)?.[1];
  const edge =
    heard === undefined ? undefined : diagram.edges.find((one) => one.id.startsWith(`${state.id}|on|${heard}`));
  return edge === undefined ? state.title : `${state.title} › ${edge.title}`;
}

/** The state that a change is about; null where it is about a form, a text or the like. */
export function stateOf(change: JsonObject, diagram: Diagram): string | null {
  return nearest(diagram, addressOf(change))?.id ?? null;
}

function nearest(diagram: Diagram, address: string): Diagram['nodes'][number] | null {
  for (let at = address; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const node = diagram.nodes.find(({ id }) => id === at);
    if (node) return node;
  }
  return null;
}
