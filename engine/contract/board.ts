import type { Board } from '../explain/board.ts';
import type { Definition } from '../model/definition.ts';

export interface BoardList {
  readonly projects: readonly { readonly id: string; readonly title: string; readonly changed: boolean }[];
}

/** What is said at the desk beside the release of a project. */
export interface BoardView {
  /** As the release says it. */
  readonly project: Pick<
    Definition['project'],
    'id' | 'title' | 'number' | 'opens' | 'closes' | 'closed' | 'announcements'
  >;
  readonly board: Board;
  /** Sent back as `base`. */
  readonly version: number;
  readonly history: readonly { readonly at: number; readonly by: string; readonly note: string }[];
}
