import { type ReactNode, useEffect } from 'react';
import type { Fault } from '../api/fault.ts';
import { Link } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../app/texts/dictionary.ts';
import { type RoomName, roomsOf, UserMenu } from '../app/user-menu.tsx';
import { DeskBell } from './desk-bell.tsx';
import { say } from './texts.ts';
import './workbench.css';

interface WorkbenchProps {
  /** Where the brand mark leads: the room's first page. */
  readonly home: string;
  /** One character. */
  readonly mark: string;
  readonly title: string;
  /** Title of the document; the room's name alone without it. */
  readonly page?: string | undefined;
  /** What is being worked on, beside the title. */
  readonly context?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of desk, studio and lab: one bar, the whole window, compact controls. */
export function Workbench({ home, mark, title, page, context, tools, children }: WorkbenchProps) {
  useLanguage();
  const { session } = useSession();
  useEffect(() => {
    document.documentElement.dataset.density = 'compact';
    return () => {
      delete document.documentElement.dataset.density;
    };
  }, []);
  useEffect(() => {
    document.title = page ? `${page} - ${title}` : title;
  }, [page, title]);
  return (
    <div className="wb">
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link, that works without a change of the address */}
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {say('skip')}
      </a>
      <header className="wbtop noprint">
        <Link className="brandmark" to={home}>
          <b aria-hidden="true">{mark}</b>
          {title}
        </Link>
        {context ? <div className="wbcontext">{context}</div> : null}
        <span className="grow" />
        {tools ? <div className="wbtools">{tools}</div> : null}
        {home === '/desk' && session.abilities.includes('work') ? <DeskBell /> : null}
        <UserMenu />
      </header>
      <main id="main" tabIndex={-1} className="wbmain">
        {children}
      </main>
    </div>
  );
}

/** What a room shows to whoever has no business there; the server refuses the data all the same. */
export function Room({ room, children }: { readonly room: RoomName; readonly children: ReactNode }) {
  useLanguage();
  const { session } = useSession();
  if (roomsOf(session).includes(room)) return children;
  const role = say(room);
  return (
    <div className="wb">
      <main id="main" tabIndex={-1} className="wbmain wbempty">
        <h1>{say('denied', { role })}</h1>
        <p className="read">{say('deniedText')}</p>
        <p>
          <Link className="btn" to="/">
            {say('back')}
          </Link>
        </p>
      </main>
    </div>
  );
}

/** An address of a room at which there is nothing. @param home the room's first page */
export function NoSuchPage({ home }: { readonly home: string }) {
  useLanguage();
  return (
    <div className="wb">
      <main id="main" tabIndex={-1} className="wbmain wbempty">
        <h1>{say('noPage')}</h1>
        <p className="read">{say('noPageText')}</p>
        <p>
          <Link className="btn" to={home}>
            {say('toHome')}
          </Link>
        </p>
      </main>
    </div>
  );
}

/** A load that failed, inside a room. */
export function Trouble({ fault, onRetry }: { readonly fault: Fault; readonly onRetry: () => void }) {
  return (
    <div className="wbempty" role="alert">
      <p className="strong">{say('failed', { message: fault.message })}</p>
      <p className="muted">{say('failedHint')}</p>
      <p>
        <button type="button" className="btn" onClick={onRetry}>
          {say('retry')}
        </button>
      </p>
    </div>
  );
}
