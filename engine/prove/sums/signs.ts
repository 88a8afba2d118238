import { type Constraint, constantOf, type Form, feasible, plus, textOf, without } from './arithmetic.ts';

/** For each form whether it may be below (1), at (2), above (4) nothing: bits together. */
export type Signs = readonly number[];

const anything = 7;

/** The forms of which the signs are followed. */
export class Forms {
  readonly all: Form[] = [];
  /** What always holds. */
  readonly bounds: Constraint[] = [];
  private readonly known = new Set<string>();
  private worked: Map<string, Signs | null> | null = null;

  add(form: Form): void {
    const one = canonical(form);
    const text = textOf({ terms: one.terms, constant: one.constant });
    if (one.terms.size === 0 || this.known.has(text)) return;
    this.known.add(text);
    this.all.push(one);
  }

  /** Nothing is known. */
  open(): Signs {
    return this.all.map(() => anything);
  }

  constraintsOf(signs: Signs): readonly Constraint[] {
    return [...this.bounds, ...signs.flatMap((mask, index) => constraintOf(this.all[index] as Form, mask) ?? [])];
  }

  /** The signs that the forms have under one of these sets of constraints; null where none can be fulfilled. */
  signsOf(sets: readonly (readonly Constraint[])[]): Signs | null {
    const names = new Set(this.all.flatMap(({ terms }) => [...terms.keys()]));
    // What no form is about is of no interest any more.
    const reduced = sets.flatMap((set) => onlyAbout(set, names) ?? []);
    let found: Signs | null = null;
    for (const set of reduced) {
      const signs = this.signsUnder(set);
      if (signs === null) continue;
      found = found === null ? signs : found.map((mask, index) => mask | (signs[index] as number));
    }
    return found;
  }

  private signsUnder(set: readonly Constraint[]): Signs | null {
    const text = set
      .map(({ form, relation }) => `${textOf(form)}${relation}`)
      .sort()
      .join(';');
    this.worked ??= workedFor(this.all);
    let signs = this.worked.get(text);
    if (signs === undefined) {
      signs = feasible(set) ? this.all.map((form) => signOf(form, set)) : null;
      if (this.worked.size > mostWorked) this.worked.clear();
      this.worked.set(text, signs);
    }
    return signs;
  }
}

/** Forms, as text -> constraints, as text -> the signs under them: projects of one process ask the same. */
const shared = new Map<string, Map<string, Signs | null>>();
const mostWorked = 20_000;

function workedFor(forms: readonly Form[]): Map<string, Signs | null> {
  const text = forms.map(textOf).join(';');
  let worked = shared.get(text);
  if (worked === undefined) {
    if (shared.size > 8) shared.clear();
    worked = new Map();
    shared.set(text, worked);
  }
  return worked;
}

function signOf(form: Form, set: readonly Constraint[]): number {
  return [1, 2, 4].reduce(
    (mask, bit) => (feasible([...set, constraintOf(form, bit) as Constraint]) ? mask | bit : mask),
    0,
  );
}

function onlyAbout(set: readonly Constraint[], names: ReadonlySet<string>): readonly (readonly Constraint[])[] | null {
  let left: readonly Constraint[] | null = set;
  const others = new Set(set.flatMap(({ form }) => [...form.terms.keys()].filter((name) => !names.has(name))));
  for (const name of others) {
    left = without(left, name);
    if (left === null) return null;
  }
  return [left];
}

/** A form and its negative are followed as one. */
function canonical(form: Form): Form {
  const [first] = [...form.terms].sort(([one], [other]) => (one < other ? -1 : 1));
  return first !== undefined && first[1] < 0 ? plus(constantOf(0), form, -1) : form;
}

function constraintOf(form: Form, mask: number): Constraint | null {
  const negative = plus(constantOf(0), form, -1);
  switch (mask) {
    case 1:
      return { form: negative, relation: '>' };
    case 2:
      return { form, relation: '=' };
    case 3:
      return { form: negative, relation: '>=' };
    case 4:
      return { form, relation: '>' };
    case 6:
      return { form, relation: '>=' };
    default:
      return null;
  }
}

/** Numbers for signs, so that equal ones are found at once. */
export class SignBook {
  private readonly all: Signs[] = [];
  private readonly known = new Map<string, number>();
  private readonly joins = new Map<number, number>();

  get count(): number {
    return this.all.length;
  }

  /** -1 for none at all. */
  of(signs: Signs | null): number {
    if (signs === null) return -1;
    const text = signs.join('');
    let number = this.known.get(text);
    if (number === undefined) {
      number = this.all.push(signs) - 1;
      this.known.set(text, number);
    }
    return number;
  }

  signs(number: number): Signs {
    return this.all[number] as Signs;
  }

  /** Either of them. */
  joined(one: number, other: number): number {
    if (one === other) return one;
    const key = one * 2 ** 26 + other;
    let joined = this.joins.get(key);
    if (joined === undefined) {
      const more = this.signs(other);
      joined = this.of(this.signs(one).map((mask, index) => mask | (more[index] as number)));
      this.joins.set(key, joined);
    }
    return joined;
  }
}

/** Equal texts are equal numbers. */
export class Numbers {
  private readonly known = new Map<string, number>();

  get count(): number {
    return this.known.size;
  }

  of(text: string): number {
    const number = this.known.get(text) ?? this.known.size;
    this.known.set(text, number);
    return number;
  }
}
