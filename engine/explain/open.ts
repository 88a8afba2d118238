import { type Locale, sentence } from '../errors/index.ts';
import type { Definition } from '../model/definition.ts';
import { zoneMinutes } from '../zone.ts';

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
  const today = new Date(now + zoneMinutes * 60_000).toISOString().slice(0, 10);
  if (opens !== undefined && today < opens) return sentence('project-opens', { date: opens }, locale);
  if (closes !== undefined && today > closes) return sentence('project-ended', { date: closes }, locale);
  return null;
}
