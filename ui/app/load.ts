import { useCallback, useEffect, useRef, useState } from 'react';
import { Fault } from '../api/fault.ts';
import { t, useLocale } from './texts/index.ts';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly data: T }
  | { readonly kind: 'failed'; readonly fault: Fault };

/**
 * Loads once per `key` and language; `null` as key waits. What was loaded stays on the screen while `reload` asks again, and an
 * answer that is overtaken by a newer question is dropped.
 */
export function useLoad<T>(
  key: string | null,
  load: () => Promise<T>,
): { readonly state: Loaded<T>; readonly reload: () => void; readonly set: (data: T) => void } {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const language = useLocale();
  const ask = useRef(load);
  ask.current = load;
  const shown = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` and `language` ask again on purpose
  useEffect(() => {
    if (key === null) return;
    let overtaken = false;
    if (shown.current !== key) setState({ kind: 'loading' });
    shown.current = key;
    ask.current().then(
      (data) => !overtaken && setState({ kind: 'ready', data }),
      (error: unknown) => {
        if (overtaken) return;
        const fault = asFault(error);
        // A page with half-typed forms must not vanish because one look at what is new failed.
        const keep = fault.passing || fault.loggedOut;
        setState((known) => (keep && known.kind === 'ready' ? known : { kind: 'failed', fault }));
      },
    );
    return () => {
      overtaken = true;
    };
  }, [key, round, language]);

  const reload = useCallback(() => setRound((count) => count + 1), []);
  const set = useCallback((data: T) => setState({ kind: 'ready', data }), []);
  return { state, reload, set };
}

/** Any thrown thing as a Fault, so that a screen always has a sentence to show. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(0, 'unreadable', t('fault.unreadable', { status: error instanceof Error ? error.message : '?' }));
}
