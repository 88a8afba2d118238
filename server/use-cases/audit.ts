import type { Context } from '../context.ts';

/** Who looked at what of a person, or decided what, and why. */
export interface Deed {
  readonly person: string;
  /** Empty where it belongs to no case. */
  readonly caseId?: string;
  readonly action: string;
  readonly path: string;
  readonly reason?: string;
}

/** Written down for whoever asks later. */
export async function writeDown({ audit, clock }: Pick<Context, 'audit' | 'clock'>, deed: Deed): Promise<void> {
  await audit.append({ at: clock.now(), caseId: '', reason: '', ...deed });
}
