import { formula } from './expression.ts';
import type { CompiledForm, Field, Formula, Rule } from './types.ts';

/** Which fields a change of one field may concern, itself included; null = any, so that everything is looked at. */
export function affectedBy(form: CompiledForm, name: string): ReadonlySet<string> | null {
  let known = graphs.get(form);
  if (known === undefined) {
    known = graphOf(form);
    graphs.set(form, known);
  }
  if (known.all) return null;
  let found = known.closures.get(name);
  if (found === undefined) {
    found = closure(known.readers, name);
    known.closures.set(name, found);
  }
  return found;
}

/** Whether a condition, formula, hint or summary of the form reads the root. */
export function readsRoot(form: CompiledForm, root: string): boolean {
  const own = [...formulasIn(form.hint), ...rulesIn([form.visible])];
  const parts = form.fields.some((field) => field.inner !== null && readsRoot(field.inner.form, root));
  const shown = form.fields.some((field) => field.summary.some((path) => path.split('.')[0] === root));
  return parts || shown || [...own, ...form.fields.flatMap(formulasOf)].some((one) => one.reads.has(root));
}

/**
 * Fields that are worked out from others, each after what it reads; where they read each other in a circle, in the
 * form's order.
 */
export function derivedIn(form: CompiledForm): readonly Field[] {
  let known = derived.get(form);
  if (known === undefined) {
    known = derivedOf(form);
    derived.set(form, known);
  }
  return known;
}

const derived = new WeakMap<CompiledForm, readonly Field[]>();

function derivedOf(form: CompiledForm): readonly Field[] {
  const order = new Set<Field>();
  const begun = new Set<Field>();
  const visit = (field: Field): void => {
    if (begun.has(field) || (field.compute === null && field.inner === null)) return;
    begun.add(field);
    for (const root of field.compute === null ? rootsOf(field) : field.compute.reads) {
      const source = form.field(root);
      if (source !== null) visit(source);
    }
    order.add(field);
  };
  for (const field of form.fields) visit(field);
  return [...order];
}

interface Graph {
  /** Too entangled to be followed: the form itself is conditional, fields depend on each other in a circle, … */
  readonly all: boolean;
  /** Field -> fields whose formulas read it. */
  readonly readers: ReadonlyMap<string, readonly string[]>;
  readonly closures: Map<string, ReadonlySet<string>>;
}

const graphs = new WeakMap<CompiledForm, Graph>();

function graphOf(form: CompiledForm): Graph {
  const readers = new Map<string, string[]>();
  let tables = false;
  for (const field of form.fields) {
    const self = rulesIn([field.visible, ...(field.compute === null ? [] : [field.compute])]);
    for (const root of rootsOf(field)) {
      if (root === 'tables') tables = true;
      const own = root === field.name && !self.some((one) => one.reads.has(root));
      if (!own && form.field(root) !== null) readers.set(root, [...(readers.get(root) ?? []), field.name]);
    }
  }
  // A table may look up any field of the form by its path.
  const all = tables || typeof form.visible !== 'boolean' || form.hint.includes('{') || isCircular(form, readers);
  return { all, readers, closures: new Map() };
}

function rootsOf(field: Field): Set<string> {
  const roots = new Set(formulasOf(field).flatMap((one) => [...one.reads]));
  if (field.options?.kind === 'source' && field.options.under !== null) roots.add(field.options.under);
  if (field.inner !== null)
    for (const inner of field.inner.form.fields) for (const root of rootsIn(inner)) roots.add(root);
  return roots;
}

/** Parts of parts reach out as well; a form that holds itself is looked into once. */
function rootsIn(field: Field, seen: ReadonlySet<object> = new Set()): Set<string> {
  const roots = new Set(formulasOf(field).flatMap((one) => [...one.reads]));
  const below = field.inner?.form;
  if (below === undefined || seen.has(field.schema)) return roots;
  for (const inner of below.fields)
    for (const root of rootsIn(inner, new Set([...seen, field.schema]))) roots.add(root);
  return roots;
}

function isCircular(form: CompiledForm, readers: ReadonlyMap<string, readonly string[]>): boolean {
  const done = new Set<string>();
  const under = new Set<string>();
  const visit = (name: string): boolean => {
    if (under.has(name)) return true;
    if (done.has(name)) return false;
    under.add(name);
    const found = (readers.get(name) ?? []).some(visit);
    under.delete(name);
    done.add(name);
    return found;
  };
  return form.fields.some((field) => visit(field.name));
}

function closure(readers: ReadonlyMap<string, readonly string[]>, name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (const one of found) for (const reader of readers.get(one) ?? []) found.add(reader);
  return found;
}

function formulasOf(field: Field): Formula[] {
  const { visible, required, readonly, compute, prefill } = field;
  const given = [compute, prefill].filter((one) => one !== null);
  return [...rulesIn([visible, required, readonly]), ...given, ...formulasIn(field.hint)];
}

const rulesIn = (rules: readonly Rule[]): Formula[] => rules.filter((rule) => typeof rule !== 'boolean');

/** The formulas that a text holds in braces. */
const formulasIn = (text: string): Formula[] =>
  [...text.matchAll(/\{([^{}]+)\}/g)].map((match) => formula(match[1] ?? ''));
