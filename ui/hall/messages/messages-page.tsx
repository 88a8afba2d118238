import { useEffect, useId, useRef, useState } from 'react';
import type { MessageList } from '../../../engine/contract/routes.ts';
import { query } from '../../api/http.ts';
import { api, type MessageFilter } from '../../api/index.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link, useQuery } from '../../app/route/index.ts';
import { useTexts } from '../../app/texts/index.ts';
import { useUnread } from '../../app/unread.ts';
import { Paging } from '../cases/paging.tsx';
import '../cases/cases.css';
import { Centre } from '../centre.tsx';
import { MessageRow } from './message-row.tsx';
import './messages.css';
import { say } from './texts.ts';

/** 我的消息: what the hall has told about all of one's cases, newest first. The filter stands in the address. */
export default function MessagesPage() {
  const t = useTexts();
  const [params, change] = useQuery();
  const filter = filterOf(params);
  const { state, reload } = useLoad(`messages ${params}`, () => api.messages(filter));
  const [said, setSaid] = useState('');
  const unread = useUnread();

  // Something is new, or was read in another tab.
  useEffect(() => {
    if (unread !== null) reload();
  }, [unread, reload]);

  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  const act = async (mark: Promise<{ readonly unread: number }>): Promise<void> => {
    try {
      const left = (await mark).unread;
      setSaid(left === 0 ? say('markedNone') : say('marked', { n: left }));
    } catch (error) {
      setSaid(asFault(error).message);
    }
    reload();
  };
  return (
    <Centre>
      <PageTitle title={t('app.messages')}>{t('app.messages')}</PageTitle>
      {state.kind === 'loading' ? (
        <Loading />
      ) : (
        <>
          <Tools filter={filter} list={state.data} onChange={change} onAct={act} />
          <List filter={filter} list={state.data} onAct={act} />
          {state.data.total > 0 && (
            <Paging
              {...{ page: state.data.page, pages: state.data.pages, total: state.data.total }}
              counted={say('total', { n: state.data.total })}
              onPage={(page) => change({ ...asStrings(filter), page: String(page) })}
            />
          )}
        </>
      )}
      <p className="vh" role="status">
        {said}
      </p>
    </Centre>
  );
}

type Act = (mark: Promise<{ readonly unread: number }>) => Promise<void>;

function Tools(props: {
  readonly filter: MessageFilter;
  readonly list: MessageList;
  readonly onChange: (values: { readonly [name: string]: string }) => void;
  readonly onAct: Act;
}) {
  const { filter, list, onChange, onAct } = props;
  const id = useId();
  // Nothing came yet: there is nothing to choose from.
  if (list.cases.length === 0) return null;
  const address = (view: string): string => `/messages${query({ case: filter.case, view })}`;
  const shown = list.cases.find((one) => one.id === filter.case);
  const waiting = list.unreadHere;
  return (
    <div className="messagetools">
      <nav aria-label={say('views')}>
        <Link to={address('')} aria-current={filter.view === undefined ? 'page' : undefined}>
          {say('all')}
        </Link>
        <Link to={address('unread')} aria-current={filter.view === 'unread' ? 'page' : undefined}>
          {list.unread > 0 ? say('unreadCount', { n: list.unread }) : say('unread')}
        </Link>
      </nav>
      <div className="choice">
        <label htmlFor={id}>{say('case')}</label>
        <select
          id={id}
          value={shown?.id ?? ''}
          onChange={(event) => onChange({ case: event.target.value, view: filter.view ?? '' })}
        >
          <option value="">{say('everyCase')}</option>
          {list.cases.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.subject || say('unnamed')} · ${one.number}`}
            </option>
          ))}
        </select>
      </div>
      <button
        type="button"
        className="btn"
        aria-disabled={waiting === 0}
        aria-label={filter.case === undefined ? undefined : say('readAllOf')}
        onClick={() => waiting > 0 && void onAct(api.readMessages(list.newest, filter.case))}
      >
        {say('readAll')}
      </button>
    </div>
  );
}

function List(props: { readonly filter: MessageFilter; readonly list: MessageList; readonly onAct: Act }) {
  const { filter, list, onAct } = props;
  const rows = useRef<HTMLUListElement>(null);
  /** A row that goes because it was marked, and its place: who used the keyboard goes on where it was. */
  const left = useRef<{ readonly key: string; readonly place: number } | null>(null);
  const empty = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    const gone = left.current;
    // A list that was asked for before the mark may come after it: the row still stands there.
    if (gone === null || list.rows.some((row) => row.key === gone.key)) return;
    left.current = null;
    const buttons = rows.current?.querySelectorAll<HTMLElement>('button') ?? [];
    (buttons[Math.min(gone.place, buttons.length - 1)] ?? empty.current)?.focus();
  }, [list]);

  if (list.rows.length === 0) {
    const filtered = filter.view !== undefined || filter.case !== undefined;
    return (
      <p className="emptylist" ref={empty} tabIndex={-1}>
        {say(filter.view === 'unread' ? 'emptyUnread' : filter.case !== undefined ? 'emptyCase' : 'empty')}{' '}
        {filtered && <Link to="/messages">{say('showAll')}</Link>}
      </p>
    );
  }
  return (
    <ul className="messages" aria-label={say('list')} ref={rows}>
      {list.rows.map((row, index) => (
        <MessageRow
          key={row.key}
          message={row}
          onMark={(read) => {
            left.current = filter.view === 'unread' ? { key: row.key, place: index } : null;
            void onAct(api.markMessages([row.key], read));
          }}
        />
      ))}
    </ul>
  );
}

function filterOf(params: URLSearchParams): MessageFilter {
  const only = params.get('case')?.trim();
  const page = Number(params.get('page'));
  return {
    ...(only && { case: only }),
    ...(params.get('view') === 'unread' && { view: 'unread' as const }),
    ...(Number.isInteger(page) && page > 1 && { page }),
  };
}

function asStrings({ page: _page, ...filter }: MessageFilter): { [name: string]: string } {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]));
}
