/**
 * Freezes a value in all its depth, so that it can be given to several. What it has in common with `before`, at the same
 * place, is not looked through again: of a case after a step that is most of it.
 * @param before something that this was true of @returns whether it is exactly what would be read out of its JSON
 */
export function fixed(value: unknown, before?: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || value === before || fixedObject(value, isPart(before) ? before : {});
    default:
      return false;
  }
}

type Part = { readonly [key: string]: unknown };

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

function fixedObject(value: object, before: Part): boolean {
  if (Array.isArray(value)) {
    // A hole is no item: by place.
    for (let n = 0; n < value.length; n += 1) if (!fixed(value[n], before[n])) return false;
  } else {
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const key of Object.keys(value)) if (!fixed((value as Part)[key], ownOf(before, key))) return false;
  }
  Object.freeze(value);
  return true;
}

const ownOf = (part: Part, key: string): unknown => (Object.hasOwn(part, key) ? part[key] : undefined);
