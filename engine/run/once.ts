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
