import { useSyncExternalStore } from 'react';
import { watchUnread } from '../api/stream.ts';

/** How much is unread: messages about one's own cases, and what the desk is told. */
export interface Unread {
  readonly unread: number;
  readonly desk: number;
}

/**
 * How many messages are unread. A browser has six connections to a host: of all tabs of a person one holds the stream and
 * tells the others. Where the browser has no locks (plain http on another host), each tab has a stream of its own.
 */
let unread: Unread | null = null;
const listeners = new Set<() => void>();

function set(next: Unread | null): void {
  if (next?.unread === unread?.unread && next?.desk === unread?.desk) return;
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
    if (isUnread(data)) set(data);
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

/** Messages about one's own cases; null until it is known. */
export function useUnread(): number | null {
  return useSyncExternalStore(listen, () => unread?.unread ?? null);
}

/** What the desk is told; null until it is known. */
export function useDeskUnread(): number | null {
  return useSyncExternalStore(listen, () => unread?.desk ?? null);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isUnread(data: unknown): data is Unread {
  return typeof data === 'object' && data !== null && 'unread' in data && 'desk' in data;
}
