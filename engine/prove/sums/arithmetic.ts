/** A linear form: variable -> coefficient, and a constant. Whole numbers; a variable with 0 is left out. */
export interface Form {
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
}

/** `form relation 0` */
export interface Constraint {
  readonly form: Form;
  readonly relation: '=' | '>=' | '>';
}

export const zero: Form = { terms: new Map(), constant: 0 };

export function constantOf(constant: number): Form {
  return { terms: new Map(), constant };
}

export function variable(name: string): Form {
  return { terms: new Map([[name, 1]]), constant: 0 };
}

/** `one + factor * other` */
export function plus(one: Form, other: Form, factor = 1): Form {
  const terms = new Map(one.terms);
  for (const [name, coefficient] of other.terms) {
    const sum = (terms.get(name) ?? 0) + factor * coefficient;
    if (sum === 0) terms.delete(name);
    else terms.set(name, sum);
  }
  return { terms, constant: one.constant + factor * other.constant };
}

/** The form with another one in the place of a variable. */
export function replaced(form: Form, name: string, by: Form): Form {
  const coefficient = form.terms.get(name);
  if (coefficient === undefined) return form;
  const terms = new Map(form.terms);
  terms.delete(name);
  return plus({ terms, constant: form.constant }, by, coefficient);
}

export function textOf({ terms, constant }: Form): string {
  const parts = [...terms]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, factor]) => `${factor}*${name}`);
  return [...parts, constant].join('+');
}

/** A constraint over numbered variables: coefficients, and at last the constant. */
interface Row {
  readonly numbers: readonly number[];
  readonly relation: Constraint['relation'];
}

/** Beyond so many constraints nothing is said any more: what is not known to be impossible is possible. */
const most = 400;

/**
 * Whether some values of the variables fulfil all constraints, by elimination (Gauss for equations, Fourier and Motzkin
 * for the others). True where it is not known.
 */
export function feasible(constraints: readonly Constraint[]): boolean {
  const names = new Map<string, number>();
  for (const { form } of constraints)
    for (const name of form.terms.keys()) if (!names.has(name)) names.set(name, names.size);
  let rows: readonly Row[] | null = constraints.map(({ form, relation }) => {
    const numbers = new Array<number>(names.size + 1).fill(0);
    for (const [name, coefficient] of form.terms) numbers[names.get(name) as number] = coefficient;
    numbers[names.size] = form.constant;
    return { numbers, relation };
  });
  rows = possible(rows);
  const open = new Set(names.values());
  while (rows !== null && open.size > 0) {
    if (rows.length > most) return true;
    const next = cheapest(rows, open);
    open.delete(next);
    rows = eliminated(rows, next);
  }
  return rows !== null;
}

/** One that an equation gives, else the one that makes the fewest new rows. */
function cheapest(rows: readonly Row[], open: ReadonlySet<number>): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const at of open) {
    let [above, below] = [0, 0];
    for (const { numbers, relation } of rows) {
      const each = numbers[at] as number;
      if (each === 0) continue;
      if (relation === '=') return at;
      if (each > 0) above += 1;
      else below += 1;
    }
    if (above * below - above - below < least) [best, least] = [at, above * below - above - below];
  }
  return best;
}

function eliminated(rows: readonly Row[], at: number): readonly Row[] | null {
  const equation = rows.find(({ numbers, relation }) => relation === '=' && numbers[at] !== 0);
  if (equation !== undefined)
    return possible(
      rows.flatMap((row) =>
        row === equation ? [] : row.numbers[at] === 0 ? [row] : [added(row, equation, at, row.relation)],
      ),
    );
  const found: Row[] = rows.filter(({ numbers }) => numbers[at] === 0);
  const above = rows.filter(({ numbers }) => (numbers[at] as number) > 0);
  const below = rows.filter(({ numbers }) => (numbers[at] as number) < 0);
  for (const one of above)
    for (const other of below)
      found.push(added(one, other, at, one.relation === '>' || other.relation === '>' ? '>' : '>='));
  return possible(found);
}

/** Both without a variable; the second is an equation, or their coefficients have different signs. */
function added(one: Row, other: Row, at: number, relation: Row['relation']): Row {
  const [a, b] = [one.numbers[at] as number, other.numbers[at] as number];
  const [factor, times] = [Math.abs(b), -a * Math.sign(b)];
  const numbers = one.numbers.map((each, index) => each * factor + times * (other.numbers[index] as number));
  const common = numbers.reduce(greatest, 0);
  return { numbers: common > 1 ? numbers.map((each) => each / common) : numbers, relation };
}

/** Without rows that always hold; null when one of them can never hold. */
function possible(rows: readonly Row[]): readonly Row[] | null {
  const found: Row[] = [];
  for (const row of rows) {
    const { numbers, relation } = row;
    const last = numbers.length - 1;
    let isConstant = true;
    for (let at = 0; at < last && isConstant; at++) isConstant = numbers[at] === 0;
    if (isConstant) {
      const constant = numbers[last] as number;
      if (relation === '=' ? constant !== 0 : relation === '>' ? constant <= 0 : constant < 0) return null;
    } else if (!found.some((other) => isSame(other, row))) found.push(row);
  }
  return found;
}

function isSame(one: Row, other: Row): boolean {
  return one.relation === other.relation && one.numbers.every((each, at) => each === other.numbers[at]);
}

/** The constraints that are left on the other variables; null when they contradict each other. */
export function without(constraints: readonly Constraint[], name: string): readonly Constraint[] | null {
  const equation = constraints.find(({ form, relation }) => relation === '=' && form.terms.has(name));
  const others = constraints.filter((each) => each !== equation);
  if (equation !== undefined) {
    return simplified(
      others.map((each) => (each.form.terms.has(name) ? combined(each, equation, name, each.relation) : each)),
    );
  }
  const above = others.filter(({ form }) => (form.terms.get(name) ?? 0) > 0);
  const below = others.filter(({ form }) => (form.terms.get(name) ?? 0) < 0);
  const rest = others.filter(({ form }) => !form.terms.has(name));
  const pairs = above.flatMap((one) =>
    below.map((other) => combined(one, other, name, one.relation === '>' || other.relation === '>' ? '>' : '>=')),
  );
  return simplified([...rest, ...pairs]);
}

/** Both without the variable; the second is an equation, or their coefficients have different signs. */
function combined(one: Constraint, other: Constraint, name: string, relation: Constraint['relation']): Constraint {
  const [a, b] = [one.form.terms.get(name) as number, other.form.terms.get(name) as number];
  // The first is multiplied by something above nothing, so that its relation stays as it is.
  const factor = -a * Math.sign(b);
  const form = plus(scaled(one.form, Math.abs(b)), other.form, factor);
  return { form, relation };
}

function scaled({ terms, constant }: Form, factor: number): Form {
  return { terms: new Map([...terms].map(([name, each]) => [name, each * factor])), constant: constant * factor };
}

/** Each once, divided by what its numbers have in common; null when one of them can never hold. */
function simplified(constraints: readonly Constraint[]): readonly Constraint[] | null {
  const found = new Map<string, Constraint>();
  for (const { form, relation } of constraints) {
    if (form.terms.size === 0) {
      const { constant } = form;
      if (relation === '=' ? constant !== 0 : relation === '>' ? constant <= 0 : constant < 0) return null;
      continue;
    }
    const common = [...form.terms.values(), form.constant].reduce(greatest, 0);
    const divided =
      common > 1
        ? { terms: new Map([...form.terms].map(([n, c]) => [n, c / common])), constant: form.constant / common }
        : form;
    found.set(`${textOf(divided)} ${relation}`, { form: divided, relation });
  }
  return [...found.values()];
}

function greatest(one: number, other: number): number {
  let [a, b] = [Math.abs(one), Math.abs(other)];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
