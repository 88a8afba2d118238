type Listener = () => void;

const lost = new Set<Listener>();
const back = new Set<Listener>();

function on(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears that the server no longer knows who is there: the session ran out while a page was open. @returns stop */
export const onSessionLost = (listener: Listener): (() => void) => on(lost, listener);

/** Hears that the same person has logged in again: what was refused meanwhile can be sent. @returns stop */
export const onSessionBack = (listener: Listener): (() => void) => on(back, listener);

/** Told by every request that was answered with `not-logged-in`. */
export function sessionLost(): void {
  for (const listener of [...lost]) listener();
}

export function sessionBack(): void {
  for (const listener of [...back]) listener();
}
