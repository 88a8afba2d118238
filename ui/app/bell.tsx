import { useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { Link, useAddress } from './route/index.ts';
import { useSession } from './session.tsx';
import { dictionary } from './texts/dictionary.ts';
import { useTexts } from './texts/index.ts';
import { followUnread, useUnread } from './unread.ts';

const say = dictionary(
  { unread: '我的消息，{n} 条未读', news: '有新消息，{n} 条未读' },
  { unread: 'Messages, {n} unread', news: 'New message, {n} unread' },
);

/** More are not counted in the head: the page says how many. */
const MOST = 99;

/** The way to the messages, with the number of those that are unread; one that arrives is also said. */
export default function Bell() {
  const t = useTexts();
  const { session } = useSession();
  const { pathname } = useAddress();
  const unread = useUnread();
  const person = session.person?.id ?? null;
  const [said, setSaid] = useState('');
  const before = useRef<number | null>(null);

  useEffect(() => (person === null ? undefined : followUnread(person)), [person]);
  useEffect(() => {
    const known = before.current;
    before.current = unread;
    if (known !== null && unread !== null && unread > known) setSaid(say('news', { n: unread }));
  }, [unread]);

  if (person === null) return null;
  const name = unread ? say('unread', { n: unread }) : t('app.messages');
  return (
    <>
      <Link
        className="tool bell"
        to="/messages"
        aria-label={name}
        title={name}
        aria-current={pathname === '/messages' ? 'page' : undefined}
      >
        <Icon name="bell" />
        {unread ? (
          <span className="count" aria-hidden="true">
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        ) : null}
      </Link>
      <span className="vh" role="status">
        {said}
      </span>
    </>
  );
}
