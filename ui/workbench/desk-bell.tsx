import { useEffect } from 'react';
import { Icon } from '../app/icon.tsx';
import { Link, useAddress } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { followUnread, useDeskUnread } from '../app/unread.ts';
import { say } from './texts.ts';

/** More are not counted in the head: the page says how many. */
const MOST = 99;

/** The way to what the desk was told, with the number of what this person has not read. */
export function DeskBell() {
  const { session } = useSession();
  const { pathname } = useAddress();
  const person = session.person?.id ?? null;
  useEffect(() => (person === null ? undefined : followUnread(person)), [person]);
  const unread = useDeskUnread();
  if (person === null) return null;
  const name = unread ? say('unread', { n: unread }) : say('notices');
  return (
    <>
      <Link
        className="wbbell"
        to="/desk/notices"
        aria-label={name}
        title={name}
        aria-current={pathname === '/desk/notices' ? 'page' : undefined}
      >
        <Icon name="bell" />
        {unread ? (
          <span className="count" aria-hidden="true">
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        ) : null}
      </Link>
      <span className="vh" role="status">
        {unread ? name : ''}
      </span>
    </>
  );
}
