/** Where the page is. `state` is what the link that led here wanted to say besides; it survives a reload. */
export interface Address {
  readonly pathname: string;
  /** With its `?`, or empty. */
  readonly search: string;
  /** With its `#`, or empty. */
  readonly hash: string;
  readonly state: unknown;
  /** The browser's Back or Forward led here: the browser knows how far the page was scrolled. */
  readonly again: boolean;
}

export type Params = { readonly [name: string]: string };

/**
 * The parts of the path that a pattern names: `/cases/:id` on `/cases/7` -> `{ id: '7' }`; null where it does not fit.
 * `/desk/*` fits `/desk` and everything below it; a slash at the end counts for nothing.
 */
export function matched(pattern: string, pathname: string): Params | null {
  const wanted = partsOf(pattern);
  const given = partsOf(pathname);
  const below = wanted.at(-1) === '*';
  if (below) wanted.pop();
  if (below ? given.length < wanted.length : given.length !== wanted.length) return null;
  const params: { [name: string]: string } = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decoded(value);
    else if (part !== value) return null;
  }
  return params;
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
