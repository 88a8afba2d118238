import type { JournalEntry } from '../../../engine/model/case.ts';
import type { Io } from '../../../server/store/file/io.ts';
import { casePath } from '../../../server/store/file/names.ts';
import type { CaseDocument } from '../../../server/store/store.ts';
import type { House } from './house.ts';
import type { Provider } from './provider.ts';

/** What somebody was told of a case. */
interface Told {
  /** The newest revision that anybody was shown. */
  revision: number;
  /** Journal entries by revision. */
  readonly entries: Map<number, string>;
  readonly requests: Set<string>;
}

const hour = 3_600_000;
/** How long a state has to last before its deadline moves the case on. */
const deadlines: readonly [string, number][] = [
  ['main.write', hour],
  ['main.rest', 2 * hour],
];

/** What people outside know, which no crash takes from them; it is held against the store again and again. */
export class Truth {
  readonly wrongs: string[] = [];
  readonly #cases = new Map<string, Told>();
  /** Acknowledged steps. */
  count = 0;

  get ids(): readonly string[] {
    return [...this.#cases.keys()];
  }

  least(id: string): number {
    return this.#cases.get(id)?.revision ?? 0;
  }

  /** A step was acknowledged. */
  told(document: CaseDocument, request?: string): void {
    this.count += 1;
    const known = this.#shown(document);
    if (request !== undefined) known.requests.add(request);
  }

  /** Somebody opens the page: what it shows is told, too. */
  async look(house: House, id: string, life: { readonly over: boolean }): Promise<void> {
    const document = await house.store.readCase(id).catch((error: Error) => {
      if (error.name === 'StoreDead') return null;
      throw error;
    });
    if (document === null || life.over) return;
    const { revision } = document.state;
    if (revision < this.least(id)) this.wrongs.push(`case ${id}: ${this.least(id)} was told, ${revision} is shown`);
    this.#shown(document);
  }

  async pathOf(disk: Io, id: string): Promise<string | null> {
    const path = casePath('/data', id);
    return (await disk.read(path)) === null ? null : path;
  }

  /** Everything that was told is there. `rest`: nothing is under way and nothing that was due by then is left. */
  async compare(house: House, provider: Provider, rest?: number): Promise<void> {
    for (const [id, told] of this.#cases) {
      const document = await house.store.readCase(id);
      if (document === null) {
        this.wrongs.push(`case ${id} is lost`);
        continue;
      }
      this.#compareOne(document, told);
      await this.#compareIndex(house, document);
      if (rest !== undefined) this.#compareRest(document, provider, rest);
    }
    await this.#compareProvider(house, provider);
  }

  /** What is due at a start is done meanwhile: a step stands in the store some turns before the index has heard of it. */
  async #compareIndex({ cases, store }: House, { state: { id, revision } }: CaseDocument): Promise<void> {
    if (cases.index.get(id)?.revision === revision) return;
    await cases.idle();
    const shown = cases.index.get(id)?.revision;
    if (shown !== (await store.readCase(id))?.state.revision) this.wrongs.push(`case ${id}: the index says ${shown}`);
  }

  #compareOne({ state, journal, consumed }: CaseDocument, told: Told): void {
    const { id, revision } = state;
    if (revision < told.revision) this.wrongs.push(`case ${id}: ${told.revision} was told, ${revision} is stored`);
    if (journal.length !== revision)
      this.wrongs.push(`case ${id}: ${journal.length} entries for ${revision} revisions`);
    for (const [at, text] of told.entries) {
      if (textOf(journal[at - 1]) !== text) this.wrongs.push(`case ${id}: entry ${at} is not what was told`);
    }
    for (const request of told.requests) {
      if (!consumed.includes(request)) this.wrongs.push(`case ${id}: ${request} is forgotten`);
    }
    for (const [state, least] of deadlines) {
      let since = 0;
      for (const entry of journal) {
        if (entry.what.startsWith('timer:') && entry.left.includes(state) && entry.at < since + least)
          this.wrongs.push(`case ${id}: the deadline of ${state} came early`);
        if (entry.entered.includes(state)) since = entry.at;
      }
    }
  }

  #compareRest({ state, outbox }: CaseDocument, provider: Provider, now: number): void {
    const { id, timers, counters, calls } = state;
    if (outbox.length > 0) this.wrongs.push(`case ${id}: ${outbox.length} effects are left`);
    for (const [name, { due }] of Object.entries(timers))
      if (due <= now) this.wrongs.push(`case ${id}: timer ${name} was due and is left`);
    const done = [...provider.done.values()].filter(({ caseId }) => caseId === id).length;
    const asked = calls['main.ask']?.generation ?? 0;
    const taken = counters.taken?.count ?? 0;
    if (done !== taken)
      this.wrongs.push(`case ${id}: ${done} effects were done and ${taken} are known (${asked} asked)`);
  }

  /** Nothing was done outside for a step that is not there. */
  async #compareProvider(house: House, provider: Provider): Promise<void> {
    for (const { caseId, generation } of provider.done.values()) {
      const state = (await house.store.readCase(caseId))?.state;
      const asked = state?.calls['main.ask']?.generation ?? 0;
      if (asked < generation) this.wrongs.push(`case ${caseId}: effect ${generation} was done and its step is lost`);
    }
  }

  #shown({ state, journal, consumed: _ }: CaseDocument): Told {
    const known = this.#cases.get(state.id) ?? { revision: 0, entries: new Map(), requests: new Set() };
    this.#cases.set(state.id, known);
    known.revision = Math.max(known.revision, state.revision);
    for (const entry of journal) known.entries.set(entry.revision, textOf(entry));
    return known;
  }
}

function textOf(entry: JournalEntry | undefined): string {
  return JSON.stringify(entry ?? null);
}
