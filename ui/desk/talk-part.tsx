import { useEffect, useState } from 'react';
import { useAddress } from '../app/route/index.ts';
import { Talk } from '../talk/talk.tsx';
import { say } from '../talk/texts.ts';
import { useTalk } from '../talk/use-talk.ts';

/** Below the opinion: what was written with the applicant. It opens by itself where something is unread. */
export function TalkPart({ id, talked }: { readonly id: string; readonly talked: number }) {
  const live = useTalk(id, talked);
  const { hash } = useAddress();
  const [open, setOpen] = useState(hash === '#talk');
  const { talk } = live;
  const unread = talk?.unread ?? 0;
  useEffect(() => {
    if (unread > 0) setOpen(true);
  }, [unread]);
  if (!talk) return null;
  const count = talk.messages.length;
  return (
    <details className="desktalk" id="talk" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {unread > 0 ? say('titleUnread', { n: unread }) : say('title')}
        {count > 0 ? <span className="muted num"> {count}</span> : null}
      </summary>
      {open ? <Talk live={live} desk /> : null}
    </details>
  );
}
