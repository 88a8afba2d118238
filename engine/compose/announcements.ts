import type { Announcement, Definition } from '../model/definition.ts';
import { entries, type Node, plain } from '../read/index.ts';

/** What a project tells people from a day until a day. */
export function announcementsOf(node: Node | undefined): Pick<Definition['project'], 'announcements'> {
  const found = entries(node).map(([id, { value }]) => ({ id, ...(plain(value) as Omit<Announcement, 'id'>) }));
  return found.length === 0 ? {} : { announcements: found };
}
