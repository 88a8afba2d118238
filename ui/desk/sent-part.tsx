import { useState } from 'react';
import type { SentNoticeView } from '../../engine/contract/routes.ts';
import { deskApi } from '../api/desk.ts';
import { shortDateTime } from '../app/format.ts';
import { asFault, useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { Loading } from '../app/parts/states.tsx';
import { say } from './sent-texts.ts';

/** Notices that left the house, for whoever is told that nothing came: each can be sent once more. */
export function SentPart({ id, revision }: { readonly id: string; readonly revision: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="desktalk" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('title')}</summary>
      {open ? <Sent key={revision} id={id} /> : null}
    </details>
  );
}

function Sent({ id }: { readonly id: string }) {
  const { state, set, reload } = useLoad(`sent ${id}`, () => deskApi.sent(id));
  const [said, setSaid] = useState<{ readonly text: string; readonly isWrong: boolean } | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  if (state.kind === 'loading') return <Loading lines={2} />;
  if (state.kind === 'failed')
    return (
      <p className="note err">
        <span className="grow">{state.fault.message}</span>
        <button type="button" className="linkbtn" onClick={reload}>
          {say('retry')}
        </button>
      </p>
    );
  const again = async (key: string): Promise<void> => {
    if (sending !== null) return;
    setSending(key);
    try {
      set(await deskApi.sendAgain(id, key));
      setSaid({ text: say('done'), isWrong: false });
    } catch (error) {
      setSaid({ text: asFault(error).message, isWrong: true });
    } finally {
      setSending(null);
    }
  };
  return (
    <>
      {state.data.length === 0 ? <p className="muted">{say('none')}</p> : null}
      <ul className="desksent">
        {state.data.map((one) => (
          <Notice key={one.key} notice={one} busy={sending === one.key} onAgain={() => void again(one.key)} />
        ))}
      </ul>
      <p role="status" className={said?.isWrong ? 'err' : 'muted'}>
        {said?.text ?? ''}
      </p>
    </>
  );
}

interface NoticeProps {
  readonly notice: SentNoticeView;
  readonly busy: boolean;
  readonly onAgain: () => void;
}

function Notice({ notice: { by, to, at, text, waiting }, busy, onAgain }: NoticeProps) {
  return (
    <li>
      <p className="muted xs num">
        {say(by)} {to} · <time dateTime={new Date(at).toISOString()}>{shortDateTime(at, now())}</time>
      </p>
      <p>{text}</p>
      <button type="button" className="btn sm" aria-disabled={busy || waiting} onClick={() => !waiting && onAgain()}>
        {say(waiting ? 'waiting' : 'again')}
      </button>
    </li>
  );
}
