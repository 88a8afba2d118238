import { useEffect } from 'react';
import { clockTime } from '../app/format.ts';
import { Link } from '../app/route/index.ts';
import { say } from './texts.ts';
import type { Editing } from './use-project.ts';

interface DraftToolsProps {
  readonly editing: Editing;
  onPublish(): void;
}

/** At the head of the page: whether the draft is saved, and what can be done with it. */
export function DraftTools({ editing, onPublish }: DraftToolsProps) {
  const { project } = editing;
  const save = () => void (project.may.edit && editing.dirty && !editing.saving && editing.save());
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      save();
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
