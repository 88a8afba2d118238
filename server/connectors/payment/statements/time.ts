import { zoneMinutes } from '../../../../engine/zone.ts';

/** `2026-11-28 11:02:03` in the hall's zone, in ms; NaN when it is no time. */
export function timeOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) - zoneMinutes * 60_000;
}
