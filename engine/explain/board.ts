import type { Announcement, Definition } from '../model/definition.ts';

/**
 * [XPL-16] What is said at the desk beside a release: when the project takes new cases, and what it tells people. The release stays
 * as it was published; what stands here goes before it.
 */
export interface Board {
  /** Null: as the release says. Otherwise all of it; what is absent holds for no day. */
  readonly opening: { readonly opens?: string; readonly closes?: string; readonly closed?: string } | null;
  /** By id; null takes an announcement of the release down. */
  readonly announcements: { readonly [id: string]: Omit<Announcement, 'id'> | null };
}

export const emptyBoard: Board = { opening: null, announcements: {} };

/** A project as people meet it: the release with the board before it. */
export function withBoard(project: Definition['project'], { opening, announcements }: Board): Definition['project'] {
  const { opens, closes, closed, announcements: released = [], ...rest } = project;
  const kept = released.filter(({ id }) => !Object.hasOwn(announcements, id));
  const own = Object.entries(announcements).flatMap(([id, one]) => (one === null ? [] : [{ id, ...one }]));
  const said = opening ?? {
    ...(opens !== undefined && { opens }),
    ...(closes !== undefined && { closes }),
    ...(closed !== undefined && { closed }),
  };
  return { ...rest, ...said, ...(kept.length + own.length > 0 && { announcements: [...kept, ...own] }) };
}
