import type { ReactNode } from 'react';
import { Link, useAddress } from '../app/route/index.ts';
import './centre.css';
import { useTexts } from '../app/texts/index.ts';

/** 个人中心: its side menu and a page. 我的订单 is another name of 我的业务单, so it has no entry of its own. */
export function Centre({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const { pathname, hash } = useAddress();
  const entries = [
    { to: '/cases', title: t('app.myCases'), current: pathname === '/cases' || pathname === '/orders' },
    { to: '/account', title: t('app.account'), current: pathname === '/account' && hash === '' },
    { to: '/account#password-panel', title: t('account.password'), current: hash === '#password-panel' },
  ];
  return (
    <div className="page wide centre">
      <nav aria-label={t('app.centre')} className="noprint">
        <ul>
          {entries.map((entry) => (
            <li key={entry.to}>
              <Link to={entry.to} aria-current={entry.current ? 'page' : undefined}>
                {entry.title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div>{children}</div>
    </div>
  );
}
