import type { KeyboardEvent } from 'react';

/** Kinds of inputs in which Enter means: done, go on. In the others it opens, ticks or chooses something. */
const singleLine = new Set(['text', 'tel', 'email', 'number', 'password', 'search', 'url', 'date']);

/**
 * Enter in a single line presses the page's main button, as everywhere on the web: the page has no <form> that would do it.
 * Not while an input method composes (there Enter takes the word), and not where a control has used the key itself.
 */
export function goOnAtEnter(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget } = event;
  if (event.key !== 'Enter' || event.defaultPrevented || isComposing(event)) return;
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!(target instanceof HTMLInputElement) || !singleLine.has(target.type)) return;
  event.preventDefault();
  currentTarget.querySelector<HTMLButtonElement>('.offers .btn.primary')?.click();
}

/** Safari ends the composition before the key that ended it: then only the old key code tells. */
function isComposing(event: KeyboardEvent<HTMLElement>): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
