/** A page of a list; a number beyond its end is the last one. */
export function pageOf<T>(found: readonly T[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(found.length / size));
  const page = Math.min(wanted, pages);
  return { shown: found.slice((page - 1) * size, page * size), place: { total: found.length, page, pages } };
}
