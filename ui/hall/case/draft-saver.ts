import type { DraftPatch } from '../../api/index.ts';
import { asFault } from '../../app/load.ts';

export type DraftState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  /** Epoch ms of the server. */
  | { readonly kind: 'saved'; readonly at: number }
  /** Not saved yet; tried again by itself. */
  | { readonly kind: 'waiting'; readonly message: string };

/** Where the changes come from: the forms of the page. */
export interface DraftSource {
  /** What changed since the last call, or null. */
  take(): DraftPatch | null;
  /** Gives back what could not be saved; what the person changed meanwhile wins. */
  restore(patch: DraftPatch): void;
}

export interface DraftPort {
  save(patch: DraftPatch, leaving: boolean): Promise<{ readonly savedAt: number }>;
  /** Told after every save, so that other tabs can follow. */
  saved(patch: DraftPatch): void;
  state(state: DraftState): void;
}

/** Quiet time after the last keystroke, and the longest that a change waits while somebody keeps typing, ms. */
const QUIET = 700;
const LONGEST = 4000;
const BACKOFF = [1000, 2000, 4000, 8000, 10_000];

/**
 * Saves drafts by itself, field by field: one request at a time, later ones carry what changed meanwhile. A failure
 * that may pass is tried again with growing pauses; one that will not (the task is over) gives up what it carried.
 * When the session ran out it keeps everything and waits to be woken.
 */
export class DraftSaver {
  readonly #source: DraftSource;
  readonly #port: DraftPort;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstChange: number | null = null;
  #running: Promise<void> | null = null;
  #failures = 0;
  #stopped = false;

  constructor(source: DraftSource, port: DraftPort) {
    this.#source = source;
    this.#port = port;
  }

  /** Something changed. */
  changed(): void {
    if (this.#stopped) return;
    const now = Date.now();
    this.#firstChange ??= now;
    this.#plan(Math.max(0, Math.min(QUIET, this.#firstChange + LONGEST - now)));
  }

  /** Saves what there is now; resolves when it is saved or has failed. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    await this.#run(false);
  }

  /** The page is being left: the last chance, without waiting for what is under way. */
  async leave(): Promise<void> {
    clearTimeout(this.#timer);
    const patch = this.#source.take();
    if (!patch) return;
    await this.#port.save(patch, true).then(
      () => this.#port.saved(patch),
      () => this.#source.restore(patch),
    );
  }

  /** The network or the person is back: does not wait for the pause to end. */
  wake(): void {
    if (this.#failures > 0) this.#plan(0);
  }

  /** Resolves when the last save is over; nothing is said after that. */
  async stop(): Promise<void> {
    const last = this.leave();
    this.#stopped = true;
    await Promise.all([last, this.#running]);
  }

  #plan(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(false), pause);
  }

  async #run(leaving: boolean): Promise<void> {
    if (this.#running || this.#stopped) return;
    const patch = this.#source.take();
    this.#firstChange = null;
    if (!patch) return;
    this.#port.state({ kind: 'saving' });
    this.#running = this.#port
      .save(patch, leaving)
      .then(({ savedAt }) => {
        this.#failures = 0;
        this.#port.state({ kind: 'saved', at: savedAt });
        this.#port.saved(patch);
      })
      .catch((error: unknown) => {
        const fault = asFault(error);
        this.#port.state({ kind: 'waiting', message: fault.message });
        if (!fault.passing && !fault.loggedOut) return;
        this.#source.restore(patch);
        // Nothing to try before somebody has logged in; that wakes it.
        if (fault.loggedOut) {
          this.#failures = Math.max(1, this.#failures);
          return;
        }
        const pause = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)] ?? 10_000;
        this.#failures += 1;
        this.#plan(pause);
      })
      .finally(() => {
        this.#running = null;
        if (this.#failures === 0 && this.#firstChange !== null) this.changed();
      });
    await this.#running;
  }
}
