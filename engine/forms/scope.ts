import type { Json, JsonObject } from '../model/json.ts';
import { own } from '../model/own.ts';
import { tableValues } from './tables.ts';
import type { CompiledForm, Field, FormContext, Scope } from './types.ts';

/** What `scopeIn` needs of a form; a part of a form has it too. */
export type Scoped = Pick<CompiledForm, 'id' | 'field'>;

/**
 * What an expression of this form sees: its own fields by bare name, over the tables, the other forms, the settings and
 * further roots. Fields that are hidden are not there. Texts, ticks, lists and objects that are still empty are there
 * as empty; numbers are not (0 would be a lie). Looked up name by name: an expression reads a few, a form has hundreds.
 */
export function scopeIn(
  form: Scoped,
  values: JsonObject,
  context: FormContext,
  hidden: ReadonlySet<string> = new Set(),
): Scope {
  const outer = outerScope(form, values, context, hidden);
  return lookedUp((name) => {
    const field = form.field(name);
    if (field === null) return outer[name];
    return valueIn(values, name, hidden) ?? emptyOf(field);
  });
}

function outerScope(form: Scoped, values: JsonObject, context: FormContext, hidden: ReadonlySet<string>): Scope {
  let tables: Json | undefined;
  return lookedUp((name) => {
    if (name !== 'tables' || context.tables === undefined) return around(form, context, name);
    tables ??= tableValues(
      context.tables,
      lookedUp((root) => (root === form.id ? shown(values, hidden) : around(form, context, root))),
    );
    return tables;
  });
}

/** The other forms, the settings and further roots; what is around the form's own part last. */
function around(form: Scoped, context: FormContext, name: string): Json | undefined {
  if (name !== form.id && Object.hasOwn(context.forms, name)) return context.forms[name];
  if (name === 'settings') return context.settings;
  const root = rootIn(context.roots, name);
  return root === undefined ? context.around?.[name] : root;
}

function shown(values: JsonObject, hidden: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !hidden.has(name)));
}

function valueIn(values: JsonObject, name: string, hidden: ReadonlySet<string>): Json | undefined {
  return hidden.has(name) ? undefined : own(values, name);
}

/** Roots are worked out when they are read, so they stand on a prototype; what every object knows is none of them. */
function rootIn(roots: JsonObject | undefined, name: string): Json | undefined {
  return roots === undefined || name in Object.prototype ? undefined : roots[name];
}

function lookedUp(read: (name: string) => Json | undefined): Scope {
  return new Proxy<Scope>(nothing, new Looked(read));
}

const nothing: Scope = Object.freeze({});

/** A class, so that its method is made once and not with each scope: a form makes several for each field. */
class Looked implements ProxyHandler<Scope> {
  private readonly read: (name: string) => Json | undefined;

  constructor(read: (name: string) => Json | undefined) {
    this.read = read;
  }

  get(_: Scope, name: string | symbol): Json | undefined {
    return typeof name === 'string' ? this.read(name) : undefined;
  }
}

const notAccepted = { accepted: false };
const emptyList: Json[] = [];
const emptyObject = {};

function emptyOf(field: Field): Json | undefined {
  switch (field.type) {
    case 'string':
      return '';
    case 'boolean':
      return field.agreements.length > 0 ? notAccepted : false;
    case 'array':
      return emptyList;
    case 'object':
      return emptyObject;
    default:
      return undefined;
  }
}
