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
 * The object with a part that is worked out when somebody asks for it first. It is there like any other: listed, spread,
 * written as JSON.
 */
export function withLater<T extends object, Name extends string, Part>(
  object: T,
  name: Name,
  make: () => Part,
): T & { readonly [name in Name]: Part } {
  let pending: (() => Part) | null = make;
  let part: Part;
  const get = (): Part => {
    if (pending !== null) part = pending();
    // What it was made of is let go.
    pending = null;
    return part;
  };
  return Object.defineProperty(object, name, { get, enumerable: true }) as never;
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

const mostLists = 8;

/** The same for a list of objects: two lists are the same when they hold the same objects in the same order. */
export function onceForAll<Given extends object, Made>(
  make: (given: readonly Given[]) => Made,
): (given: readonly Given[]) => Made {
  const known = new Remembered<Made>();
  return (given) => known.of(given, '', () => make(given));
}

interface Entry<Made> {
  readonly given: readonly object[];
  readonly text: string;
  readonly made: Made;
}

/**
 * What was made of a list of objects and a text, for as long as the first of the objects is held. Whoever edits a file
 * again and again under the same first one does not fill the memory: the oldest of many is forgotten.
 */
export class Remembered<Made> {
  private readonly known = new WeakMap<object, Entry<Made>[]>();

  /** @param keep whether it is worth remembering; anything is, where nothing is said */
  of(given: readonly object[], text: string, make: () => Made, keep?: (made: Made) => boolean): Made {
    const first = given[0] ?? nobody;
    const entries = this.known.get(first) ?? [];
    const same = entries.find((entry) => entry.text === text && isSame(entry.given, given));
    if (same !== undefined) return same.made;
    const made = make();
    if (keep?.(made) === false) return made;
    if (entries.length >= mostLists) entries.shift();
    entries.push({ given: [...given], text, made });
    this.known.set(first, entries);
    return made;
  }
}

const nobody = {};

function isSame(one: readonly object[], two: readonly object[]): boolean {
  return one.length === two.length && one.every((object, index) => object === two[index]);
}
