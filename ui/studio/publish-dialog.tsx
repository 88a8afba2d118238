import { useId, useState } from 'react';
import { Icon } from '../app/icon.tsx';
import { Dialog } from '../app/parts/dialog.tsx';
import { aside } from '../app/texts/punctuation.ts';
import { changesIn, lawsIn } from './change-in-text.ts';
import { say as sayPane } from './pane-texts.ts';
import { toldChange } from './properties/told-change.ts';
import { Refusal } from './refusal.tsx';
import { changedSettings, settingsOf, wordsOf } from './settings-model.ts';
import { say, words } from './texts.ts';
import type { Editing } from './use-project.ts';

interface PublishDialogProps {
  readonly editing: Editing;
  onClose(): void;
  onPublished(): void;
}

/** What will be published, what it means for running cases, and a note for the history. */
export function PublishDialog({ editing, onClose, onPublished }: PublishDialogProps) {
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useId();
  const { project } = editing;
  const errors = editing.issues.filter((issue) => issue.severity === 'error').length;
  const changed = changedSettings(settingsOf(project.settingsSchema), project.defaults, editing.settings);
  const changes = changesIn(editing.text) ?? [];
  const laws = lawsIn(editing.text);
  const why = editing.dirty ? say('publishUnsaved') : errors > 0 ? say('publishErrors', { n: errors }) : null;
  // Once it is refused, the next thing to do is to look at the way.
  const isUnproven = editing.fault?.code === 'draft-unproven';
  const storiesChanged = editing.fault?.code === 'draft-stories';
  const submit = async () => {
    if (why !== null || editing.saving) return;
    if (note.trim() === '') {
      setMissing(true);
      document.getElementById(field)?.focus();
      return;
    }
    if (await editing.publish(note.trim(), storiesChanged ? 'changed' : undefined)) onPublished();
  };
  return (
    <Dialog title={say('publishTitle', { title: project.title })} onClose={onClose} sticky wide>
      <h3>{say('publishWhat')}</h3>
      {changed.length + changes.length + laws.length === 0 ? <p className="muted">{say('publishNothing')}</p> : null}
      {changed.length === 0 ? null : (
        <dl className="publishlist">
          {changed.map(({ setting, value, base }) => (
            <div key={setting.path.join('.')}>
              <dt>
                <span className="changedmark">~ </span>
                {setting.title}
              </dt>
              <dd>
                {wordsOf(setting, value, words())}{' '}
                <span className="muted">{aside(say('defaultIs', { value: wordsOf(setting, base, words()) }))}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {changes.length + laws.length === 0 ? null : (
        <ul className="publishchanges">
          {changes.map(({ name, change }) => (
            <li key={name}>
              <span className="changedmark">~ </span>
              {toldChange(change, editing.diagram)}
            </li>
          ))}
          {laws.map((title) => (
            <li key={title}>
              <span className="changedmark">~ </span>
              {say('publishLaw', { title })}
            </li>
          ))}
        </ul>
      )}
      <p className="note brand">{say('publishEffect', { n: project.openCases })}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={missing ? 'pubfield bad' : 'pubfield'}>
          <label htmlFor={field} className="strong">
            {say('note')}
          </label>
          <small id={`${field}-hint`} className="muted">
            {say('noteHint')}
          </small>
          {missing ? (
            <p className="emsg" id={`${field}-error`}>
              <Icon name="alert" /> {say('noteMissing')}
            </p>
          ) : null}
          <textarea
            id={field}
            rows={2}
            maxLength={200}
            value={note}
            aria-invalid={missing}
            aria-describedby={missing ? `${field}-hint ${field}-error` : `${field}-hint`}
            onChange={(event) => {
              setNote(event.target.value);
              setMissing(false);
            }}
          />
        </div>
        {editing.saving ? (
          <p className="note" role="status">
            {editing.asking ? sayPane('asking') : say('proving')}
          </p>
        ) : null}
        {editing.fault && !editing.saving ? (
          <Refusal project={project.id} fault={editing.fault} diagram={editing.diagram} />
        ) : null}
        <footer>
          <button
            type="submit"
            className={isUnproven ? 'btn' : 'btn primary'}
            aria-disabled={why !== null}
            aria-busy={editing.saving}
          >
            {say(storiesChanged ? 'publishAnyway' : 'publishNow')}
          </button>
          <button type="button" className="btn" onClick={onClose}>
            {say('cancel')}
          </button>
          {why ? <span className="err">{why}</span> : null}
        </footer>
      </form>
    </Dialog>
  );
}
