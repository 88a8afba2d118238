import { useSyncExternalStore } from 'react';

/** 大字 and 高对比: attributes of the root element that change the tokens; remembered on this device. */
export interface Modes {
  readonly size: 'normal' | 'large';
  /** `system` follows prefers-contrast. */
  readonly contrast: 'system' | 'normal' | 'high';
}

const STORE = 'certflow.modes';
const listeners = new Set<() => void>();
let modes: Modes = read();

function read(): Modes {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE) ?? '{}') as Partial<Modes>;
    return {
      size: stored.size === 'large' ? 'large' : 'normal',
      contrast: stored.contrast === 'high' || stored.contrast === 'normal' ? stored.contrast : 'system',
    };
  } catch {
    return { size: 'normal', contrast: 'system' };
  }
}

/** High contrast as it is seen now, chosen or asked for by the system. */
export function isHighContrast(now: Modes): boolean {
  if (now.contrast !== 'system') return now.contrast === 'high';
  return typeof matchMedia === 'function' && matchMedia('(prefers-contrast: more)').matches;
}

export function applyModes(): void {
  const root = document.documentElement;
  if (modes.size === 'large') root.dataset.size = 'large';
  else delete root.dataset.size;
  if (modes.contrast === 'system') delete root.dataset.contrast;
  else root.dataset.contrast = modes.contrast;
}

export function setModes(change: Partial<Modes>): void {
  modes = { ...modes, ...change };
  try {
    localStorage.setItem(STORE, JSON.stringify(modes));
  } catch {
    // Not stored in a private window; holds for this page.
  }
  applyModes();
  for (const listener of listeners) listener();
}

export function useModes(): Modes {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => modes,
  );
}
