import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventRequest, ReleaseView } from '../../../engine/contract/routes.ts';
import type { CaseView } from '../../../engine/contract/view.ts';
import { api, Fault, requestId, watchCase } from '../../api/index.ts';
import { asFault, type Loaded, useLoad } from '../../app/load.ts';

/** Pauses before the same request is sent again when its fate is unknown, ms. Repeats are harmless: it carries an id. */
const REPEATS = [1000, 2000, 3000, ...Array<number>(12).fill(5000)];

/** What moves so soon after one's own step is its result, and no surprise that has to be explained, ms. */
const OWN = 10_000;

export type Sending =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly event: string }
  /** The connection broke after it was sent: it may have been done. The same request is repeated until it is known. */
  | { readonly kind: 'confirming'; readonly event: string };

export interface LiveCase {
  readonly state: Loaded<CaseView>;
  readonly release: Loaded<ReleaseView>;
  readonly sending: Sending;
  /** The case moved by another hand (phone, bank, another tab) to another task since the person came here. */
  readonly movedOn: boolean;
  /** Rises when somebody has written about the case. */
  readonly talked: number;
  readonly reload: () => void;
  /**
   * Sends an event with what the person saw. Resolves with the new view.
   * @throws Fault with blockers or fields when it was refused.
   */
  readonly send: (event: Pick<EventRequest, 'event' | 'forms' | 'data'>) => Promise<CaseView>;
}

/** A case of the hall or the phone: loaded, kept fresh by the server's stream, and the one way to do something with it. */
export function useCase(id: string | null): LiveCase {
  /** The newest view that was seen: an answer that was overtaken by a step must not bring the old page back. */
  const newest = useRef<CaseView | null>(null);
  const keep = (view: CaseView): CaseView => {
    const known = newest.current;
    if (known === null || known.id !== view.id || view.revision >= known.revision) newest.current = view;
    return newest.current ?? view;
  };
  const { state, reload, set } = useLoad(id && `case ${id}`, () => api.case(id ?? '').then(keep));
  const view = state.kind === 'ready' ? state.data : null;
  const hash = view?.release ?? null;
  const { state: release } = useLoad(hash && `release ${hash}`, () => api.release(hash ?? ''));
  const [sending, setSending] = useState<Sending>({ kind: 'idle' });
  const [movedOn, setMovedOn] = useState(false);
  const [talked, setTalked] = useState(0);
  const seen = useRef(0);
  /** The highest revision that the stream has told of. */
  const told = useRef(0);
  const busy = useRef(false);
  const place = useRef<string | null>(null);
  const acted = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another case starts anew
  useEffect(() => {
    seen.current = 0;
    told.current = 0;
    place.current = null;
    setMovedOn(false);
  }, [id]);

  useEffect(() => {
    if (!view) return;
    seen.current = Math.max(seen.current, view.revision);
    const here = view.tasks.find((task) => task.mine)?.state ?? view.status.label;
    if (place.current !== null && place.current !== here) setMovedOn(Date.now() - acted.current > OWN);
    place.current = here;
  }, [view]);

  useEffect(() => {
    if (id === null) return;
    return watchCase(
      id,
      (revision) => {
        if (Number.isFinite(revision)) told.current = Math.max(told.current, revision);
        // One's own step comes back over the stream too; its answer brings the view.
        if (!busy.current && revision > seen.current) reload();
      },
      () => setTalked((count) => count + 1),
    );
  }, [id, reload]);

  const send = useCallback<LiveCase['send']>(
    async (event) => {
      if (id === null || busy.current) throw new Fault(0, 'busy', '');
      busy.current = true;
      setMovedOn(false);
      setSending({ kind: 'sending', event: event.event });
      const request: EventRequest = { ...event, revision: seen.current, request: requestId() };
      try {
        const next = await repeatUntilKnown(id, request, () => setSending({ kind: 'confirming', event: event.event }));
        seen.current = Math.max(seen.current, next.revision);
        place.current = null;
        newest.current = next;
        acted.current = Date.now();
        set(next);
        return next;
      } catch (error) {
        const fault = asFault(error);
        if (fault.code === 'case-moved-on') {
          setMovedOn(true);
          reload();
        }
        throw fault;
      } finally {
        busy.current = false;
        setSending({ kind: 'idle' });
        // The bank may be quicker than the answer to one's own step: what was told meanwhile is not told again.
        if (told.current > seen.current) reload();
      }
    },
    [id, reload, set],
  );

  return { state, release, sending, movedOn, talked, reload, send };
}

async function repeatUntilKnown(id: string, request: EventRequest, onUnknown: () => void): Promise<CaseView> {
  for (let turn = 0; ; turn += 1) {
    try {
      return await api.sendEvent(id, request);
    } catch (error) {
      const pause = REPEATS[turn];
      if (!(error instanceof Fault) || !error.passing || error.status === 429 || pause === undefined) throw error;
      onUnknown();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
