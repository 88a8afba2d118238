import { useCallback, useSyncExternalStore } from 'react';
import { spokenKey } from './drawing.ts';
import type { FieldState, FormState } from './field-state.ts';
import type { FormSet } from './form-set.ts';
import type { FormStore } from './store.ts';

/** One field; renders again only when this field changed. */
export function useField(store: FormStore, name: string): FieldState {
  const subscribe = useCallback((listener: () => void) => store.subscribe(name, listener), [store, name]);
  const read = useCallback(() => store.field(name), [store, name]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Status, visible fields and complaints of a form as a whole. */
export function useForm(store: FormStore): FormState {
  const subscribe = useCallback((listener: () => void) => store.subscribe('', listener), [store]);
  const read = useCallback(() => store.whole(), [store]);
  return useSyncExternalStore(subscribe, read, read);
}

/** What is to be read out: why the field that was just left is still wrong. */
export function useSpoken(store: FormStore): string {
  const subscribe = useCallback((listener: () => void) => store.subscribe(spokenKey, listener), [store]);
  const read = useCallback(() => store.spoken(), [store]);
  return useSyncExternalStore(subscribe, read, read);
}

/** Renders again after each change in any form of the set (contents rail, error summary, autosave line). */
export function useFormSet(set: FormSet): FormSet {
  const subscribe = useCallback((listener: () => void) => set.subscribe(listener), [set]);
  const read = useCallback(() => set.revision(), [set]);
  useSyncExternalStore(subscribe, read, read);
  return set;
}
