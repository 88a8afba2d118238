import { lazy, type ReactNode, Suspense } from 'react';
import { Link, useAddress } from './route/index.ts';
import './shell.css';
import { ErrorBoundary } from './error-boundary.tsx';
import { useHall } from './hall-info.tsx';
import { isHighContrast, setModes, useModes } from './modes.ts';
import { useSession } from './session.tsx';
import { locale, setLocale, useTexts } from './texts/index.ts';
import { UserMenu } from './user-menu.tsx';

/** Fetched after the page, which does not wait for it; its place is kept. */
const Bell = lazy(() => import('./bell.tsx'));

/** The frame of the hall: skip link, header with menus and modes, footer with the support. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const { pathname } = useAddress();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        {/* A page that failed must not keep the next one from being shown. */}
        <ErrorBoundary key={pathname}>{children}</ErrorBoundary>
      </main>
      <Footer />
    </div>
  );
}

function Header() {
  const t = useTexts();
  const hall = useHall();
  const { session } = useSession();
  const { pathname } = useAddress();
  return (
    <header className="top noprint">
      <div>
        <Link className="brandmark" to="/">
          <b aria-hidden="true">{hall.mark}</b>
          {hall.name}
        </Link>
        <nav className="mainnav" aria-label={t('app.mainNav')}>
          {hall.menus.map((menu) => (
            <NavItem key={menu.title} {...menu} current={isCurrent(menu.to, pathname, hall.menus)} />
          ))}
        </nav>
        <div className="tools">
          <Modes />
          {session.abilities.includes('apply') && (
            <Suspense fallback={<span className="tool bell" />}>
              <Bell />
            </Suspense>
          )}
          <UserMenu />
        </div>
      </div>
    </header>
  );
}

export function NavItem(props: { readonly title: string; readonly to: string; readonly current: boolean }) {
  const current = props.current ? 'page' : undefined;
  if (/^https?:/.test(props.to)) {
    return (
      <a href={props.to} rel="noreferrer">
        {props.title}
      </a>
    );
  }
  return (
    <Link to={props.to} aria-current={current}>
      {props.title}
    </Link>
  );
}

/** The start page's menu also covers what is entered from it and has no entry of its own, that of the cases every list of them. */
export function isCurrent(to: string, pathname: string, menus: readonly { readonly to: string }[] = []): boolean {
  if (to === '/') {
    const own = menus.some((menu) => menu.to !== '/' && isCurrent(menu.to, pathname));
    return pathname === '/' || (pathname.startsWith('/p/') && !own);
  }
  if (to === '/cases' && pathname.startsWith('/lists/')) return true;
  return pathname === to || pathname.startsWith(`${to}/`);
}

export function Modes() {
  const t = useTexts();
  const modes = useModes();
  const high = isHighContrast(modes);
  return (
    <>
      <button
        type="button"
        className="tool d"
        aria-pressed={modes.size === 'large'}
        onClick={() => setModes({ size: modes.size === 'large' ? 'normal' : 'large' })}
      >
        {t('app.large')}
      </button>
      <button
        type="button"
        className="tool d"
        aria-pressed={high}
        onClick={() => setModes({ contrast: high ? 'normal' : 'high' })}
      >
        {t('app.contrast')}
      </button>
      <button
        type="button"
        className="tool d"
        lang={locale() === 'en' ? 'zh-CN' : 'en'}
        onClick={() => setLocale(locale() === 'en' ? 'zh-CN' : 'en')}
      >
        {t('app.language')}
      </button>
    </>
  );
}

function Footer() {
  const t = useTexts();
  const hall = useHall();
  const { session } = useSession();
  const { hotline, hours, website } = hall.support;
  return (
    <footer className="foot noprint">
      <div>
        {hotline && (
          <span>
            {t('app.support', { hotline })} {hours}
          </span>
        )}
        {website && <span>{t('app.website', { website })}</span>}
        <span className="grow" />
        {session.development && (
          <a href="/sandbox/" target="_blank" rel="noreferrer">
            {t('app.sandbox')}
          </a>
        )}
        {hall.accounts.length > 0 && <span>{hall.accounts.join(' · ')}</span>}
      </div>
    </footer>
  );
}
