import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../../engine/model/json.ts';
import type { Store } from '../../store/store.ts';
import type { Paid } from './provider.ts';

/** A payment that somebody told us of and that its case may not know yet. */
export interface UntoldPayment {
  readonly provider: string;
  readonly paid: Paid;
}

/**
 * Written before anything else of a payment, gone when its case has it: books and cases are documents of their own, and a
 * process that ends between the two leaves its work here for the next start.
 */
export interface Untold {
  /** @param id of the payment */
  note(id: string, payment: UntoldPayment): Promise<void>;
  told(id: string): Promise<void>;
  list(): Promise<readonly UntoldPayment[]>;
}

const kind = 'untoldPayment';

export function createUntold(
  store: Pick<Store, 'readDocument' | 'writeDocument' | 'removeDocument' | 'listDocuments'>,
): Untold {
  return {
    async note(id, payment) {
      const known = await store.readDocument(kind, id);
      if (isDeepStrictEqual(known?.data, payment)) return;
      await store.writeDocument(kind, id, payment as unknown as Json);
    },
    async told(id) {
      // Most messages come more than once: what is gone costs no write.
      if (await store.readDocument(kind, id)) await store.removeDocument(kind, id);
    },
    async list() {
      const found: UntoldPayment[] = [];
      for await (const { document } of store.listDocuments(kind)) found.push(document.data as unknown as UntoldPayment);
      return found;
    },
  };
}
