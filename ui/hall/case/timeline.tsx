import { useState } from 'react';
import type { TimelineView } from '../../../engine/contract/view.ts';
import { shortDateTime } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';

/** Several entries of the same part in a row fold into the newest, unless somebody would miss them. */
export type Group = { readonly head: TimelineView; readonly folded: readonly TimelineView[] };

export function groupsOf(entries: readonly TimelineView[]): readonly Group[] {
  const groups: { head: TimelineView; folded: TimelineView[] }[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    const same = last && last.head.part.id === entry.part.id && last.head.title === entry.title;
    if (same && entry.look === 'plain' && last.head.look === 'plain') last.folded.push(entry);
    else groups.push({ head: entry, folded: [] });
  }
  return groups;
}

/** So many are shown before the earlier ones are asked for. */
const NEWEST = 6;

/** Newest on top; a fact per entry, then details, then time. */
export function Timeline({
  entries,
  mine,
}: {
  readonly entries: readonly TimelineView[];
  /** The viewer's role: its entries bear the viewer's own tile. */
  readonly mine: string;
}) {
  const t = useTexts();
  const groups = groupsOf(entries);
  const [all, setAll] = useState(false);
  const shown = all || groups.length <= NEWEST + 1 ? groups : groups.slice(0, NEWEST);
  return (
    <section aria-labelledby="h-timeline" className="timeline">
      <h2 id="h-timeline">{t('case.timeline')}</h2>
      <ol className="tl">
        {shown.map((group) => (
          <Entry key={`${group.head.at} ${group.head.title}`} group={group} mine={mine} />
        ))}
      </ol>
      {shown.length < groups.length && (
        <button type="button" className="btn sm earlier noprint" onClick={() => setAll(true)}>
          {t('case.earlier', { n: groups.length - shown.length })}
        </button>
      )}
    </section>
  );
}

function Entry({ group, mine }: { readonly group: Group; readonly mine: string }) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const { head } = group;
  const at = now();
  return (
    <li className={head.look === 'err' ? 'bad' : head.look === 'ok' ? 'good' : undefined}>
      <Tile character={head.part.id === mine ? t('case.youTile') : head.part.tile} look="other" />
      <div>
        <h3>{head.title}</h3>
        {head.details.map((detail) => (
          <p key={detail}>{detail}</p>
        ))}
        <p className="when">
          <span className="vh">
            {head.part.title}
            {mark('comma')}
          </span>
          <time className="num" dateTime={new Date(head.at).toISOString()}>
            {shortDateTime(head.at, at)}
          </time>
          {group.folded.length > 0 && (
            <button type="button" className="linkbtn" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t('case.fold') : t('case.unfold', { n: group.folded.length })}
            </button>
          )}
        </p>
        {open && (
          <ul className="folded">
            {group.folded.map((entry) => (
              <li key={entry.at}>
                <time className="num" dateTime={new Date(entry.at).toISOString()}>
                  {shortDateTime(entry.at, at)}
                </time>{' '}
                {entry.details.join(mark('semicolon'))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
