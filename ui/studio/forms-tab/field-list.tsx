import { type DragEvent, useRef, useState } from 'react';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import { kindOf } from '../../../engine/forms/fields.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import { Icon } from '../../app/icon.tsx';
import { FieldEditor, neverFilled } from './field-editor.tsx';
import { moved, needsFor, type Row, withHidden, withoutField, withShown } from './fields.ts';
import { saidOf } from './need-words.ts';
import { say } from './texts.ts';

export interface FieldListProps {
  readonly form: string;
  readonly base: FormSchema;
  /** Every field of the form: the order is one of all. */
  readonly rows: readonly Row[];
  /** Names of those that are listed, where not all are; they cannot be moved then. */
  readonly only?: readonly string[];
  readonly text: string;
  readonly parts: EditableParts;
  /** Field -> what is wrong with it. */
  readonly problems: ReadonlyMap<string, readonly string[]>;
  readonly mayEdit: boolean;
  onText(text: string): void;
}

/** The fields in their order: dragged, or moved by the buttons; each opens to be edited. */
export function FieldList(props: FieldListProps) {
  const { form, base, rows, only, text, mayEdit, onText } = props;
  const shown = only === undefined ? rows : rows.filter((row) => only.includes(row.name));
  const mayMove = mayEdit && only === undefined;
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, showDragged] = useState<string | null>(null);
  // The browser asks at once whether it may be dropped, before anything is drawn anew.
  const held = useRef<string | null>(null);
  const setDragged = (name: string | null) => {
    held.current = name;
    showDragged(name);
  };
  const [over, setOver] = useState<string | null>(null);
  const [spoken, setSpoken] = useState('');

  const put = (name: string, to: number) => {
    const row = rows.find((one) => one.name === name);
    if (row === undefined || to < 0 || to >= rows.length) return;
    onText(moved(text, form, base, rows, name, to));
    setSpoken(say('movedTo', { title: titleOf(row), at: to + 1, n: rows.length }));
  };
  const drop = (event: DragEvent, target: string) => {
    event.preventDefault();
    setOver(null);
    const name = held.current;
    setDragged(null);
    if (name !== null && name !== target)
      put(
        name,
        rows.findIndex((row) => row.name === target),
      );
  };
  return (
    <>
      <ol className="fieldlist">
        {shown.map((row, index) => (
          <li
            key={row.name}
            data-field={row.name}
            className={className(row, dragged === row.name, over === row.name && dragged !== row.name)}
            onDragOver={(event) => {
              if (held.current === null) return;
              event.preventDefault();
              setOver(row.name);
            }}
            onDrop={(event) => drop(event, row.name)}
          >
            <div className="fieldrow">
              {mayMove ? (
                // The buttons beside it do the same for keyboards.
                <span
                  className="draghandle"
                  draggable
                  aria-hidden="true"
                  title={say('drag', { title: titleOf(row) })}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move';
                    event.dataTransfer.setData('text/plain', row.name);
                    setDragged(row.name);
                  }}
                  onDragEnd={() => {
                    setDragged(null);
                    setOver(null);
                  }}
                >
                  ⠿
                </span>
              ) : null}
              <span className="fieldname">
                <span className="strong">{titleOf(row)}</span>
                <Marks row={row} />
              </span>
              <span className="fieldtools">
                {mayMove ? (
                  <>
                    <Move title={titleOf(row)} way="up" off={index === 0} onMove={() => put(row.name, index - 1)} />
                    <Move
                      title={titleOf(row)}
                      way="down"
                      off={index === rows.length - 1}
                      onMove={() => put(row.name, index + 1)}
                    />
                  </>
                ) : null}
                <button
                  type="button"
                  className="btn sm"
                  aria-expanded={open === row.name}
                  aria-label={say(open === row.name ? 'closeName' : mayEdit ? 'editName' : 'lookName', {
                    title: titleOf(row),
                  })}
                  onClick={() => setOpen(open === row.name ? null : row.name)}
                >
                  {say(open === row.name ? 'close' : mayEdit ? 'edit' : 'look')}
                </button>
              </span>
            </div>
            {(props.problems.get(row.name) ?? []).map((problem) => (
              <p key={problem} className="fieldproblem" role="alert">
                <Icon name="alert" />
                <span>{problem}</span>
              </p>
            ))}
            {open === row.name ? (
              <div className="fieldedit">
                {row.hidden ? null : <FieldEditor {...props} row={row} />}
                <Foot {...props} row={row} onGone={() => setOpen(null)} />
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      <span className="vh" role="status">
        {spoken}
      </span>
    </>
  );
}

export const titleOf = (row: Row): string => String(row.schema.title ?? row.name);

function className(row: Row, isDragged: boolean, isOver: boolean): string {
  const names = ['fielditem'];
  if (row.hidden) names.push('gone');
  else if (row.base === null) names.push('new');
  else if (row.changes.length > 0) names.push('ch');
  if (isDragged) names.push('dragged');
  if (isOver) names.push('over');
  return names.join(' ');
}

function Marks({ row }: { readonly row: Row }) {
  const kind = kindOf(row.schema);
  return (
    <span className="fieldmarks">
      <span>{say(`kind-${kind}`)}</span>
      {row.hidden ? (
        <span className="tag err">
          <span aria-hidden="true">−</span> {say('hiddenTag')}
        </span>
      ) : neverFilled.has(kind) ? null : (
        <span>{say(row.required ? 'required' : 'optional')}</span>
      )}
      {row.base === null ? (
        <span className="tag ok">
          <span aria-hidden="true">＋</span> {say('added')}
        </span>
      ) : row.changes.length > 0 && !row.hidden ? (
        <span className="tag warn">
          <span aria-hidden="true">~</span> {say('changed')}
        </span>
      ) : null}
    </span>
  );
}

function Move({
  title,
  way,
  off,
  onMove,
}: {
  readonly title: string;
  readonly way: 'up' | 'down';
  readonly off: boolean;
  onMove(): void;
}) {
  return (
    <button
      type="button"
      className="btn sm arrow"
      aria-label={say(way === 'up' ? 'upName' : 'downName', { title })}
      aria-disabled={off}
      onClick={() => {
        if (!off) onMove();
      }}
    >
      <span aria-hidden="true">{way === 'up' ? '↑' : '↓'}</span>
    </button>
  );
}

/** Leaving the field out, and taking back what was said of it. */
function Foot({
  row,
  form,
  text,
  parts,
  mayEdit,
  onText,
  onGone,
}: FieldListProps & { readonly row: Row; onGone(): void }) {
  const title = titleOf(row);
  const needs = row.base === null ? [] : needsFor(parts.needs, form, row.name);
  if (!mayEdit) return null;
  if (row.hidden)
    return (
      <footer>
        <button
          type="button"
          className="btn sm"
          aria-label={say('showName', { title })}
          onClick={() => onText(withShown(text, row))}
        >
          {say('show')}
        </button>
      </footer>
    );
  if (row.base === null)
    return (
      <footer>
        <button
          type="button"
          className="btn sm danger"
          aria-label={say('removeName', { title })}
          onClick={() => {
            onText(withoutField(text, form, row));
            onGone();
          }}
        >
          {say('remove')}
        </button>
      </footer>
    );
  return (
    <footer>
      <button
        type="button"
        className="btn sm"
        aria-label={say('hideName', { title })}
        aria-disabled={needs.length > 0}
        aria-describedby={needs.length > 0 ? `need-${form}-${row.name}` : undefined}
        onClick={() => needs.length === 0 && onText(withHidden(text, form, row))}
      >
        {say('hide')}
      </button>
      {row.changes.length > 0 ? (
        <button
          type="button"
          className="btn sm"
          aria-label={say('takeBackName', { title })}
          onClick={() => onText(withoutField(text, form, row))}
        >
          {say('takeBack')}
        </button>
      ) : null}
      {needs.length > 0 ? (
        <small id={`need-${form}-${row.name}`} className="muted">
          <Icon name="lock" /> {say('needed', { who: saidOf(needs) })}
        </small>
      ) : null}
    </footer>
  );
}
