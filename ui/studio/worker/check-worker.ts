import { Checker, compared } from './checker.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** The worker: the engine beside the page, so that typing never waits for a check. Its answers are in order. */
let checker: Checker | null = null;
let newest: { readonly version: number; readonly text: string } | null = null;
let isAwake = false;

const tell = (message: FromWorker): void => self.postMessage(message);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'open':
      checker = new Checker(data.project, data.files);
      return;
    case 'check':
      newest = data;
      wake();
      return;
    case 'compare':
      compare(data);
  }
});

/** Messages that came meanwhile are read before the next piece of work, and a text that is newer takes the place of the old. */
function wake(): void {
  if (isAwake) return;
  isAwake = true;
  setTimeout(() => {
    isAwake = false;
    const task = newest;
    newest = null;
    if (task === null || checker === null) return;
    const { version, text } = task;
    tell({ kind: 'issues', version, issues: checker.issues(text) });
    later(checker);
  });
}

/** How long nobody types before the picture and the names are made, which takes about as long as the check. */
const PAUSE = 150;
let resting: ReturnType<typeof setTimeout> | undefined;

/** The picture comes after the issues, and not at all while somebody types on. */
function later(of: Checker): void {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (newest === null && of === checker) tell({ kind: 'rest', ...of.rest() });
  }, PAUSE);
}

function compare({ id, project, before, after }: Extract<ToWorker, { kind: 'compare' }>): void {
  try {
    tell({ kind: 'compared', id, compared: compared(project, before, after) });
  } catch (error) {
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}
