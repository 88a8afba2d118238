import type { Moment } from './heap.ts';
import type { Pool } from './staff.ts';

export type Happening =
  | { readonly kind: 'arrive'; readonly who: number }
  | { readonly kind: 'slot'; readonly who: number; readonly stamp: number }
  | ({ readonly kind: 'done'; readonly who: number; readonly stamp: number } & Acting)
  | { readonly kind: 'shift'; readonly pool: Pool };

/** What is to happen at a moment. */
export type Planned = Moment & Happening;

/** Somebody employed who acts. */
export interface Acting {
  readonly pool: Pool;
  readonly person: number;
}
