import { useEffect, useState } from 'react';
import { query } from '../api/http.ts';
import { api } from '../api/index.ts';
import { asFault, useLoad } from '../app/load.ts';
import { Loading } from '../app/parts/states.tsx';
import { Link, useQuery } from '../app/route/index.ts';
import { useDeskUnread } from '../app/unread.ts';
import { Paging } from '../hall/cases/paging.tsx';
import { MessageRow } from '../hall/messages/message-row.tsx';
import { say as messages } from '../hall/messages/texts.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { DeskFrame } from './desk-frame.tsx';
import { say } from './notice-texts.ts';
import '../hall/cases/cases.css';
import '../hall/messages/messages.css';
import './desk.css';

/** What somebody wrote stands in the conversation of the case. */
const address = (id: string, key: string): string => (key.includes(':talk:') ? `/desk/${id}#talk` : `/desk/${id}`);

/** What the desk was told about cases that one may see, newest first; what was read is each person's own mark. */
export function NoticesPage() {
  const [params, change] = useQuery();
  const view = params.get('view') === 'unread' ? 'unread' : 'all';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const { state, reload } = useLoad(`notices ${view} ${page}`, () => api.deskNotices(view, page));
  const [said, setSaid] = useState('');
  const unread = useDeskUnread();
  // Something is new, or was read in another tab.
  useEffect(() => {
    if (unread !== null) reload();
  }, [unread, reload]);

  const act = async (mark: Promise<{ readonly unread: number }>): Promise<void> => {
    try {
      const left = (await mark).unread;
      setSaid(left === 0 ? messages('markedNone') : messages('marked', { n: left }));
    } catch (error) {
      setSaid(asFault(error).message);
    }
    reload();
  };
  const list = state.kind === 'ready' ? state.data : null;
  return (
    <DeskFrame current={null} page={say('title')}>
      <section className="desknotices">
        <h1>{say('title')}</h1>
        {state.kind === 'loading' ? <Loading lines={6} /> : null}
        {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
        {list && (
          <>
            <div className="messagetools">
              <nav aria-label={messages('views')}>
                <Link to="/desk/notices" aria-current={view === 'all' ? 'page' : undefined}>
                  {messages('all')}
                </Link>
                <Link
                  to={`/desk/notices${query({ view: 'unread' })}`}
                  aria-current={view === 'unread' ? 'page' : undefined}
                >
                  {list.unread > 0 ? messages('unreadCount', { n: list.unread }) : messages('unread')}
                </Link>
              </nav>
              <span className="grow" />
              <button
                type="button"
                className="btn"
                aria-disabled={list.unread === 0}
                onClick={() => list.unread > 0 && void act(api.readDeskNotices(list.newest))}
              >
                {messages('readAll')}
              </button>
            </div>
            {list.rows.length === 0 ? (
              <p className="emptylist">{view === 'unread' ? messages('emptyUnread') : say('empty')}</p>
            ) : (
              <ul className="messages" aria-label={messages('list')}>
                {list.rows.map((row) => (
                  <MessageRow
                    key={row.key}
                    message={row}
                    to={address}
                    mark={api.markDeskNotices}
                    onMark={(read) => void act(api.markDeskNotices([row.key], read))}
                  />
                ))}
              </ul>
            )}
            {list.total > 0 && (
              <Paging
                {...{ page: list.page, pages: list.pages, total: list.total }}
                counted={messages('total', { n: list.total })}
                onPage={(next) => change({ view: view === 'all' ? '' : view, page: String(next) })}
              />
            )}
          </>
        )}
        <p className="vh" role="status">
          {said}
        </p>
      </section>
    </DeskFrame>
  );
}
