import { type ReactNode, useEffect, useRef } from 'react';
import { useHall } from '../app/hall-info.tsx';
import { Link, useAddress } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import './centre.css';
import { useTexts } from '../app/texts/index.ts';
import { say } from './centre-texts.ts';

/** 个人中心: its side menu and a page. The lists of cases are those that the processes declare. */
export function Centre({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const { pathname } = useAddress();
  const { session } = useSession();
  const menu = useRef<HTMLElement>(null);
  const groups = [
    { id: 'cases', title: say('cases.title'), entries: [...useLists(), { to: '/messages', title: t('app.messages') }] },
    {
      id: 'account',
      title: say('account.own'),
      entries: [
        { to: '/account', title: say('account.title') },
        { to: '/account/edit', title: say('account.edit') },
        { to: '/account/password', title: say('account.password') },
        { to: '/account/security', title: say('account.security') },
        { to: '/account/data', title: say('account.data') },
        ...(session.abilities.includes('apply') ? [{ to: '/account/companies', title: say('account.companies') }] : []),
      ],
    },
  ];

  // On a phone the menu is one line that scrolls: the page that is open is always in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each page
  useEffect(() => {
    const line = menu.current;
    const here = line?.querySelector<HTMLElement>('[aria-current]');
    if (line && here) line.scrollLeft = here.offsetLeft - 16;
  }, [pathname, groups[0]?.entries.length]);

  return (
    <div className="page wide centre">
      <nav aria-label={t('app.centre')} className="noprint" ref={menu}>
        {groups.map(({ id, title, entries }) => (
          <div key={id}>
            <h2 id={`centre-${id}`}>{title}</h2>
            <ul aria-labelledby={`centre-${id}`}>
              {entries.map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} aria-current={pathname === entry.to ? 'page' : undefined}>
                    {entry.title}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div>{children}</div>
    </div>
  );
}

/** Every case, and the lists of the processes in force. */
function useLists(): readonly { readonly to: string; readonly title: string }[] {
  const { state } = useHall();
  const lists = state.kind === 'ready' ? state.data.lists : [];
  return [
    { to: '/cases', title: say('cases.all') },
    ...lists.map(({ id, title }) => ({ to: `/lists/${encodeURIComponent(id)}`, title })),
  ];
}
