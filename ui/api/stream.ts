/**
 * Tells when a case moved, and when somebody wrote about it. When the page becomes visible again it is checked once, because phones freeze streams in the
 * background.
 * @returns stop
 */
export function watchCase(
  id: string,
  onRevision: (revision: number) => void,
  onTalk: () => void = () => undefined,
): () => void {
  const stream = watch(`/api/cases/${encodeURIComponent(id)}/stream`, {
    revision(data) {
      const { revision } = data as { revision?: unknown };
      if (typeof revision === 'number') onRevision(revision);
    },
    talk: onTalk,
  });
  const unwatch = whenVisible(() => {
    onRevision(Number.POSITIVE_INFINITY);
    onTalk();
  });
  return () => {
    unwatch();
    stream.stop();
  };
}

/** Tells how much is unread of the person's messages and the desk's notices: at once, and when it changes. @returns stop */
export function watchUnread(
  onUnread: (unread: { readonly unread: number; readonly desk: number }) => void,
): () => void {
  const stream = watch('/api/messages/stream', {
    unread(data) {
      const { unread, desk } = data as { unread?: unknown; desk?: unknown };
      if (typeof unread === 'number') onUnread({ unread, desk: typeof desk === 'number' ? desk : 0 });
    },
  });
  // A new line says at once what a frozen one has missed.
  const unwatch = whenVisible(stream.again);
  return () => {
    unwatch();
    stream.stop();
  };
}

/** Tells that queues of the desk may be others now: at once, and whenever cases move. @returns stop */
export function watchDesk(onChange: () => void): () => void {
  const stream = watch('/api/desk/stream', { queue: onChange });
  const unwatch = whenVisible(onChange);
  return () => {
    unwatch();
    stream.stop();
  };
}

function whenVisible(act: () => void): () => void {
  const wake = (): void => {
    if (document.visibilityState === 'visible') act();
  };
  document.addEventListener('visibilitychange', wake);
  return () => document.removeEventListener('visibilitychange', wake);
}

/**
 * The browser's EventSource reconnects by itself; a server that answers with an error closes it for good, so that it is
 * opened again here with a growing pause.
 */
function watch(
  path: string,
  hears: { readonly [event: string]: (data: object) => void },
): { stop(): void; again(): void } {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 1000;
  let stopped = false;

  const open = (): void => {
    if (stopped) return;
    clearTimeout(timer);
    source?.close();
    source = new EventSource(path);
    source.addEventListener('open', () => {
      pause = 1000;
    });
    for (const [event, hear] of Object.entries(hears)) {
      source.addEventListener(event, (message) => {
        try {
          const data: unknown = JSON.parse((message as MessageEvent<string>).data);
          if (typeof data === 'object' && data !== null) hear(data);
        } catch {
          // A line that is not ours is no reason to fall silent.
        }
      });
    }
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, 30_000);
    });
  };
  open();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      source?.close();
    },
    again: open,
  };
}
