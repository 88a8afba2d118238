import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import type { SessionView } from '../../engine/contract/session.ts';
import { api } from '../api/index.ts';
import { useHall } from './hall-info.tsx';
import { Icon } from './icon.tsx';
import { Link, navigate, useAddress } from './route/index.ts';
import { useSession } from './session.tsx';
import { isCurrent, Modes, NavItem } from './shell.tsx';
import { useTexts } from './texts/index.ts';

const ActingMenu = lazy(() => import('../hall/account/acting-menu.tsx'));

/** Rooms beside the hall; each has the name of the ability that opens it. Whoever moves cases does it in the studio. */
const ROOMS = ['desk', 'studio', 'lab', 'staff', 'audit'] as const;
export type RoomName = (typeof ROOMS)[number];

/** Those that the server lets this person into, in the order of the menu. */
export function roomsOf({ abilities }: Pick<SessionView, 'abilities'>): readonly RoomName[] {
  return ROOMS.filter((room) => abilities.includes(room) || (room === 'studio' && abilities.includes('migrate')));
}

/** The person's menu; on a phone it also holds the main menu and the modes. */
export function UserMenu() {
  const t = useTexts();
  const { session, set } = useSession();
  const hall = useHall();
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { pathname } = useAddress();
  const person = session.person;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu
  useEffect(() => setOpen(false), [pathname]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const logout = async (): Promise<void> => {
    set(await api.logout());
    navigate('/');
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the button opened
    <div
      className={person ? 'menu' : 'menu guest'}
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && !menu.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      {!person && (
        <Link className="tool" to={`/login${pathname === '/' ? '' : `?next=${encodeURIComponent(pathname)}`}`}>
          {t('app.login')}
        </Link>
      )}
      <button
        ref={button}
        type="button"
        className="tool menubutton"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {person ? (
          <>
            <span className="who">{person.name}</span> <Icon name="chevron" />
          </>
        ) : (
          <>
            <Icon name="menu" />
            <span className="vh">{t('app.menu')}</span>
          </>
        )}
      </button>
      <div id={id} className="menulist" hidden={!open}>
        {person && (
          <>
            <p className="menuhead">{t('app.welcome', { name: person.name })}</p>
            {session.companies && (
              <Suspense fallback={null}>
                <ActingMenu />
              </Suspense>
            )}
            <Link to="/cases">{t('app.myCases')}</Link>
            <Link to="/account">{t('app.account')}</Link>
            {roomsOf(session).map((room) => (
              <Link key={room} to={`/${room}`}>
                {t(`app.${room}`)}
              </Link>
            ))}
          </>
        )}
        <nav className="m" aria-label={t('app.mainNav')}>
          {hall.menus
            // The person's own entry stands above already.
            .filter((entry) => !person || entry.to !== '/cases')
            .map((entry) => (
              <NavItem key={entry.title} {...entry} current={isCurrent(entry.to, pathname, hall.menus)} />
            ))}
        </nav>
        <div className="m modes">
          <Modes />
        </div>
        {person && (
          <button type="button" className="logout" onClick={() => void logout()}>
            {t('app.logout')}
          </button>
        )}
      </div>
    </div>
  );
}
