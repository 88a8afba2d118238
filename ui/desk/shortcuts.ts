import { useEffect, useState } from 'react';

const STORE = 'certflow.desk.shortcuts';

/** Shortcuts of single letters can be turned off (WCAG 2.1.4), and are off while somebody types or a dialog is open. */
export function useShortcuts(keys: { readonly [key: string]: () => void }): { on: boolean; toggle: () => void } {
  const [on, setOn] = useState(() => read());
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (typing(event.target) || document.querySelector('dialog[open]')) return;
      const name = event.shiftKey && /^[a-z]$/i.test(event.key) ? `Shift+${event.key.toUpperCase()}` : event.key;
      const action = keys[name] ?? keys[name.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on, keys]);
  const toggle = () => {
    setOn(!on);
    try {
      localStorage.setItem(STORE, on ? 'off' : 'on');
    } catch {
      // Holds for this page.
    }
  };
  return { on, toggle };
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}

function read(): boolean {
  try {
    return localStorage.getItem(STORE) !== 'off';
  } catch {
    return true;
  }
}
