import { useCallback, useEffect, useRef, useState } from 'react';
import type { StepView } from '../../../engine/contract/view.ts';

export interface WayBack {
  /** Goes back to a step that is done. */
  readonly go: (step: StepView) => void;
  /** The event that has to be sent on the way to it; null = nobody is under way. */
  readonly next: string | null;
  /** It cannot be gone any further. */
  readonly stop: () => void;
}

/**
 * The way back through the steps: by a step of the bar, and by the browser's Back, for which each step is an entry of the
 * history. Where no way leads back (it is paid), Back leaves the case.
 */
export function useWayBack(steps: readonly StepView[]): WayBack {
  const [wanted, setWanted] = useState<string | null>(null);
  const now = steps.find((step) => step.state === 'now')?.id ?? null;
  const next = steps.find((step) => step.id === wanted)?.back?.[0] ?? null;
  const known = useRef(steps);
  known.current = steps;

  const go = useCallback((step: StepView) => setWanted(step.id), []);
  const stop = useCallback(() => setWanted(null), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: arrived, or in a place from where no way leads there
  useEffect(() => {
    if (next === null) setWanted(null);
  }, [next, now]);

  useEffect(() => {
    if (now !== null) remember(now, known.current);
  }, [now]);

  useEffect(() => {
    const follow = (): void => {
      const entry = pathOf(history.state)?.at(-1);
      if (entry === undefined) return;
      const all = known.current;
      const here = all.findIndex((step) => step.state === 'now');
      const at = all.findIndex((step) => step.id === entry);
      if (here >= 0 && at >= here) return;
      if (all[at]?.back) setWanted(entry);
      // What was left behind for good is no place to stop at.
      else history.back();
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  return { go, next, stop };
}

/**
 * Each entry of the history holds the steps that led to it, one an entry. Forward makes a new one; back by the page's own
 * buttons returns to the entry that there is.
 */
function remember(now: string, steps: readonly StepView[]): void {
  const path = pathOf(history.state) ?? [];
  const last = path.at(-1);
  if (last === now) return;
  const place = (id: string) => steps.findIndex((step) => step.id === id);
  const before = path.lastIndexOf(now);
  if (before >= 0) history.go(before - (path.length - 1));
  else if (last === undefined || place(now) < place(last))
    history.replaceState(withPath([...path.slice(0, -1), now]), '');
  else history.pushState(withPath([...path, now]), '');
}

function withPath(caseSteps: readonly string[]): object {
  return { ...(history.state as object | null), caseSteps };
}

function pathOf(state: unknown): readonly string[] | null {
  if (typeof state !== 'object' || state === null || !('caseSteps' in state)) return null;
  return Array.isArray(state.caseSteps) ? state.caseSteps.map(String) : null;
}
