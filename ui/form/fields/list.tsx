import { useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import type { Part } from '../parts.ts';
import { type Say, useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** Entries of their own, one below the other: each can be moved or taken away, one more can be added. */
function Control({ store, state, ids, inside }: ControlProps) {
  const say = useSay();
  const { field, parts } = state;
  const [said, setSaid] = useState('');
  const add = useRef<HTMLButtonElement>(null);
  const most = Number(field.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const least = Number(field.schema.minItems ?? 0);
  const name = (at: number) => say('listEntry', { title: field.title, n: at + 1 });

  const append = (): void => {
    const key = store.addPart(field.name);
    if (key === null) return;
    setSaid(say('listAdded', { entry: name(parts.length) }));
    // The new entry is there after the next paint; whoever asked for it begins to fill it in.
    requestAnimationFrame(() => focusIn(entryId(ids.control, key)));
  };
  const remove = (part: Part, at: number): void => {
    store.removePart(field.name, part.key);
    setSaid(say('listRemoved', { entry: name(at) }));
    add.current?.focus();
  };
  const move = (part: Part, at: number, by: -1 | 1): void => {
    store.movePart(field.name, part.key, by);
    setSaid(say('listMoved', { entry: name(at), n: at + 1 + by }));
  };

  return (
    <div className="fv-list" id={ids.control} tabIndex={-1}>
      {parts.length > 0 && (
        <ol>
          {parts.map((part, at) => (
            <li key={part.key} id={entryId(ids.control, part.key)}>
              {/* biome-ignore lint/a11y/useSemanticElements: the fields inside have a fieldset around them already */}
              <div role="group" aria-label={name(at)}>
                <header className="fv-entry-head">
                  <span className="fv-entry-title">{name(at)}</span>
                  <span className="fv-entry-do">
                    {at > 0 && (
                      <Button say={say} word="listUp" entry={name(at)} sign="↑" act={() => move(part, at, -1)} />
                    )}
                    {at < parts.length - 1 && (
                      <Button say={say} word="listDown" entry={name(at)} sign="↓" act={() => move(part, at, 1)} />
                    )}
                    {(parts.length > least || !state.required) && (
                      <Button say={say} word="listRemove" entry={name(at)} sign="✕" act={() => remove(part, at)} />
                    )}
                  </span>
                </header>
                {inside(part.store)}
              </div>
            </li>
          ))}
        </ol>
      )}
      {parts.length < most ? (
        <button type="button" className="fv-small" ref={add} onClick={append}>
          <Icon name="add" />
          {say('listAdd', { title: field.title })}
        </button>
      ) : (
        <p className="fv-none">{say('listFull', { n: most })}</p>
      )}
      <span role="status" className="fv-hidden">
        {said}
      </span>
    </div>
  );
}

function Button(props: {
  readonly say: Say;
  readonly word: 'listUp' | 'listDown' | 'listRemove';
  readonly entry: string;
  readonly sign: string;
  readonly act: () => void;
}) {
  return (
    <button type="button" className="fv-small" onClick={props.act}>
      <span aria-hidden="true">{props.sign}</span>
      <span className="fv-hidden">{props.say(props.word, { entry: props.entry })}</span>
    </button>
  );
}

function entryId(list: string, key: number): string {
  return `${list}-entry-${key}`;
}

function focusIn(id: string): void {
  document
    .getElementById(id)
    ?.querySelector<HTMLElement>('ol input, ol select, ol textarea, input, select, textarea')
    ?.focus();
}

export const list: KindOfField = { kind: 'list', frame: 'group', Control };
