import type { Json } from '../model/json.ts';
import { type Node, pathOf } from './ast.ts';
import type { Scope } from './evaluate.ts';
import type { Type, Types } from './types.ts';

/** Values that comprehensions bind, outermost first. */
export type Bound = readonly Json[];

/** Variables that comprehensions bind, outermost first, each with the way to the type of what it stands for. */
export type Variables = readonly { readonly name: string; readonly way: readonly string[] }[];

/** Where a path of names leads from. */
export interface Place {
  readonly root: string;
  /** Index of the variable that the path starts at; -1 when it starts at a root. */
  readonly variable: number;
  readonly names: readonly string[];
  /** The same way through the types of the roots; `element` leads into a list. */
  readonly way: readonly string[];
}

/** In the way to a type: the elements of a list. No field has such a name. */
export const element = '[]';

/** The last name of the way is missing in an object. */
export const absent = Symbol('absent');

/** The place of a plain path of names; null for any other node. */
export function placeOf(node: Node, variables: Variables): Place | null {
  const path = pathOf(node);
  if (path === null) return null;
  const [root = '', ...names] = path;
  const variable = variables.findLastIndex((each) => each.name === root);
  const start = variables[variable]?.way ?? [root];
  return { root, variable, names, way: [...start, ...names] };
}

/** The value; `absent` when the last name is missing in an object; undefined when the path does not lead that far. */
export function follow(place: Place, scope: Scope, bound: Bound): Json | typeof absent | undefined {
  const { names, variable } = place;
  let here: Json = (variable < 0 ? scope.values[place.root] : bound[variable]) ?? null;
  for (let index = 0; index < names.length; index++) {
    if (here === null || typeof here !== 'object' || Array.isArray(here)) return undefined;
    const name = names[index] as string;
    const inner: Json | undefined = Object.hasOwn(here, name) ? here[name] : undefined;
    if (inner === undefined) return index === names.length - 1 ? absent : undefined;
    here = inner;
  }
  return here;
}

/** Says whether a number at the end of the way is a decimal by its type. The same types are asked again and again. */
export function decimalAt(way: readonly string[]): (types: Types | undefined) => boolean {
  let known: Types | undefined;
  let decimal = false;
  return (types) => {
    if (types !== known) {
      known = types;
      decimal = typeAt(types, way)?.kind === 'double';
    }
    return decimal;
  };
}

function typeAt(types: Types | undefined, [root = '', ...names]: readonly string[]): Type | undefined {
  let type = types?.[root]?.type;
  for (const name of names) {
    if (name === element) type = type?.kind === 'list' ? type.of : undefined;
    else type = type?.kind === 'object' ? type.fields[name]?.type : type?.kind === 'map' ? type.of : undefined;
  }
  return type;
}
