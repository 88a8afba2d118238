import type { Context } from '../context.ts';
import { newId } from '../ids.ts';

/** Who looked at what of a person, or decided what, and why; `caseId` is empty where it belongs to no case. */
export interface Deed {
  readonly person: string;
  readonly caseId: string;
  readonly action: string;
  readonly path: string;
  readonly reason: string;
}

/** Written down for whoever asks later. */
export async function writeDown({ store, clock }: Pick<Context, 'store' | 'clock'>, deed: Deed): Promise<void> {
  await store.writeDocument('audit', newId(), { at: clock.now(), ...deed });
}
