import { useMemo } from 'react';
import type { Diagram } from '../../../engine/contract/routes.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { Icon } from '../../app/icon.tsx';
import { mark } from '../../app/texts/punctuation.ts';
import { toldIssue } from '../../workbench/told-issue.ts';
import { changesIn } from '../change-in-text.ts';
import type { Page } from '../tab.ts';
import { words } from '../texts.ts';
import { delayWords } from './delay-words.ts';
import { takenBack } from './edits.ts';
import { say } from './texts.ts';

/** What the project has changed in the process, each to be taken back. */
export function ChangesList({ page }: { readonly page: Page }) {
  const { editing } = page;
  const changes = useMemo(() => changesIn(editing.text) ?? [], [editing.text]);
  return (
    <section className="props" aria-labelledby="props-changes">
      <h3 id="props-changes">
        {say('changes')} <span className="muted">{changes.length > 0 ? changes.length : ''}</span>
      </h3>
      {changes.length === 0 ? <p className="muted">{say('noChanges')}</p> : null}
      <ul>
        {changes.map(({ name, change }) => {
          const told = toldChange(change, editing.diagram);
          const wrong = editing.issues.find(({ path, severity }) => path === `changes.${name}` && severity === 'error');
          const state = stateOf(change, editing.diagram);
          return (
            <li key={name} className="prop ch" data-change={name}>
              <p>
                <span className="changedmark">~ </span>
                {state === null ? (
                  told
                ) : (
                  <button type="button" className="linkbtn" onClick={() => page.select(state)}>
                    {told}
                  </button>
                )}
              </p>
              {wrong ? (
                <p className="err">
                  <Icon name="alert" /> {toldIssue(wrong).message}
                </p>
              ) : null}
              <p className="propline">
                <code>{name}</code>
                {editing.project.may.edit ? (
                  <button
                    type="button"
                    className="linkbtn"
                    aria-label={say('takeBack') + mark('colon') + told}
                    onClick={() => editing.setText(takenBack(editing.text, name))}
                  >
                    {say('takeBack')}
                  </button>
                ) : null}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A change in a sentence; its own title where it has one. */
function toldChange(change: JsonObject, diagram: Diagram): string {
  if (typeof change.title === 'string' && change.add === undefined) return change.title;
  const address = addressOf(change);
  const what = titleAt(diagram, address);
  if (change.set !== undefined) {
    const is = typeof change.is === 'string' ? delayWords(change.is, words()) : JSON.stringify(change.is);
    const timer = /\.(?:after|remind)\.(.+)$/.exec(address);
    if (timer) return say('didDelay', { what, delay: delayWords(timer[1] ?? '', words()), is });
    return say('didSet', { what, word: wordAt(address), is });
  }
  if (change.tighten !== undefined) return say('didTighten', { what, is: String(change.and ?? '') });
  if (change.add !== undefined)
    return change.on === undefined
      ? say('didAdd', { what: titleOf(change) ?? address })
      : say('didAddStep', { what: titleOf(change) ?? what });
  return change.reconnect === undefined
    ? say('didRemove', { what: address.startsWith('events.') ? address.slice('events.'.length) : what })
    : say('didRemoveState', { what, to: titleAt(diagram, String(change.reconnect)) });
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

function stateOf(change: JsonObject, diagram: Diagram): string | null {
  return nearest(diagram, addressOf(change))?.id ?? null;
}

function nearest(diagram: Diagram, address: string): Diagram['nodes'][number] | null {
  for (let at = address; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const node = diagram.nodes.find(({ id }) => id === at);
    if (node) return node;
  }
  return null;
}
