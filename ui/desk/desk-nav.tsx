import { type Door, deskApi } from '../api/desk.ts';
import type { QueueView } from '../api/index.ts';
import { useLoad } from '../app/load.ts';
import { Link } from '../app/route/index.ts';
import { say } from './nav-texts.ts';
import { say as desk } from './texts.ts';

export const VIEWS: readonly QueueView[] = ['open', 'mine', 'all'];

/** The queues, and the pages that the server opens to this person. */
export function DeskNav({ current }: { readonly current: QueueView | Door | null }) {
  const { state } = useLoad('doors', deskApi.doors);
  const doors = state.kind === 'ready' ? state.data : [];
  return (
    <nav className="wbtabs" aria-label={say('pages')}>
      {VIEWS.map((view) => (
        <Link key={view} to={`/desk?view=${view}`} aria-current={view === current ? 'page' : undefined}>
          {desk(view)}
        </Link>
      ))}
      {doors.map((door) => (
        <Link key={door} to={`/desk/${door}`} aria-current={door === current ? 'page' : undefined}>
          {say(door)}
        </Link>
      ))}
    </nav>
  );
}
