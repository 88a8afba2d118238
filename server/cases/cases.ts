import type { CaseState, StepResult } from '../../engine/model/case.ts';
import type { Command, Environment } from '../../engine/model/command.ts';
import type { Definition } from '../../engine/model/definition.ts';
import type { MigrationPlan } from '../../engine/model/migration.ts';
import { Fault, notFound } from '../fault.ts';
import { newId } from '../ids.ts';
import { KeyedQueue } from '../store/queue.ts';
import { type CaseDocument, Conflict } from '../store/store.ts';
import { toldOf } from '../told.ts';
import { forCase } from '../trace/place.ts';
import type { Applied, Begun, Prepared } from './answers.ts';
import { playFirst, stepOf } from './begin.ts';
import { deskTopic, inboxTopic, talkTopic } from './bus.ts';
import type { CaseLists } from './case-lists.ts';
import { assemble } from './commit.ts';
import type { CaseDeps } from './deps.ts';
import { describeCase } from './describe.ts';
import { CaseIndex, type IndexEntry, indexEntry } from './index-of-cases.ts';
import { listsInMemory } from './lists-in-memory.ts';

type Prepare = (document: CaseDocument, definition: Definition) => Prepared | null | Promise<Prepared | null>;

/** How often a command is made anew because another node was faster; after that the sender has to try again. */
const MOST_TRIES = 5;

/**
 * The only door by which a case changes: command -> step -> reservations -> one atomic commit -> index, listeners, jobs.
 * One command at a time for a case; cases side by side.
 */
export class Cases {
  readonly index = new CaseIndex();
  /** What lists, searches and policies ask. */
  readonly lists: CaseLists;
  readonly #deps: CaseDeps;
  readonly #queue = new KeyedQueue();
  #onCommit: (document: CaseDocument) => void = () => undefined;
  #onHeard: (document: CaseDocument) => void = () => undefined;
  #onSeen: (document: CaseDocument, definition: Definition) => void = () => undefined;
  /** While cases are read after a crash: those that were. */
  #seen: Set<string> | null = null;

  constructor(deps: CaseDeps) {
    this.#deps = deps;
    this.lists = deps.listed?.lists ?? listsInMemory(this.index);
  }

  /** The jobs listen here for timers and effects. */
  onCommit(listener: (document: CaseDocument) => void): void {
    this.#onCommit = listener;
  }

  /** The same of what another node has committed. */
  onHeard(listener: (document: CaseDocument) => void): void {
    this.#onHeard = listener;
  }

  /** Whoever counts listens here: each document that is committed, or read while the index is rebuilt. */
  onSeen(listener: (document: CaseDocument, definition: Definition) => void): void {
    this.#onSeen = listener;
  }

  env(): Environment {
    return { now: this.#deps.clock.now(), calendar: this.#deps.calendar };
  }

  /** Document and definition of a case. @param atLeast as the store says it @throws Fault not-found */
  async read(
    id: string,
    atLeast?: number,
  ): Promise<{ readonly document: CaseDocument; readonly definition: Definition }> {
    const document = await this.#deps.store.readCase(id, atLeast);
    if (!document) throw notFound();
    return { document, definition: await this.#deps.releases.definition(document.state.release) };
  }

  /** Starts a case of a definition for a person. */
  /** @param company the one that the owner acts for; others who act for it see the case */
  async start(definition: Definition, owner: string, company: string | null = null): Promise<CaseDocument> {
    const begun = await this.begin(definition, owner, newId(), [], company);
    if (begun.kind === 'begun') return begun.document;
    const blockers = begun.kind === 'refused' ? begun.blockers : [];
    const message = blockers[0]?.message;
    throw new Fault(409, 'refused', {}, { blockers, ...(message && { message }) });
  }

  /**
   * Starts a case and sends what its owner does at once, in one commit: when one of it is refused, there is no case. The id
   * says which case it is: begun again, after a crash too, it is there already.
   */
  begin(
    definition: Definition,
    owner: string,
    id: string,
    commands: readonly Command[],
    company: string | null = null,
  ): Promise<Begun> {
    const start = performance.now();
    const work = async (): Promise<Begun> => {
      const { store, engine, numbers, secrets, reservations } = this.#deps;
      const there = await store.readCase(id);
      if (there) return { kind: 'there', document: there };
      const number = await numbers(definition.project.number, id);
      const played = playFirst({ engine, secrets }, definition, { id, number, owner }, commands, this.env());
      if (played.kind === 'refused') return played;
      const { incidents } = played;
      const document = company === null ? played.document : { ...played.document, company };
      const taken = await reservations.take(definition, null, document.state);
      let committed = false;
      try {
        if (taken.blockers.length > 0) return { kind: 'refused', blockers: taken.blockers };
        await store.createCase(document);
        committed = true;
      } finally {
        await taken.release(committed);
      }
      this.#committed(document, definition, incidents);
      this.#deps.onStep?.('start', 'applied', (performance.now() - start) / 1000);
      return { kind: 'begun', document };
    };
    return forCase(id, () => this.#queue.run(id, work));
  }

  /**
   * Applies one command. `prepare` makes it from the newest document (verdicts, duplicates, revision) or answers null
   * when there is nothing to do; what it throws goes to the caller and nothing is changed.
   */
  apply(id: string, prepare: Prepare): Promise<Applied> {
    const work = async () => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.#attempt(id, prepare);
        } catch (error) {
          // Another node moved the case between our read and our write: the newest document decides.
          if (!(error instanceof Conflict) || tries === MOST_TRIES) throw error;
        }
      }
    };
    return forCase(id, () => this.#queue.run(id, work));
  }

  async #attempt(id: string, prepare: Prepare): Promise<Applied> {
    const start = performance.now();
    const { document, definition } = await this.read(id);
    const prepared = await prepare(document, definition);
    if (!prepared) return { kind: 'nothing', document };
    const env = this.env();
    return this.#counted(prepared.command.kind, start, () => {
      const result = this.#deps.engine.step(definition, document.state, prepared.command, env);
      return this.#commit(document, definition, result, { ...prepared, now: env.now });
    });
  }

  /** What `prepare` refused is no step: nobody has asked the process yet. */
  async #counted<T extends { readonly kind: Applied['kind'] }>(
    kind: string,
    start: number,
    work: () => Promise<T>,
  ): Promise<T> {
    const done = (outcome: Applied['kind'] | 'failed') =>
      this.#deps.onStep?.(kind, outcome, (performance.now() - start) / 1000);
    try {
      const result = await work();
      done(result.kind);
      return result;
    } catch (error) {
      done('failed');
      throw error;
    }
  }

  /** Puts a case under another release of its project. `check`: only says whether it could be. */
  migrate(
    id: string,
    to: Definition,
    given: { readonly plan: MigrationPlan; readonly by: string; readonly check: boolean },
  ): Promise<Applied> {
    return this.#queue.run(id, async () => {
      const { document, definition } = await this.read(id);
      if (document.state.over || definition.hash === to.hash) return { kind: 'nothing', document };
      const env = this.env();
      const result = this.#deps.engine.migrate(definition, to, document.state, given, env);
      if (given.check && result.kind === 'stepped') return { kind: 'applied', document, entry: result.entry };
      return this.#commit(document, to, result, { command: null, now: env.now }, definition);
    });
  }

  async #commit(
    document: CaseDocument,
    definition: Definition,
    result: StepResult,
    given: Parameters<typeof stepOf>[2],
    former = definition,
  ): Promise<Applied> {
    const { store, secrets, reservations } = this.#deps;
    if (result.kind === 'refused') return { kind: 'refused', document, blockers: result.blockers };
    const taken = await reservations.take(definition, document.state, result.next, former);
    if (taken.blockers.length > 0) {
      await taken.release(false);
      return { kind: 'refused', document, blockers: taken.blockers };
    }
    const more = this.#deps.toTell?.(definition, document.state, result.next, this.env()) ?? [];
    const step = stepOf(definition, result, { ...given, more });
    let committed = false;
    try {
      const stored = await store.updateCase(
        document.state.id,
        // The outbox may have moved on since the read; the state has not, that is what the revision is for.
        (now) => assemble(now, step, secrets),
        document.state.revision,
      );
      committed = true;
      this.#committed(stored, definition, result.incidents, document);
      return { kind: 'applied', document: stored, entry: result.entry };
    } finally {
      await taken.release(committed);
    }
  }

  /** Changes what surrounds the state (the outbox), never the state itself. */
  async adjust(id: string, change: (now: CaseDocument) => CaseDocument | null): Promise<CaseDocument> {
    const stored = await this.#deps.store.updateCase(id, change);
    this.#onCommit(stored);
    return stored;
  }

  /** Changes what was written in the conversation, and what the owner is told of it: no step of the process. */
  async converse(
    id: string,
    change: (now: CaseDocument) => Pick<CaseDocument, 'talk' | 'inbox'> | null,
  ): Promise<CaseDocument> {
    const { store, releases, bus } = this.#deps;
    let newest: string | undefined;
    const stored = await store.updateCase(id, (now) => {
      const next = change(now);
      newest = now.inbox?.at(-1)?.key;
      return next && { ...now, ...next };
    });
    this.#put(stored, await releases.definition(stored.state.release));
    bus.tell(talkTopic(id), stored.talk?.messages.length ?? 0);
    bus.tell(deskTopic, stored.state.revision);
    if (stored.inbox?.at(-1)?.key !== newest) bus.tell(inboxTopic(stored.state.owner), stored.state.revision);
    return stored;
  }

  /** Reads every case and fills the index. Cases are served meanwhile. @returns ids of cases that could not be read. */
  async rebuild(): Promise<readonly string[]> {
    const seen = new Set<string>();
    this.#seen = seen;
    const broken: string[] = [];
    const { listed, store } = this.#deps;
    for await (const id of listed ? listed.undescribed() : store.listCases()) {
      if (seen.has(id)) continue;
      try {
        await (listed ? this.#describeAnew(id) : this.#see(id));
      } catch (error) {
        // One broken case must not keep the others from being served.
        this.#deps.log.error({ case: id, error: toldOf(error) }, 'case cannot be read');
        broken.push(id);
      }
    }
    this.#seen = null;
    return broken;
  }

  /** Another node has written this case: what is remembered of it is made anew, and who looks at it is told. */
  async heard(id: string): Promise<void> {
    const { store, releases, bus } = this.#deps;
    const document = await store.readCase(id);
    if (document === null) return;
    const { revision, owner } = document.state;
    const before = this.index.get(id);
    this.#onHeard(document);
    const definition = await releases.definition(document.state.release);
    if (!this.index.knows(document)) this.#put(document, definition);
    this.#onSeen(document, definition);
    this.#seen?.add(id);
    bus.tell(id, revision);
    bus.tell(deskTopic, revision);
    bus.tell(talkTopic(id), document.talk?.messages.length ?? 0);
    if (document.inbox?.at(-1)?.key !== before?.inbox.at(-1)?.key) bus.tell(inboxTopic(owner), revision);
  }

  /** What the index says of a case; while it is being rebuilt, or when it may be another node's, the case itself is asked. */
  async entry(id: string): Promise<IndexEntry | null> {
    if (this.#deps.listed) {
      const known = await this.lists.get(id);
      if (known !== null || this.#seen === null) return known;
      await this.#describeAnew(id).catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error;
      });
      return this.lists.get(id);
    }
    const isMissing = this.#deps.isShared === true && this.index.get(id) === null;
    if (isMissing || this.#seen?.has(id) === false) {
      await this.#see(id).catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error;
      });
    }
    return this.index.get(id);
  }

  /** Cases that were read, while the index is being rebuilt; null when it is whole. */
  rebuilding(): number | null {
    return this.#seen?.size ?? null;
  }

  /** A store that answers lists itself writes what they ask when the case is written. */
  async #describeAnew(id: string): Promise<void> {
    await this.#deps.store.updateCase(id, (now) => ({ ...now, state: { ...now.state } }));
    this.#seen?.add(id);
  }

  async #see(id: string): Promise<void> {
    const { store, releases } = this.#deps;
    // In its turn among the writes of this case, so that nobody is told what was due before one of them after it.
    const document = await store.updateCase(id, () => null);
    this.#onCommit(document);
    const definition = await releases.definition(document.state.release);
    if (!this.index.knows(document)) this.#put(document, definition);
    this.#onSeen(document, definition);
    this.#seen?.add(id);
  }

  /** Waits for the commands under way. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  #committed(
    document: CaseDocument,
    definition: Definition,
    incidents: readonly string[],
    before: CaseDocument | null = null,
  ): void {
    const { bus, log } = this.#deps;
    this.#put(document, definition);
    this.#onSeen(document, definition);
    this.#onCommit(document);
    bus.tell(document.state.id, document.state.revision);
    bus.tell(deskTopic, document.state.revision);
    if (document.inbox?.at(-1)?.key !== before?.inbox?.at(-1)?.key)
      bus.tell(inboxTopic(document.state.owner), document.state.revision);
    for (const law of incidents) log.error({ case: document.state.id, law }, 'a law is broken');
    if (incidents.length > 0) void this.#incident(document.state, incidents);
  }

  async #incident(state: CaseState, laws: readonly string[]): Promise<void> {
    const key = `${state.id}:${state.revision}:incident`;
    const text = `${state.number}：${laws.join('、')}`;
    await this.#deps.deskNotices.put({ key, caseId: state.id, to: null, text }).catch(() => undefined);
  }

  #put(document: CaseDocument, definition: Definition): void {
    if (this.#deps.listed) return;
    this.index.put(this.described(document, definition));
  }

  /** What lists need of a case. */
  described(document: CaseDocument, definition: Definition): IndexEntry {
    return indexEntry(document, definition, () => describeCase(this.#deps, document, definition, this.env()));
  }
}

/** For what has to look at all cases. @throws Fault index-rebuilding */
export function requireWhole(cases: Pick<Cases, 'rebuilding'>): void {
  const count = cases.rebuilding();
  if (count !== null) throw new Fault(503, 'index-rebuilding', { count });
}
