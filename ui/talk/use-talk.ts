import { useEffect, useRef, useState } from 'react';
import type { TalkView } from '../../engine/contract/routes.ts';
import { api, requestId } from '../api/index.ts';
import { asFault, useLoad } from '../app/load.ts';

export interface LiveTalk {
  /** Null until it is known, and where one may not see it. */
  readonly talk: TalkView | null;
  readonly text: string;
  readonly sending: boolean;
  readonly fault: string | null;
  /** How often something was sent from this page. */
  readonly sent: number;
  write(text: string): void;
  send(): void;
  /** Everything that is on the page was seen. */
  seen(): void;
}

/** The conversation about a case. @param talked rises when somebody has written */
export function useTalk(id: string, talked: number): LiveTalk {
  const { state, reload, set } = useLoad(`talk ${id}`, () => api.talk(id));
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [sent, setSent] = useState(0);
  /** What is sent again after a broken connection is the same message. */
  const request = useRef<{ readonly text: string; readonly id: string } | null>(null);
  const marking = useRef(0);
  const known = useRef(talked);
  useEffect(() => {
    if (known.current === talked) return;
    known.current = talked;
    reload();
  }, [talked, reload]);

  const talk = state.kind === 'ready' ? state.data : null;

  const send = async (): Promise<void> => {
    const words = text.trim();
    if (words === '' || sending) return;
    if (request.current?.text !== words) request.current = { text: words, id: requestId() };
    setSending(true);
    setFault(null);
    try {
      set(await api.write(id, words, request.current.id));
      request.current = null;
      setText('');
      setSent((count) => count + 1);
    } catch (error) {
      setFault(asFault(error).message);
    }
    setSending(false);
  };
  const seen = (): void => {
    const last = talk?.messages.at(-1)?.at ?? 0;
    if (!talk || talk.unread === 0 || marking.current >= last) return;
    marking.current = last;
    api.readTalk(id, last).then(reload, () => {
      marking.current = 0;
    });
  };
  return { talk, text, sending, fault, sent, write: setText, send: () => void send(), seen };
}
