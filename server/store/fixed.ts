const known = new WeakSet<object>();

/**
 * Freezes a value in all its depth, so that it can be given to several. What was frozen here before is not looked through
 * again: of a case after a step that is most of it.
 * @returns whether it is exactly what would be read out of its JSON
 */
export function fixed(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || known.has(value) || fixedObject(value);
    default:
      return false;
  }
}

function fixedObject(value: object): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (!fixed(item)) return false;
  } else {
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    for (const key of Object.keys(value)) if (!fixed((value as { readonly [key: string]: unknown })[key])) return false;
  }
  known.add(Object.freeze(value));
  return true;
}
