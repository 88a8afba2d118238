import { useSyncExternalStore } from 'react';
import { watchUnread } from '../api/stream.ts';

/**
 * How many messages are unread. A browser has six connections to a host: of all tabs of a person one holds the stream and
 * tells the others. Where the browser has no locks (plain http on another host), each tab has a stream of its own.
 */
let unread: number | null = null;
const listeners = new Set<() => void>();

function set(next: number | null): void {
  if (next === unread) return;
  unread = next;
  for (const listener of [...listeners]) listener();
}

/** Follows the count of this person. @returns stop */
export function followUnread(person: string): () => void {
  const name = `certflow.unread.${person}`;
  if (!navigator.locks || typeof BroadcastChannel !== 'function') {
    const stop = watchUnread(set);
    return () => {
      stop();
      set(null);
    };
  }
  const others = new BroadcastChannel(name);
  const waiting = new AbortController();
  let letGo: () => void = () => undefined;
  let stop: (() => void) | null = null;
  others.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'number') set(data);
    // A tab that was opened later asks; who holds the stream knows.
    else if (stop !== null && unread !== null) others.postMessage(unread);
  };
  others.postMessage('?');
  void navigator.locks
    .request(name, { signal: waiting.signal }, () => {
      stop = watchUnread((now) => {
        set(now);
        others.postMessage(now);
      });
      return new Promise<void>((resolve) => {
        letGo = resolve;
      });
    })
    // The page went before its turn came.
    .catch(() => undefined);
  return () => {
    waiting.abort();
    stop?.();
    letGo();
    others.close();
    set(null);
  };
}

/** Null until it is known. */
export function useUnread(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => unread,
  );
}
