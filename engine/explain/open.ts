import { type Locale, sentence } from '../errors/index.ts';
import type { Announcement, Definition } from '../model/definition.ts';
import { dayOf } from '../run/calendar.ts';
import { zoneMinutes } from '../zone.ts';

/** What a project announces now, newest first. @param now epoch ms */
export function announced({ announcements = [] }: Definition['project'], now: number): readonly Announcement[] {
  const today = dayOf(now, zone);
  const due = announcements.filter(({ from, until }) => from <= today && (until === undefined || today <= until));
  return due.sort((a, b) => (a.from < b.from ? 1 : -1));
}

const zone = { offsetMinutes: zoneMinutes };

/**
 * Why a project takes no new cases now, or null when it does: somebody closed it, its first day is to come, its last day is
 * over. Both days belong to it.
 * @param now epoch ms
 */
export function whyClosed(
  { closed, opens, closes }: Definition['project'],
  now: number,
  locale?: Locale,
): string | null {
  if (closed !== undefined) return closed;
  const today = dayOf(now, zone);
  if (opens !== undefined && today < opens) return sentence('project-opens', { date: opens }, locale);
  if (closes !== undefined && today > closes) return sentence('project-ended', { date: closes }, locale);
  return null;
}
