/** Parameters of a form, of a query, or of the top level of a JSON object. */
export type Parameters = { readonly [name: string]: string };

/** What many providers sign: `a=1&b=2`, by name (code units), not encoded, without empty values and without `leftOut`. */
export function sorted(parameters: Parameters, leftOut: readonly string[]): string {
  return Object.entries(parameters)
    .filter(([name, value]) => value !== '' && !leftOut.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}
