/** What every contestant's page does alike: says when it stands on the screen, and saves the draft when it is quiet. */
export interface Contest {
  /** Milliseconds from before the first line of the form's own code to the frame that shows it. */
  shown: number | null;
  /** Drafts that were sent. */
  saves: number;
}

declare global {
  interface Window {
    contest: Contest;
  }
}

export const count = Number(new URLSearchParams(location.search).get('fields'));
export const root = document.getElementById('root') as HTMLElement;
window.contest = { shown: null, saves: 0 };

/** Runs the first render and waits until it was painted. */
export function show(render: () => void): void {
  const before = performance.now();
  render();
  const look = () => {
    if (document.querySelectorAll('input, select, textarea').length < count * 0.8) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => (window.contest.shown = performance.now() - before), 0));
  };
  requestAnimationFrame(look);
}

/** Quiet time before a draft is saved, ms: that of the product's own saver. */
const quiet = 700;
let timer: ReturnType<typeof setTimeout> | undefined;

/** For contestants without a saver of their own: everything that was filled in, once it is quiet. */
export function saveLater(values: () => unknown): void {
  clearTimeout(timer);
  timer = setTimeout(() => void send(values()), quiet);
}

export async function send(values: unknown): Promise<void> {
  await fetch('/draft', {
    method: 'PATCH',
    body: JSON.stringify(values),
    headers: { 'content-type': 'application/json' },
  });
  window.contest.saves += 1;
}
