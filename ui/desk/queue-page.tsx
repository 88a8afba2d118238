import { useEffect } from 'react';
import { api } from '../api/index.ts';
import { watchDesk } from '../api/stream.ts';
import { useLoad } from '../app/load.ts';
import { navigate, useQuery } from '../app/route/index.ts';

import { DeskFrame } from './desk-frame.tsx';
import { VIEWS } from './desk-nav.tsx';
import { QueueFilters } from './queue-filters.tsx';
import { Queue } from './queue-table.tsx';
import { useShortcuts } from './shortcuts.ts';
import { say } from './texts.ts';
import './desk.css';

export function QueuePage() {
  const [search, setSearch] = useQuery();
  const view = VIEWS.find((one) => one === search.get('view')) ?? 'open';
  const page = Math.max(1, Number(search.get('page')) || 1);
  const text = (name: string) => search.get(name) ?? '';
  const filter = { project: text('project'), q: text('q'), pressing: text('pressing'), order: text('order') };
  const { state, reload } = useLoad(`queue ${view} ${page} ${Object.values(filter).join(' ')}`, () =>
    api.deskQueue(view, page, filter),
  );
  useEffect(() => watchDesk(reload), [reload]);

  const pages = state.kind === 'ready' ? state.data.pages : 1;
  const turnTo = (next: number) => {
    if (next >= 1 && next <= pages) setSearch({ view, ...filter, page: next === 1 ? '' : String(next) });
  };
  const shortcuts = useShortcuts({
    j: () => walk(1),
    k: () => walk(-1),
    arrowdown: () => walk(1),
    arrowup: () => walk(-1),
    n: () => rows()[0]?.click(),
    '/': () => document.querySelector<HTMLInputElement>('.deskfilters input')?.focus(),
    '1': () => navigate('/desk?view=open'),
    '2': () => navigate('/desk?view=mine'),
    '3': () => navigate('/desk?view=all'),
    '[': () => turnTo(page - 1),
    ']': () => turnTo(page + 1),
  });

  return (
    <DeskFrame
      current={view}
      page={say(view)}
      tools={
        state.kind === 'ready' ? (
          <span className="muted">
            {say('total', { n: state.data.more ? `${state.data.total}+` : state.data.total })}
          </span>
        ) : null
      }
    >
      <h1 className="vh">{say(view)}</h1>
      <QueueFilters
        key={view}
        filter={filter}
        list={state.kind === 'ready' ? state.data : null}
        onChange={(next, going) => setSearch({ view, ...filter, ...next }, going)}
      />
      <Queue
        {...{ state, view, searched: filter.q !== '', onRetry: reload }}
        filtered={Object.values(filter).some((one) => one !== '')}
      />
      <footer className="deskpages row">
        <span className="muted xs deskkeys grow">{shortcuts.on ? say('queueKeys') : null}</span>
        <button type="button" className="btn sm quiet deskkeys" aria-pressed={shortcuts.on} onClick={shortcuts.toggle}>
          {say(shortcuts.on ? 'shortcutsOn' : 'shortcutsOff')}
        </button>
        {pages > 1 ? (
          <nav className="row" aria-label={say('page', { page, pages })}>
            <button type="button" className="btn sm" aria-disabled={page <= 1} onClick={() => turnTo(page - 1)}>
              {say('previous')}
            </button>
            <span className="muted">{say('page', { page, pages })}</span>
            <button type="button" className="btn sm" aria-disabled={page >= pages} onClick={() => turnTo(page + 1)}>
              {say('next')}
            </button>
          </nav>
        ) : null}
      </footer>
    </DeskFrame>
  );
}

/** The links of the rows: what the keyboard walks over is what Enter opens. */
function rows(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.deskqueue tbody a.btn')];
}

function walk(by: 1 | -1): void {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
