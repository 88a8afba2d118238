import { randomUUID } from 'node:crypto';
import type { CaseView } from '../../../engine/contract/view.ts';
import { type Answer, Client } from '../../support/server.ts';
import type { Chance } from '../world/chance.ts';

/** What a client wrote down of one case. */
export interface Noted {
  /** The newest revision that it was shown. */
  revision: number;
  /** Requests that were answered with the step done. */
  readonly done: string[];
}

const MOST_OPEN = 4;
/** Starts of a busy machine take long; somebody has to answer at last. */
const PATIENCE_MS = 180_000;

/**
 * A person with a browser: presses buttons in their own cases and sends again, under the same id, what nobody answered.
 * Writes down what the server said, and says when it says less later.
 */
export class Person {
  readonly noted = new Map<string, Noted>();
  readonly wrongs: string[] = [];
  steps = 0;
  /** Answers that somebody is there and cannot do it now. */
  refused = 0;
  readonly #client: Client;
  readonly #place: () => string;
  readonly account: string;
  readonly #how: Chance;
  readonly #mostSteps: number;
  /** The cases that are worked on: as many as `MOST_OPEN`. */
  readonly #open = new Set<string>();

  /**
   * @param place where the next request goes to: one server, or any of several
   * @param mostSteps of one case, before it is closed and another one is begun
   */
  constructor(place: string | (() => string), account: string, how: Chance, mostSteps = Number.POSITIVE_INFINITY) {
    this.#place = typeof place === 'string' ? () => place : place;
    this.#client = new Client(this.#place());
    // One that is frozen never answers.
    if (typeof place !== 'string') this.#client.patience = 4_000;
    this.account = account;
    this.#how = how;
    this.#mostSteps = mostSteps;
  }

  async logIn(): Promise<void> {
    await this.#client.logIn(this.account);
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    this.#client.url = this.#place();
    const answer = await this.#client.ask<T>(method, path, body);
    if (answer.status === 503) this.refused += 1;
    return answer;
  }

  /** Until `isOver`; what fails because nobody answers is tried again when somebody does. */
  async work(isOver: () => boolean, up: () => Promise<void>): Promise<void> {
    while (!isOver()) {
      try {
        await this.#deed();
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        await up();
      }
    }
  }

  /** Everything that was noted is still so. @returns how each case stands */
  async look(): Promise<ReadonlyMap<string, CaseView>> {
    const found = new Map<string, CaseView>();
    for (const id of this.noted.keys()) found.set(id, await this.#view(id));
    return found;
  }

  async #deed(): Promise<void> {
    if (this.#open.size < MOST_OPEN) {
      const { status, body } = await this.#ask<{ id: string }>('POST', '/api/cases', { project: 'drill' });
      if (status === 503) throw new Unavailable();
      if (status !== 200) throw new Error(`start: ${status} ${JSON.stringify(body)}`);
      this.noted.set(body.id, { revision: 1, done: [] });
      this.#open.add(body.id);
      this.steps += 1;
      return;
    }
    const id = this.#how.pick([...this.#open]);
    const view = await this.#view(id);
    const offers = view.tasks.filter(({ mine }) => mine).flatMap((task) => task.offers);
    if (!offers.some(({ event }) => event === 'NEXT')) return pause(20 + this.#how.below(60));
    const isEnough = (this.noted.get(id)?.done.length ?? 0) >= this.#mostSteps;
    const isLast = isEnough && offers.some(({ event }) => event === 'CLOSE');
    await this.#press(id, view, isLast ? 'CLOSE' : 'NEXT');
    if (isLast) this.#open.delete(id);
    if (this.#how.percent(30)) await pause(this.#how.below(80));
  }

  async #press(id: string, view: CaseView, name: 'NEXT' | 'CLOSE'): Promise<void> {
    const request = randomUUID();
    const hasForm = view.tasks.some(({ mine, sections }) => mine && sections.some(({ kind }) => kind === 'form'));
    const forms = hasForm ? { forms: { note: { text: request } } } : {};
    const event = { event: name, revision: view.revision, request, ...forms };
    let last = 'no connection';
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
      try {
        const { status, body } = await this.#ask<CaseView>('POST', `/api/cases/${id}/events`, event);
        if (status === 200) {
          this.#shown(id, body);
          this.noted.get(id)?.done.push(request);
          this.steps += 1;
        } else if (status !== 409 && status !== 503) throw new Error(`${status} ${JSON.stringify(body)}`);
        if (status !== 503) return;
        last = JSON.stringify(body);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
      }
      // Nobody knows whether it was done: the same request again.
      await pause(100);
    }
    throw new Error(`case ${id}: nobody answers for ${PATIENCE_MS} ms: ${last}`);
  }

  async #view(id: string): Promise<CaseView> {
    const { status, body } = await this.#ask<CaseView>('GET', `/api/cases/${id}`);
    if (status === 503) throw new Unavailable();
    if (status !== 200) throw new Error(`case ${id}: ${status} ${JSON.stringify(body)}`);
    this.#shown(id, body);
    return body;
  }

  #shown(id: string, { revision }: CaseView): void {
    const noted = this.noted.get(id);
    if (noted === undefined) return;
    if (revision < noted.revision) this.wrongs.push(`case ${id}: ${noted.revision} was shown, now ${revision}`);
    noted.revision = Math.max(noted.revision, revision);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Somebody is there and cannot do it now. */
class Unavailable extends Error {}

function isUnreachable(error: unknown): boolean {
  const { name } = error as { name?: string };
  return error instanceof TypeError || error instanceof Unavailable || name === 'AbortError' || name === 'TimeoutError';
}
