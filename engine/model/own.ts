/**
 * What a map has under a name that somebody wrote: nothing for `constructor`, `valueOf` and the other names that every
 * JavaScript object knows without having been given them.
 */
export function own<T>(map: { readonly [name: string]: T }, name: string | null | undefined): T | undefined {
  return name != null && Object.hasOwn(map, name) ? map[name] : undefined;
}
