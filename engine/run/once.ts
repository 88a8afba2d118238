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
