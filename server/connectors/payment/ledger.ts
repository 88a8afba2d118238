import { createHash } from 'node:crypto';
import type { Json } from '../../../engine/model/json.ts';
import { Conflict, type Store } from '../../store/store.ts';

/** A movement of money, double entry: what is taken from one account is given to another. Amounts in fen, whole numbers. */
export interface Posting {
  /** The same movement has the same id, however often it is told: `payment/<transaction>`, `refund/<number>`. */
  readonly id: string;
  readonly at: number;
  readonly entries: readonly Entry[];
  /** Of money that belongs to nobody yet: why, and by when somebody has to decide. */
  readonly open?: { readonly reason: string; readonly due: number };
}

export interface Entry {
  /** `provider:<id>`, `case:<id>`, `suspense`. */
  readonly account: string;
  /** Above zero: the account gets it. */
  readonly amount: number;
}

export interface Ledger {
  /** Once for an id. @throws RangeError when the entries do not add up to nothing */
  post(book: string, posting: Posting): Promise<void>;
  /** Movements of a case (its id), or of what belongs to no case (`suspense`), oldest first. */
  read(book: string): Promise<readonly Posting[]>;
  all(): AsyncIterable<Posting>;
}

export const suspense = 'suspense';
const kind = 'ledger';

/** What is left on an account. */
export function balance(postings: readonly Posting[], account: string): number {
  const entries = postings.flatMap((posting) => posting.entries).filter((entry) => entry.account === account);
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}

export function createLedger(store: Pick<Store, 'readDocument' | 'writeDocument' | 'listDocuments'>): Ledger {
  const nameOf = (book: string): string => createHash('sha256').update(book).digest('hex').slice(0, 32);
  const postingsOf = (data: Json | undefined): readonly Posting[] =>
    (data as { readonly postings: readonly Posting[] } | undefined)?.postings ?? [];

  return {
    async post(book, posting) {
      const amounts = posting.entries.map(({ amount }) => amount);
      const isWhole = amounts.length >= 2 && amounts.every((amount) => Number.isSafeInteger(amount));
      if (!isWhole || amounts.reduce((sum, amount) => sum + amount, 0) !== 0)
        throw new RangeError(`${posting.id}: the entries do not add up to nothing`);
      for (;;) {
        const stored = await store.readDocument(kind, nameOf(book));
        const postings = postingsOf(stored?.data);
        if (postings.some(({ id }) => id === posting.id)) return;
        try {
          const data = { postings: [...postings, posting] } as unknown as Json;
          await store.writeDocument(kind, nameOf(book), data, stored?.version ?? 0);
          return;
        } catch (error) {
          // Somebody else wrote into the same book: look again.
          if (!(error instanceof Conflict)) throw error;
        }
      }
    },
    async read(book) {
      return postingsOf((await store.readDocument(kind, nameOf(book)))?.data);
    },
    async *all() {
      for await (const { document } of store.listDocuments(kind)) yield* postingsOf(document.data);
    },
  };
}
