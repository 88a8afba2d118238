/**
 * A phone that opened a one-time link acts by that link, also where the same browser is logged in as somebody:
 * its requests about cases say so with `?via=<secret>`. Set by the phone's page for as long as it is shown.
 */
let via: string | null = null;

export function actVia(secret: string | null): void {
  via = secret;
}

/** The address with `via` when this page acts by a link. */
export function acting(path: string): string {
  if (via === null) return path;
  return `${path}${path.includes('?') ? '&' : '?'}via=${encodeURIComponent(via)}`;
}
