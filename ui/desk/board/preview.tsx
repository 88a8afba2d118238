import { useId, useState } from 'react';
import type { BoardView } from '../../../engine/contract/board.ts';
import { type Board, withBoard } from '../../../engine/explain/board.ts';
import { announced, whyClosed } from '../../../engine/explain/open.ts';
import { isoDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { locale } from '../../app/texts/index.ts';
import { Prose } from '../../hall/prose.tsx';
import { say } from './texts.ts';

/** What the hall will show on a day: by the same rules as the hall. */
export function Preview({ view, board }: { readonly view: BoardView; readonly board: Board }) {
  const id = useId();
  const [day, setDay] = useState(isoDate(now()));
  const at = Date.parse(`${day}T12:00:00+08:00`);
  const project = withBoard(view.project, board);
  const closed = whyClosed(project, at, locale());
  const shown = announced(project, at);
  return (
    <aside className="boardpreview" aria-labelledby={id}>
      <h2 id={id}>{say('preview')}</h2>
      <p className="row">
        <label htmlFor={`${id}d`}>{say('previewDay')}</label>
        <input
          id={`${id}d`}
          type="date"
          required
          value={day}
          onChange={({ target }) => target.value && setDay(target.value)}
        />
      </p>
      <div className="boardpaper">
        <h3>{project.title}</h3>
        <p className={closed === null ? 'note ok' : 'note warn'}>
          {closed === null ? say('openThen') : say('closedThen', { reason: closed })}
        </p>
        {shown.length === 0 ? <p className="muted">{say('noneThen')}</p> : null}
        {shown.map((one) => (
          <article key={one.id}>
            <h4>{one.title}</h4>
            <p className="muted xs">
              {one.from} — {one.until ?? '…'}
            </p>
            <Prose text={one.text} />
          </article>
        ))}
      </div>
    </aside>
  );
}
