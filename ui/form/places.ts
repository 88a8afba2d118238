import { useEffect, useState } from 'react';
import type { JsonObject } from '../../engine/model/json.ts';
import type { FieldState } from './field-state.ts';
import { useForm } from './hooks.ts';
import type { FormServices } from './services.ts';
import type { FormStore } from './store.ts';

export type Places = { readonly [choice: string]: number };

const none: Places = {};
/** While somebody looks at the choices, others take places. */
const LOOK = 20_000;

/**
 * How many places are left with each choice of a field with `x-places`: asked anew when another field of the form changes,
 * and now and then. Nothing is known (and nothing said) while it is being asked, or where nobody answers.
 */
export function usePlaces(store: FormStore, { field }: FieldState, services: FormServices): Places {
  useForm(store);
  const [left, setLeft] = useState<Places>(none);
  const ask = field.places === null ? undefined : services.places;
  const { [field.name]: _own, ...others } = store.settled.values;
  const key = ask ? JSON.stringify(others) : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what stands around the field changes
  useEffect(() => {
    if (!ask || key === null) return;
    const over = new AbortController();
    const look = (): void => {
      ask(store.form.id, field.name, JSON.parse(key) as JsonObject, over.signal).then(setLeft, () => undefined);
    };
    setLeft(none);
    look();
    const timer = setInterval(look, LOOK);
    return () => {
      clearInterval(timer);
      over.abort();
    };
  }, [key, store, field.name]);
  return left;
}
