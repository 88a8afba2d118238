import type { CalendarChanges, Days } from '../model/definition.ts';
import { entries, get, type Node, plain } from '../read/index.ts';

/** What a project says about working days, or null when it says nothing. */
export function calendarChanges(node: Node | undefined): CalendarChanges | null {
  const days = daysOf(node);
  const others = Object.fromEntries(
    entries(get(node, 'others')).map(([connector, entry]) => [connector, daysOf(entry.value)]),
  );
  const nothing = Object.keys(days).length === 0 && Object.keys(others).length === 0;
  return nothing ? null : { days, others };
}

function daysOf(node: Node | undefined): Days {
  const days = get(node, 'days');
  return days?.kind === 'map' ? (plain(days) as Days) : {};
}
