import { useState } from 'react';
import type { TimelineView } from '../../engine/contract/view.ts';
import { shortDateTime } from '../app/format.ts';
import { now } from '../app/now.ts';
import { Tile } from '../app/parts/tile.tsx';
import { mark } from '../app/texts/punctuation.ts';
import { say } from './texts.ts';

/** Newest on top; what is older than the last few is folded. */
const OPEN = 5;

export function History({ timeline }: { readonly timeline: readonly TimelineView[] }) {
  const [all, setAll] = useState(false);
  const at = now();
  const shown = all ? timeline : timeline.slice(0, OPEN);
  return (
    <>
      <ol className="deskhistory">
        {shown.map((entry, index) => (
          <li key={`${entry.at} ${String(index)}`}>
            <Tile character={entry.part.tile} size="sm" />
            <div>
              <p className={entry.look === 'err' ? 'err' : undefined}>
                <span className="vh">
                  {entry.part.title}
                  {mark('colon')}
                </span>
                {entry.title}
              </p>
              {entry.details.map((detail) => (
                <p key={detail} className="muted xs">
                  {detail}
                </p>
              ))}
              <time className="muted xs" dateTime={new Date(entry.at).toISOString()}>
                {entry.part.title}
                {mark('comma')}
                {shortDateTime(entry.at, at)}
              </time>
            </div>
          </li>
        ))}
      </ol>
      {timeline.length > shown.length ? (
        <button type="button" className="linkbtn" onClick={() => setAll(true)}>
          {say('more', { n: timeline.length - shown.length })}
        </button>
      ) : null}
    </>
  );
}
