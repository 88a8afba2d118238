import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';

/** What a request shows of who sends it. */
export interface Scraper {
  readonly authorization: string | undefined;
  /** The other end of the connection, whatever heads say. */
  readonly peer: string | undefined;
  /** Something stands in between and says so. */
  readonly isForwarded: boolean;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Who may read figures of operations: a program with the token. Without one nobody may in production: a proxy on the same
 * machine need not say that it is one, so that "from this machine" would be everybody. A developer's own machine may.
 * @returns `off` where there is nothing to be had
 */
export function mayReadMetrics(
  { metricsToken, development }: Pick<Config, 'metricsToken' | 'development'>,
  { authorization = '', peer = '', isForwarded }: Scraper,
): 'in' | 'refused' | 'off' {
  if (metricsToken !== null) return isSame(authorization, `Bearer ${metricsToken}`) ? 'in' : 'refused';
  return development && LOOPBACK.has(peer) && !isForwarded ? 'in' : 'off';
}

/** Takes as long whatever is guessed, of whatever length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
