import { zoneMinutes } from '../../../../engine/zone.ts';
import { StatementFault } from '../reconcile.ts';

/** Where a column stands. @throws StatementFault when it is not there */
export function placeOf(titles: readonly string[], name: string): number {
  const at = titles.indexOf(name);
  if (at < 0) throw new StatementFault(`没有“${name}”这一列`, `the column ${name} is not there`);
  return at;
}

/** `2026-11-28 11:02:03` in the hall's zone, in ms; NaN when it is no time. */
export function timeOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) - zoneMinutes * 60_000;
}
