import type { CaseName, DifferenceView } from './routes.ts';

/** What a case has moved, in fen: above zero came to the house, below zero went back. */
export interface LedgerAccount {
  /** Null = money that belongs to no case. */
  readonly case: CaseName | null;
  readonly subject: string;
  readonly label: string;
  readonly came: number;
  readonly back: number;
  readonly held: number;
  readonly movements: readonly {
    /** `payment/<transaction>`, `refund/<number>`. */
    readonly id: string;
    readonly at: number;
    readonly provider: string;
    readonly amount: number;
  }[];
}

export interface LedgerView {
  readonly accounts: readonly LedgerAccount[];
  readonly sums: { readonly came: number; readonly back: number; readonly held: number };
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** A difference that a comparison found: it stays until the two agree, or two people have settled it. */
export interface OpenDifference extends DifferenceView {
  readonly key: string;
  readonly provider: string;
  readonly foundAt: number;
  /** The case that the movement belongs to, where the ledger knows it. */
  readonly case: CaseName | null;
  readonly settled?: {
    readonly note: string;
    readonly at: number;
    readonly by: string;
    /** Id of whoever wrote it down: they do not confirm it. */
    readonly own: string;
    readonly confirmed?: { readonly at: number; readonly by: string };
  };
}
