import { useCallback, useEffect, useRef, useState } from 'react';
import { type FileSlot, fileProblem, readableBytes } from '../../engine/forms/live.ts';
import type { Json } from '../../engine/model/json.ts';
import { locale } from '../app/texts/index.ts';
import type { Doubt } from './picture/prepare.ts';
import type { FormServices } from './services.ts';
import type { FormStore } from './store.ts';
import { type Say, useSay } from './texts.ts';

/** What is going on in a slot while there is no settled file. */
export type Upload =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly name: string }
  | {
      readonly kind: 'sending';
      readonly name: string;
      readonly share: number;
      /** Seconds left, once that can be said. */
      readonly left: number | null;
      readonly shrunk: string | null;
    }
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string; readonly retry: File | null };

/** What came of the last upload, said below the file. */
export interface Done {
  /** What was done to the picture on its way, and what to look at again. */
  readonly notes: readonly string[];
  readonly doubts: readonly Doubt[];
  /** What is done to fill fields from it; null = nothing is tried. */
  readonly reading: { readonly kind: 'running' } | { readonly kind: 'ended'; readonly filled: number } | null;
}

/** Sends files into one slot: checks, makes smaller, sends, fills in what was recognised. One at a time. */
export function useUpload(store: FormStore, name: string, services: FormServices) {
  const say = useSay();
  const [upload, setUpload] = useState<Upload>({ kind: 'idle' });
  const [done, setDone] = useState<Done | null>(null);
  const running = useRef<AbortController | null>(null);
  const field = store.field(name).field;
  const slot = field.file;

  // Fetched ahead, so that a choice does not wait for it.
  useEffect(() => {
    void preparer();
  }, []);

  useEffect(
    () => () => {
      running.current?.abort();
      store.setBusy(name, false);
    },
    [store, name],
  );

  const send = useCallback(
    async (file: File) => {
      const { upload: sendFile } = services;
      if (!slot || !sendFile) return;
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setDone(null);
      const refuse = (reason: string, retry: File | null) => {
        setUpload({ kind: 'refused', name: file.name, reason, retry });
        store.setBusy(name, false);
      };
      const wrongType = fileProblem({ ...slot, maxBytes: Number.POSITIVE_INFINITY }, file, locale());
      if (wrongType) return refuse(wrongType, null);
      store.setBusy(name, true);
      setUpload({ kind: 'preparing', name: file.name });
      try {
        const ready = await prepared(file, slot, say);
        const tooLarge = fileProblem(slot, { name: ready.name, size: ready.file.size }, locale());
        if (abort.signal.aborted) return;
        if (tooLarge) return refuse(tooLarge, null);
        const started = performance.now();
        const sending = (share: number) =>
          setUpload({
            kind: 'sending',
            name: ready.name,
            share,
            left: secondsLeft(started, share),
            shrunk: ready.shrunk,
          });
        sending(0);
        const answer = await sendFile(store.id, name, ready.file, ready.name, {
          onProgress: sending,
          signal: abort.signal,
        });
        if (abort.signal.aborted) return;
        store.set(name, answer.file as unknown as Json);
        store.leave(name);
        setUpload({ kind: 'idle' });
        store.setBusy(name, false);
        const { recognise } = services;
        if (!field.ocr || Object.keys(field.ocr.fills).length === 0 || !recognise)
          return setDone({ ...ready.told, reading: null });
        // Whoever does not want to wait types: what is filled in meanwhile stays.
        setDone({ ...ready.told, reading: { kind: 'running' } });
        const read = await recognise(answer.file, abort.signal).catch(() => ({ fields: {} }));
        if (abort.signal.aborted) return;
        const filled = store.recognise(field.title, read.fields);
        setDone({ ...ready.told, reading: { kind: 'ended', filled } });
      } catch (error) {
        if (abort.signal.aborted) return;
        // What the server refused for good is refused again: another file is needed.
        const final = error instanceof Error && 'passing' in error && error.passing === false;
        refuse(error instanceof Error && error.message !== '' ? error.message : say('fileFailed'), final ? null : file);
      }
    },
    [slot, services, store, name, field, say],
  );

  const cancel = useCallback(() => {
    running.current?.abort();
    store.setBusy(name, false);
    setUpload({ kind: 'idle' });
  }, [store, name]);

  const remove = useCallback(() => {
    cancel();
    setDone(null);
    store.set(name, undefined);
  }, [cancel, store, name]);

  return { upload, done, send, cancel, remove };
}

/** Not needed before a slot is seen: it is no part of the page. Null when the server does not answer. */
const preparer = () => import('./picture/prepare.ts').catch(() => null);

async function prepared(file: File, slot: FileSlot, say: Say) {
  const preparing = await preparer();
  // A server that cannot be reached says nothing about the picture: it is sent as it is, once the server is back.
  if (preparing === null) return { file, name: file.name, shrunk: null, told: { notes: [], doubts: [] } };
  try {
    const ready = await preparing.prepare(file, slot);
    const shrunk =
      ready.before === null
        ? null
        : say('fileShrunk', { before: readableBytes(ready.before), after: readableBytes(ready.file.size) });
    const notes = [...(shrunk === null ? [] : [shrunk]), ...(ready.turned ? [say('fileTurned')] : [])];
    return { ...ready, shrunk, told: { notes, doubts: ready.doubts } };
  } catch {
    throw new Error(say('fileUnreadable'));
  }
}

function secondsLeft(started: number, share: number): number | null {
  const spent = (performance.now() - started) / 1000;
  return share > 0.05 && spent > 0.5 ? Math.max(1, Math.round((spent / share) * (1 - share))) : null;
}
