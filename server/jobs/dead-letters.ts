import type { LetterView } from '../../engine/contract/routes.ts';
import type { Json } from '../../engine/model/json.ts';
import type { Cases } from '../cases/cases.ts';
import type { Clock } from '../clock.ts';
import { notFound } from '../fault.ts';
import type { CaseDocument, OutboxEntry, ShellEffect, Store } from '../store/store.ts';

/** A request or a notice that nobody answered for; the case went on without it. Its key is that of the effect: sent again, it is the same request. */
export type DeadLetter = LetterView;

interface Stored extends DeadLetter {
  readonly effect: ShellEffect;
}

export interface DeadLetters {
  put(document: CaseDocument, entry: OutboxEntry, reason: string): Promise<void>;
  /** Open ones first, the newest first. */
  list(): Promise<readonly DeadLetter[]>;
  /** Into the outbox of its case, under its old key and generation. @throws Fault not-found */
  replay(key: string, by: string): Promise<DeadLetter>;
  /** @throws Fault not-found */
  drop(key: string, by: string, note: string): Promise<DeadLetter>;
  /** Forgets those of a case, with what they were to tell; a request that somebody still has to decide stays. */
  erase(caseId: string): Promise<void>;
}

/** Sealed as a whole by the store: the effect holds what the other side was to be told. */
const kind = 'deadLetter';

export function createDeadLetters(store: Store, cases: Pick<Cases, 'adjust'>, clock: Clock): DeadLetters {
  async function read(key: string): Promise<{ letter: Stored; version: number }> {
    const found = await store.readDocument(kind, key);
    if (!found) throw notFound();
    return { letter: found.data as unknown as Stored, version: found.version };
  }

  async function decide(key: string, change: Partial<DeadLetter> & { by: string }): Promise<Stored> {
    const { letter, version } = await read(key);
    const next: Stored = { ...letter, ...change, decidedAt: clock.now() };
    await store.writeDocument(kind, key, next as unknown as Json, version);
    return next;
  }

  return {
    async put({ state }, entry, reason) {
      const { effect, since, tries } = entry;
      if (effect.kind !== 'call' && effect.kind !== 'notice' && effect.kind !== 'webhook') return;
      const letter: Stored = {
        key: effect.key,
        at: clock.now(),
        caseId: state.id,
        caseNumber: state.number,
        project: state.project,
        kind: effect.kind,
        name: nameOf(effect),
        tries: tries + 1,
        since,
        reason,
        status: 'open',
        effect,
      };
      await store.writeDocument(kind, effect.key, letter as unknown as Json);
    },
    async list() {
      const found: DeadLetter[] = [];
      for await (const { document } of store.listDocuments(kind)) found.push(told(document.data as unknown as Stored));
      const rank = (letter: DeadLetter) => (letter.status === 'open' ? 0 : 1);
      return found.sort((a, b) => rank(a) - rank(b) || b.at - a.at);
    },
    async replay(key, by) {
      const letter = await decide(key, { status: 'again', by });
      const now = clock.now();
      await cases.adjust(letter.caseId, (document) =>
        document.outbox.some(({ effect }) => effect.key === key)
          ? null
          : { ...document, outbox: [...document.outbox, { effect: letter.effect, since: now, tries: 0, due: now }] },
      );
      return told(letter);
    },
    async drop(key, by, note) {
      return told(await decide(key, { status: 'dropped', by, note }));
    },
    async erase(caseId) {
      const keys: string[] = [];
      for await (const { id, document } of store.listDocuments(kind)) {
        const letter = document.data as unknown as Stored;
        if (letter.caseId === caseId && (letter.status !== 'open' || letter.kind === 'notice')) keys.push(id);
      }
      for (const key of keys) await store.removeDocument(kind, key);
    },
  };
}

function nameOf(effect: Extract<ShellEffect, { kind: 'call' | 'notice' | 'webhook' }>): string {
  switch (effect.kind) {
    case 'call':
      return `${effect.connector}.${effect.operation}`;
    case 'notice':
      return effect.notice;
    case 'webhook':
      return effect.portal;
  }
}

function told({ effect: _, ...letter }: Stored): DeadLetter {
  return letter;
}
