import { useEffect } from 'react';
import { clockTime } from '../app/format.ts';
import { Link } from '../app/route/index.ts';
import { say as sayEdit } from './edit-texts.ts';
import { say } from './texts.ts';
import type { Editing } from './use-project.ts';

interface DraftToolsProps {
  readonly editing: Editing;
  onPublish(): void;
}

/** At the head of the page: whether the draft is saved, and what can be done with it. */
export function DraftTools({ editing, onPublish }: DraftToolsProps) {
  const { project } = editing;
  const { canUndo, canRedo, undo, redo } = editing;
  const save = () => void (project.may.edit && editing.dirty && !editing.saving && editing.save());
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const isRedo = (key === 'z' && event.shiftKey) || (key === 'y' && !event.shiftKey);
      if (key === 's') save();
      // A field and the editor take back their own letters first.
      else if ((key !== 'z' && !isRedo) || isTypedIn(event.target)) return;
      else if (isRedo) redo();
      else undo();
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <>
      <span className="muted" role="status">
        {editing.saving
          ? say('saving')
          : editing.dirty
            ? say('unsaved')
            : project.draft
              ? say('saved', { at: clockTime(project.draft.at) })
              : ''}
      </span>
      {canUndo || canRedo ? (
        <>
          <button type="button" className="btn sm" aria-disabled={!canUndo} title="Ctrl+Z" onClick={undo}>
            {sayEdit('undo')}
          </button>
          <button type="button" className="btn sm" aria-disabled={!canRedo} title="Ctrl+Shift+Z" onClick={redo}>
            {sayEdit('redo')}
          </button>
        </>
      ) : null}
      {editing.dirty ? (
        <button
          type="button"
          className="btn sm"
          onClick={() => window.confirm(say('undoConfirm')) && editing.discard()}
        >
          {say('undo')}
        </button>
      ) : null}
      <Link
        className="btn sm"
        to={`/lab?project=${encodeURIComponent(project.id)}${project.draft === null ? '' : '&of=draft'}`}
      >
        {say('tryLab')}
      </Link>
      {project.may.edit ? (
        <button type="button" className="btn sm" aria-disabled={!editing.dirty} onClick={save}>
          {say('save')}
        </button>
      ) : null}
      {project.may.publish ? (
        <button type="button" className="btn sm primary" onClick={onPublish}>
          {say('publish')}
        </button>
      ) : null}
    </>
  );
}

/** Whether the key is meant for letters that are being typed there. */
function isTypedIn(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.closest('dialog') !== null) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}
