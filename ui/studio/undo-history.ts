/** What was written in a draft, one step after the other, whichever of the ways it was edited by. Pure. */
export interface History {
  readonly text: string;
  /** Oldest first. */
  readonly past: readonly string[];
  /** What was undone, the next one to be done again first. */
  readonly future: readonly string[];
  /** When somebody typed last, in ms; null when the last step was no typing. */
  readonly typed: number | null;
}

/** Letters that follow each other so quickly are one step. */
const ONE_GO = 1000;
const MOST = 200;

export function begun(text: string): History {
  return { text, past: [], future: [], typed: null };
}

/** @param typed when a letter was typed, in ms; null for a step of a form or of the diagram */
export function written(history: History, text: string, typed: number | null = null): History {
  if (text === history.text) return history;
  const isOneGo = typed !== null && history.typed !== null && typed - history.typed < ONE_GO;
  const past = isOneGo ? history.past : [...history.past, history.text].slice(-MOST);
  return { text, past, future: [], typed };
}

/** The last step with another text: what the studio itself puts right after a step is no step of its own. */
export function amended(history: History, text: string): History {
  return { ...history, text };
}

export function undone(history: History): History {
  const { text, past, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { text: before, past: past.slice(0, -1), future: [text, ...future], typed: null };
}

export function redone(history: History): History {
  const { text, past, future } = history;
  const [next, ...rest] = future;
  if (next === undefined) return history;
  return { text: next, past: [...past, text], future: rest, typed: null };
}
