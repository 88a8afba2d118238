import type { FocusEvent } from 'react';
import { flushSync } from 'react-dom';

/**
 * Shows another text in a control at the moment it gets the focus: what was typed instead of what is read. It is done
 * at once and the text is selected, as after Tab; a text that changes a moment later would throw the selection away.
 */
export function swapOnFocus(event: FocusEvent<HTMLInputElement>, show: () => void): void {
  const input = event.currentTarget;
  const before = input.value;
  flushSync(show);
  if (input.value !== before) input.select();
}
