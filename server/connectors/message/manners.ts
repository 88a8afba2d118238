import { createHash } from 'node:crypto';
import { zoneMinutes } from '../../../engine/zone.ts';
import { Conflict, type Store } from '../../store/store.ts';

/** Not now: nothing was sent and no try is used up; at `until` it may. */
export interface Manners {
  /**
   * Whether a message may go to this number now, else the time from which it may. `again`: it was let go before today, and
   * nobody knows whether it went.
   */
  mayGo(mobile: string, key: string, now: number): Promise<'now' | 'again' | number>;
}

export interface MannersSettings {
  /** Minutes of the day in the house's zone; null = day and night. */
  readonly quiet: { readonly from: number; readonly to: number } | null;
  /** Messages to one number on one day at most. */
  readonly perDay: number;
}

const DAY = 86_400_000;
const zone = zoneMinutes * 60_000;

/** `21:00-08:00`; null for nothing. @throws RangeError */
export function quietOf(text: string): MannersSettings['quiet'] {
  if (text === '' || text === 'off') return null;
  const [, h1, m1, h2, m2] = /^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (h1 === undefined) throw new RangeError(`${text} is no time of the day like 21:00-08:00`);
  return { from: Number(h1) * 60 + Number(m1), to: Number(h2) * 60 + Number(m2) };
}

/** The end of the quiet time that `now` lies in, or null. */
export function quietUntil(quiet: MannersSettings['quiet'], now: number): number | null {
  if (quiet === null) return null;
  const day = Math.floor((now + zone) / DAY) * DAY - zone;
  const minute = Math.floor((now - day) / 60_000);
  const { from, to } = quiet;
  if (from <= to) return minute >= from && minute < to ? day + to * 60_000 : null;
  if (minute >= from) return day + DAY + to * 60_000;
  return minute < to ? day + to * 60_000 : null;
}

/** Quiet hours and a cap, counted in small documents whose names hold no number. */
export function createManners(
  store: Pick<Store, 'readDocument' | 'writeDocument'>,
  { quiet, perDay }: MannersSettings,
): Manners {
  return {
    async mayGo(mobile, key, now) {
      const until = quietUntil(quiet, now);
      if (until !== null) return until;
      const day = Math.floor((now + zone) / DAY);
      const id = createHash('sha256').update(`${mobile}/${day}`).digest('hex').slice(0, 32);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const stored = await store.readDocument('sent', id);
        const keys = (stored?.data as { readonly keys: readonly string[] } | undefined)?.keys ?? [];
        if (keys.includes(key)) return 'again';
        const tomorrow = (day + 1) * DAY - zone;
        if (keys.length >= perDay) return quietUntil(quiet, tomorrow) ?? tomorrow;
        try {
          await store.writeDocument('sent', id, { keys: [...keys, key] }, stored?.version ?? 0);
          return 'now';
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
        }
      }
      return now + 1_000;
    },
  };
}
