import type { Erased } from './composed.ts';
import type { Json, JsonObject } from './json.ts';

/** What the shell has to do after the commit. Effects are stored in the outbox in the same write as the case. */
export type Effect =
  /** Ask another system. Its answer comes back as an `outcome` command with the same call and generation. */
  | {
      readonly kind: 'call';
      /** Idempotency key, `caseId:revision:index`: the same after every repeat. */
      readonly key: string;
      readonly call: string;
      readonly generation: number;
      readonly connector: string;
      readonly operation: string;
      /** Input of the operation; a secret stands as `{ "$secret": name, "generation": n }` and is filled in by the shell. */
      readonly input: JsonObject;
    }
  /** The case no longer waits for this call; its late result is still delivered. */
  | { readonly kind: 'leave'; readonly key: string; readonly call: string; readonly generation: number }
  /** Make a new secret; older generations of the name are dead. The value never comes back into the engine. */
  | {
      readonly kind: 'makeSecret';
      readonly key: string;
      readonly secret: string;
      readonly generation: number;
      readonly shape: { readonly digits: number } | { readonly token: true };
      /** Milliseconds since the epoch, or null when it does not expire. */
      readonly validUntil: number | null;
    }
  /** Tell somebody. The text is final but for secrets, which cannot stand in it. */
  | {
      readonly kind: 'notice';
      readonly key: string;
      readonly notice: string;
      readonly by: 'sms' | 'email' | 'page' | 'desk' | 'inbox';
      /** A phone number, an address, a role (`role.finance`), or null for the page of the case and its owner's inbox. */
      readonly to: string | null;
      readonly text: string;
    }
  /**
   * Forget what the case held. `files`: the bytes of all its files, also of those that no form refers to any more. `values`: what
   * the shell keeps beside the case (working copies); the case's own data is erased already.
   */
  | { readonly kind: 'erase'; readonly key: string; readonly what: Erased };

export type { Json };
