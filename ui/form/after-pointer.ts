/**
 * A field that is left because something else is pressed must not take its error away, and the page with it, between
 * press and release: the click would land beside what was aimed at. While a pointer is down the work waits for the
 * click to be over; otherwise it is done at once.
 */
let down = false;

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (down = true), true);
  for (const end of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(end, () => (down = false), true);
  }
}

export function afterPointer(work: () => void): void {
  if (!down) {
    work();
    return;
  }
  const stop = new AbortController();
  const later = (): void => {
    stop.abort();
    setTimeout(work, 0);
  };
  for (const end of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(end, later, { signal: stop.signal });
  }
}
