import { useEffect, useRef, useState } from 'react';
import { onSessionBack } from '../../api/index.ts';
import type { FormSet } from '../../form/index.ts';
import { type DraftPort, DraftSaver, type DraftState } from './draft-saver.ts';

/** Where the changes of a set of forms go. `close`: after the last save. */
export type Keeper = Pick<DraftPort, 'save'> & Partial<Pick<DraftPort, 'saved'>> & { close?(): void };

/** Saves by itself what changes in the set, as long as it is on the page. @param open once for each set and `key` */
export function useSaver(
  key: string,
  set: FormSet,
  open: () => Keeper,
): { readonly state: DraftState; readonly flush: () => Promise<void> } {
  const [state, setState] = useState<DraftState>({ kind: 'idle' });
  const saver = useRef<DraftSaver | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the keeper belongs to the set and the key
  useEffect(() => {
    if (set.stores.length === 0) return;
    const keeper = open();
    const own = new DraftSaver(
      { take: () => set.takeDirty(), restore: (patch) => set.giveBack(patch) },
      {
        save: (patch, leaving) => keeper.save(patch, leaving),
        saved: (patch) => keeper.saved?.(patch),
        state: setState,
      },
    );
    saver.current = own;
    const stop = set.subscribe(() => {
      if (set.isDirty()) own.changed();
    });
    if (set.isDirty()) own.changed();
    const leave = (): void => void own.leave();
    const wake = (): void => own.wake();
    window.addEventListener('pagehide', leave);
    window.addEventListener('online', wake);
    const stopHearing = onSessionBack(wake);
    return () => {
      stop();
      void own.stop().finally(() => keeper.close?.());
      saver.current = null;
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('online', wake);
      stopHearing();
    };
  }, [key, set]);

  return { state, flush: async () => saver.current?.flush() };
}
