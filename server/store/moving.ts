import type { Json } from '../../engine/model/json.ts';
import type { Store } from './store.ts';

/** What `certflow move` notes in a store: that it is not whole yet, or that its contents live elsewhere now. */
export const MOVE_KIND = 'move';
export const MOVE_ID = 'state';

export type MoveState =
  | { readonly kind: 'coming'; readonly from: string }
  | { readonly kind: 'gone'; readonly to: string };

/** A store that must not be worked with, in a sentence that says what to do. */
export class MovedAway extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MovedAway';
  }
}

export async function moveStateOf(store: Pick<Store, 'readDocument'>): Promise<MoveState | null> {
  return ((await store.readDocument(MOVE_KIND, MOVE_ID))?.data ?? null) as MoveState | null;
}

export async function noteMove(
  store: Pick<Store, 'writeDocument' | 'removeDocument'>,
  state: MoveState | null,
): Promise<void> {
  if (state === null) await store.removeDocument(MOVE_KIND, MOVE_ID);
  else await store.writeDocument(MOVE_KIND, MOVE_ID, state as unknown as Json);
}

/** @throws MovedAway */
export async function requireStayed(store: Pick<Store, 'readDocument'>): Promise<void> {
  const state = await moveStateOf(store);
  if (state === null) return;
  throw new MovedAway(
    state.kind === 'coming'
      ? '搬迁没有做完，这里的数据不完整。请再运行一次 certflow move，它会接着做'
      : `数据已经搬到 ${state.to}，这里的是旧的一份。请改用新的存储（STORE），或用 certflow move 搬回来`,
  );
}
