/**
 * How a case goes on under another release of its project. What is not named keeps its address: a plan says only what
 * the new release calls otherwise or has no more. Plain JSON.
 */
export interface MigrationPlan {
  /** State of the old release -> where the case stands then, with everything below it; null: that part is no more. */
  readonly states?: { readonly [address: string]: string | null };
  /** Timer of the case -> timer that goes on with what is left of it; null: it is dropped. */
  readonly timers?: { readonly [timer: string]: string | null };
}
