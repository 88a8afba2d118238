import { useEffect, useId, useRef } from 'react';
import { isoTime, shortDateTime } from '../app/format.ts';
import { Icon } from '../app/icon.tsx';
import { now } from '../app/now.ts';
import { Tile } from '../app/parts/tile.tsx';
import { say } from './texts.ts';
import type { LiveTalk } from './use-talk.ts';
import './talk.css';

/** From so few characters that are left on their number is said. */
const NEARLY = 100;

/** What owner and desk wrote to each other, and a field to write in. Seeing it on the page is reading it. */
export function Talk({ live, desk }: { readonly live: LiveTalk; readonly desk: boolean }) {
  const { talk } = live;
  const field = useId();
  const list = useRef<HTMLOListElement>(null);
  const count = talk?.messages.length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest is shown with each message
  useEffect(() => {
    // The list alone: the page stays where its reader is.
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);
  const { seen } = live;
  useSeen(list, seen, talk?.unread ?? 0);
  if (!talk) return null;
  const left = talk.longest - [...live.text].length;
  return (
    <div className="talk">
      {count === 0 ? (
        <p className="muted">{say('none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        <ol ref={list} tabIndex={0} aria-label={say('list')}>
          {talk.messages.map((one) => (
            <li key={one.key} className={one.own ? 'own' : undefined}>
              <p className="talkwho">
                <Tile character={one.part.tile} size="sm" />
                <span className="strong">{one.own ? say('you') : one.part.title}</span>
                {one.name && !one.own ? <span>{one.name}</span> : null}
                <time dateTime={isoTime(one.at)}>{shortDateTime(one.at, now())}</time>
              </p>
              <p className="talktext">{one.text}</p>
              {one.own ? (
                <p className="talkread">
                  {one.read ? <Icon name="check" /> : null}
                  {one.read ? say('read') : say('notRead')}
                </p>
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {talk.closed !== null ? (
        <p className="muted">{talk.closed}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (left >= 0) live.send();
          }}
        >
          <label htmlFor={field}>{say('write')}</label>
          <p className="muted xs" id={`${field}-hint`}>
            {say(desk ? 'hintDesk' : 'hintOwner')}
          </p>
          <textarea
            id={field}
            rows={3}
            value={live.text}
            aria-describedby={`${field}-hint`}
            aria-invalid={left < 0 ? true : undefined}
            onChange={(event) => live.write(event.target.value)}
          />
          {live.fault ? (
            <p className="note err" role="alert">
              <Icon name="alert" />
              <span>{say('failed', { message: live.fault.replace(/[。.]$/, '') })}</span>
            </p>
          ) : null}
          <p className="talkend">
            <span className={left < 0 ? 'err' : 'muted'} role={left < 0 ? 'alert' : undefined}>
              {left < 0 ? say('over', { n: -left }) : left < NEARLY ? say('left', { n: left }) : ''}
            </span>
            <button
              type="submit"
              className="btn"
              aria-disabled={live.text.trim() === '' || left < 0}
              aria-busy={live.sending}
            >
              {live.sending ? say('sending') : say('send')}
            </button>
          </p>
        </form>
      )}
      <p className="vh" role="status">
        {talk.unread > 0 ? say('arrived', { n: talk.unread }) : live.sent > 0 ? say('sent') : ''}
      </p>
    </div>
  );
}

/** A message is read once its list has been in sight of somebody. */
function useSeen(list: { readonly current: HTMLElement | null }, seen: () => void, unread: number): void {
  const act = useRef(seen);
  act.current = seen;
  useEffect(() => {
    const element = list.current;
    if (unread === 0 || element === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting) && document.visibilityState === 'visible') act.current();
    });
    observer.observe(element.lastElementChild ?? element);
    return () => observer.disconnect();
  }, [list, unread]);
}
