import { useEffect, useRef } from 'react';
import { useAddress } from '../../app/route/index.ts';
import { Talk } from '../../talk/talk.tsx';
import { say } from '../../talk/texts.ts';
import { useTalk } from '../../talk/use-talk.ts';

/** What the owner and the desk write to each other; nothing before anybody of the desk has met the case. */
export default function TalkPanel({ id, talked }: { readonly id: string; readonly talked: number }) {
  const live = useTalk(id, talked);
  const heading = useRef<HTMLHeadingElement>(null);
  const { hash } = useAddress();
  const isThere = live.talk !== null;
  // A message of the inbox leads here; the panel comes after the page.
  useEffect(() => {
    if (hash === '#talk' && isThere) heading.current?.focus();
  }, [hash, isThere]);
  const { talk } = live;
  if (!talk || (talk.closed !== null && talk.messages.length === 0)) return null;
  return (
    <section className="panel talkpanel noprint" aria-labelledby="talk">
      <h2 id="talk" ref={heading} tabIndex={-1}>
        {talk.unread > 0 ? say('titleUnread', { n: talk.unread }) : say('title')}
      </h2>
      <Talk live={live} desk={false} />
    </section>
  );
}
