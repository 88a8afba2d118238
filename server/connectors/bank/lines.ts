import type { Imported } from '../../../engine/contract/routes.ts';
import type { Json } from '../../../engine/model/json.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { Conflict, type Store } from '../../store/store.ts';
import type { StatementLine } from './statement.ts';

/** A line that was imported, with who brought it. */
export interface BankLine extends StatementLine {
  readonly id: string;
  readonly importedAt: number;
  readonly importedBy: string;
}

/** Lines of the statements of the hall's account. A transaction is kept once, however often its file is imported. */
export interface BankLines {
  add(lines: readonly StatementLine[], by: string, at: number): Promise<Imported>;
  /** Newest date first. */
  all(): Promise<readonly BankLine[]>;
}

const kind = 'bankLine';

export function createBankLines(
  store: Pick<Store, 'readDocument' | 'writeDocument' | 'listDocuments'>,
  crypto: Crypto,
): BankLines {
  async function write(line: StatementLine, by: string, at: number): Promise<'added' | 'known' | 'changed'> {
    const id = crypto.digest(kind, line.transaction);
    for (;;) {
      const stored = (await store.readDocument(kind, id))?.data as BankLine | undefined;
      if (stored) return isSame(stored, line) ? 'known' : 'changed';
      try {
        await store.writeDocument(kind, id, { ...line, id, importedAt: at, importedBy: by } as unknown as Json, 0);
        return 'added';
      } catch (error) {
        // Two people import the same file: whoever was first has written it.
        if (!(error instanceof Conflict)) throw error;
      }
    }
  }

  return {
    async add(lines, by, at) {
      const counts = { added: 0, known: 0 };
      const changed: string[] = [];
      for (const line of lines) {
        const outcome = await write(line, by, at);
        if (outcome === 'changed') changed.push(line.transaction);
        else counts[outcome] += 1;
      }
      return { ...counts, changed };
    },
    async all() {
      const found: BankLine[] = [];
      for await (const { document } of store.listDocuments(kind)) found.push(document.data as unknown as BankLine);
      return found.sort((a, b) =>
        a.date < b.date ? 1 : a.date > b.date ? -1 : a.transaction < b.transaction ? -1 : 1,
      );
    },
  };
}

function isSame(one: StatementLine, other: StatementLine): boolean {
  return one.amount === other.amount && one.date === other.date && one.payer === other.payer;
}
