/** The function, worked out once for each object that it is asked about, as long as that object is held. */
export function once<Given extends object, Made>(make: (given: Given) => Made): (given: Given) => Made {
  const known = new WeakMap<Given, { readonly made: Made }>();
  return (given) => {
    let entry = known.get(given);
    if (entry === undefined) {
      entry = { made: make(given) };
      known.set(given, entry);
    }
    return entry.made;
  };
}

/**
 * The same, remembering only the last object: a step asks about one world and its parts again and again. It costs the
 * collector of memory nothing, which a weak map does for each object.
 */
export function lastOnce<Given extends object, Made>(make: (given: Given) => Made): (given: Given) => Made {
  let known: { readonly given: Given; readonly made: Made } | null = null;
  return (given) => {
    if (known?.given !== given) known = { given, made: make(given) };
    return known.made;
  };
}

const mostLists = 16;

/** The same for a list of objects: two lists are the same when they hold the same objects in the same order. */
export function onceForAll<Given extends object, Made>(
  make: (given: readonly Given[]) => Made,
): (given: readonly Given[]) => Made {
  const nobody = {};
  const known = new WeakMap<object, { readonly given: readonly Given[]; readonly made: Made }[]>();
  return (given) => {
    const first = given[0] ?? nobody;
    const entries = known.get(first) ?? [];
    known.set(first, entries);
    const same = entries.find((entry) => isSame(entry.given, given));
    if (same !== undefined) return same.made;
    const made = make(given);
    // Whoever edits a file again and again under the same first one does not fill the memory.
    if (entries.length >= mostLists) entries.shift();
    entries.push({ given: [...given], made });
    return made;
  };
}

function isSame(one: readonly object[], two: readonly object[]): boolean {
  return one.length === two.length && one.every((object, index) => object === two[index]);
}
