/**
 * Tells when a case moved. The browser's EventSource reconnects by itself; a server that answers with an error
 * closes it for good, so that it is opened again here with a growing pause. When the page becomes visible again
 * it is checked once, because phones freeze streams in the background.
 * @returns stop
 */
export function watchCase(id: string, onRevision: (revision: number) => void): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 1000;
  let stopped = false;

  const open = (): void => {
    if (stopped) return;
    source = new EventSource(`/api/cases/${encodeURIComponent(id)}/stream`);
    source.addEventListener('open', () => {
      pause = 1000;
    });
    source.addEventListener('revision', (event) => {
      const data = (event as MessageEvent<string>).data;
      try {
        const { revision } = JSON.parse(data) as { revision: number };
        if (typeof revision === 'number') onRevision(revision);
      } catch {
        // A line that is not ours is no reason to fall silent.
      }
    });
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(open, pause);
      pause = Math.min(pause * 2, 30_000);
    });
  };
  const wake = (): void => {
    if (document.visibilityState === 'visible') onRevision(Number.POSITIVE_INFINITY);
  };

  open();
  document.addEventListener('visibilitychange', wake);
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    document.removeEventListener('visibilitychange', wake);
  };
}
