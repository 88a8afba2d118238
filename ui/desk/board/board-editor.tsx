import { type FormEvent, useId, useState } from 'react';
import type { BoardView } from '../../../engine/contract/board.ts';
import type { Board } from '../../../engine/explain/board.ts';
import { deskApi } from '../../api/desk.ts';
import { shortDateTime } from '../../app/format.ts';
import { asFault } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { Announcements } from './announcements.tsx';
import { Field } from './field.tsx';
import { Opening } from './opening.tsx';
import { Preview } from './preview.tsx';
import { say } from './texts.ts';

interface EditorProps {
  readonly view: BoardView;
  onSaved(next: BoardView): void;
}

/** Left what is said, right how people will see it on a day. */
export function BoardEditor({ view, onSaved }: EditorProps) {
  const [board, setBoard] = useState<Board>(view.board);
  const [note, setNote] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const history = useId();
  const isChanged = JSON.stringify(board) !== JSON.stringify(view.board);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTrouble(null);
    try {
      onSaved(await deskApi.saveBoard(view.project.id, board, note, view.version));
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }
  return (
    <form className="boardgrid" onSubmit={(event) => void save(event)} noValidate>
      <div className="boardedit">
        <Opening
          project={view.project}
          opening={board.opening}
          onChange={(opening) => setBoard({ ...board, opening })}
        />
        <Announcements
          released={view.project.announcements ?? []}
          announcements={board.announcements}
          onChange={(announcements) => setBoard({ ...board, announcements })}
        />
        <section className="boardsave">
          <Field label={say('note')} hint={say('noteHint')} value={note} maxLength={200} onChange={setNote} />
          {trouble === null ? null : (
            <p className="note err" role="alert">
              {trouble}
            </p>
          )}
          <p className="row">
            <button type="submit" className="btn primary">
              {say('save')}
            </button>
            <span className="muted" aria-live="polite">
              {isChanged ? say('unsaved') : view.version > 0 ? say('saved') : ''}
            </span>
          </p>
        </section>
        <section aria-labelledby={history}>
          <h2 id={history}>{say('history')}</h2>
          {view.history.length === 0 ? <p className="muted">{say('noHistory')}</p> : null}
          <ul className="plainlist">
            {view.history.map((one) => (
              <li key={one.at}>
                <span className="num muted">{shortDateTime(one.at, now())}</span> {one.by}
                <span className="grow">{one.note}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <Preview view={view} board={board} />
    </form>
  );
}
