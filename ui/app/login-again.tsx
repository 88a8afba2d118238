import { lazy, Suspense, useEffect, useState } from 'react';
import { api, onSessionLost, sessionBack } from '../api/index.ts';
import { useSession } from './session.tsx';

/** Fetched when it is needed. */
const Again = lazy(() => import('./again-dialog.tsx'));

/**
 * The session ran out under an open page: the same person logs in again above it, and nothing that was typed is lost.
 * Closed unanswered, it comes back with the next thing that the server refuses.
 */
export function LoginAgain() {
  const { session, set } = useSession();
  const { person } = session;
  const [open, setOpen] = useState(false);

  useEffect(() => onSessionLost(() => setOpen(true)), []);

  // Logged in again in another tab, which shares the cookie.
  useEffect(() => {
    if (!open || !person) return;
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      void api.session().then(
        (now) => {
          if (now.person?.id !== person.id) return;
          set(now);
          setOpen(false);
          sessionBack();
        },
        () => undefined,
      );
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [open, person, set]);

  if (!open || !person) return null;
  return (
    <Suspense fallback={null}>
      <Again account={person.account} onClose={() => setOpen(false)} />
    </Suspense>
  );
}
