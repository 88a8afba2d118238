import { useCallback, useEffect, useRef, useState } from 'react';
import type { Assumptions, LoadReport } from '../../../engine/simulate/load/index.ts';
import { type Working, work } from '../worker/client.ts';
import type { Source } from '../worker/messages.ts';

/** One crowd that was played, or is to be: over what, by which assumptions. */
export interface Run {
  /** The definition's hash. */
  readonly hash: string;
  readonly isDraft: boolean;
  readonly given: Assumptions;
}

export interface Played extends Run {
  readonly report: LoadReport;
  /** How long it took, ms. */
  readonly took: number;
}

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'working'; readonly done: number; readonly of: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string };

/** What was played as long as the page lives: going back and forth between draft and release plays nothing twice. */
const kept = new Map<string, Played>();
const most = 6;

const keyOf = ({ hash, given }: Run): string => `${hash} ${JSON.stringify(given)}`;

/** Plays crowds in the lab's worker, one at a time; to stop is to end the worker. */
export function useLoadRun(): {
  readonly state: LoadState;
  /** Null when it was stopped or failed. */
  readonly play: (source: Source, run: Run) => Promise<Played | null>;
  readonly stop: () => void;
} {
  const [state, setState] = useState<LoadState>({ kind: 'idle' });
  const working = useRef<Working | null>(null);
  const stopped = useRef<(() => void) | null>(null);
  useEffect(() => () => working.current?.stop(), []);

  const play = useCallback(async (source: Source, run: Run): Promise<Played | null> => {
    const known = kept.get(keyOf(run));
    if (known) return known;
    working.current?.stop();
    setState({ kind: 'working', done: 0, of: run.given.cases });
    const began = performance.now();
    try {
      const job = work(
        source,
        { kind: 'load', given: run.given },
        { progress: (done, of) => setState({ kind: 'working', done, of: of ?? run.given.cases }) },
      );
      working.current = job;
      const nobodyWaits = new Promise<null>((done) => {
        stopped.current = () => done(null);
      });
      const answer = await Promise.race([job.answer, nobodyWaits]);
      if (answer === null) return null;
      if (answer.kind !== 'loaded') throw new Error('');
      const played = { ...run, report: answer.report, took: performance.now() - began };
      kept.set(keyOf(run), played);
      for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(key);
      setState({ kind: 'idle' });
      return played;
    } catch (error) {
      setState({ kind: 'failed', message: error instanceof Error ? error.message : '' });
      return null;
    }
  }, []);

  const stop = useCallback(() => {
    working.current?.stop();
    stopped.current?.();
    setState({ kind: 'stopped' });
  }, []);
  return { state, play, stop };
}

/** What the process suggests, worked out in a worker: it walks the way to its goal for it. */
export function useSuggested(source: Source): { readonly given: Assumptions | null; readonly failed: string | null } {
  const [given, setGiven] = useState<Assumptions | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    setGiven(null);
    setFailed(null);
    const job = work(source, { kind: 'assume' }, { progress: () => undefined });
    job.answer
      .then((answer) => (answer.kind === 'assumed' ? setGiven(answer.given) : undefined))
      .catch((error: unknown) => setFailed(error instanceof Error ? error.message : ''));
    return () => job.stop();
  }, [source]);
  return { given, failed };
}
