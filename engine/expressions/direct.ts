import type { Json } from '../model/json.ts';
import { atAddress, type Node } from './ast.ts';
import type { Scope } from './evaluate.ts';
import { sumOf } from './parse.ts';
import { absent, type Bound, decimalAt, element, follow, type Place, placeOf, type Variables } from './places.ts';

/** CEL has its say: a missing member, a mistake, types that do not go together, a function that is not here. */
export const unsure: unique symbol = Symbol('unsure');

/** A value in CEL's shape that is no list and no object. */
type Plain = string | boolean | bigint | number | null;

/** Works out a part of an expression where the answer is certain without CEL. */
type Read = (scope: Scope, bound: Bound) => Plain | typeof unsure;
type ReadList = (scope: Scope, bound: Bound) => readonly Plain[] | typeof unsure;

/** Works out a whole expression. */
export type Direct = (scope: Scope) => Plain | typeof unsure;

/**
 * An expression as functions, made once: data needs no CEL shape for them. They give the value that CEL would give, or
 * `unsure`, and then CEL is asked about the whole expression, so that mistakes are told in its words.
 * For expressions that pass CEL's own check of types.
 */
export function directOf(node: Node): Direct {
  const read = readOf(node, []);
  return (scope) => read(scope, none);
}

const none: Bound = [];
const leftToCel = (): typeof unsure => unsure;

function readOf(node: Node, variables: Variables): Read {
  switch (node.op) {
    case 'value':
      return writtenOf(node.args);
    case 'id':
    case '.':
      return valueAt(node, variables);
    case '!_': {
      const inner = readOf(node.args, variables);
      return (scope, bound) => {
        const value = inner(scope, bound);
        return typeof value === 'boolean' ? !value : unsure;
      };
    }
    case '&&':
    case '||':
      return joined(readOf(node.args[0], variables), readOf(node.args[1], variables), node.op === '||');
    case '?:':
      return chosen(node.args.map((each) => readOf(each, variables)));
    case '[]':
      return elementOf(node.args[0], node.args[1], variables);
    case 'in':
      return amongOf(node.args[0], node.args[1], variables);
    case 'call':
      return calledOf(node, node.args[0], node.args[1], variables);
    default:
      return workedOf(node, variables);
  }
}

function writtenOf(value: unknown): Read {
  const plain = value === null || ['string', 'boolean', 'bigint', 'number'].includes(typeof value);
  return plain ? () => value as Plain : leftToCel;
}

function valueAt(node: Node, variables: Variables): Read {
  const place = placeOf(node, variables);
  if (place === null) return leftToCel;
  const decimal = decimalAt(place.way);
  return (scope, bound) => {
    const value = follow(place, scope, bound);
    if (value === absent || value === undefined) return unsure;
    return plainOf(value, scope, decimal);
  };
}

/** A JSON value in CEL's shape: whole numbers are ints, unless their type says otherwise. */
function plainOf(value: Json, scope: Scope, decimal: ReturnType<typeof decimalAt>): Plain | typeof unsure {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !decimal(scope.types) ? BigInt(value) : value;
  return value !== null && typeof value === 'object' ? unsure : value;
}

/** The right side is looked at when the left one is certain and does not decide, as in CEL. */
function joined(left: Read, right: Read, deciding: boolean): Read {
  return (scope, bound) => {
    const first = left(scope, bound);
    if (first === deciding) return deciding;
    if (first !== !deciding) return unsure;
    const second = right(scope, bound);
    return typeof second === 'boolean' ? second : unsure;
  };
}

function chosen([condition = leftToCel, yes = leftToCel, no = leftToCel]: readonly Read[]): Read {
  return (scope, bound) => {
    const value = condition(scope, bound);
    return typeof value === 'boolean' ? (value ? yes : no)(scope, bound) : unsure;
  };
}

function elementOf(list: Node, at: Node, variables: Variables): Read {
  const place = placeOf(list, variables);
  if (place === null) return leftToCel;
  const index = readOf(at, variables);
  const decimal = decimalAt([...place.way, element]);
  return (scope, bound) => {
    const [items, position] = [follow(place, scope, bound), index(scope, bound)];
    if (!Array.isArray(items) || typeof position !== 'bigint') return unsure;
    const item = items[Number(position)];
    return item === undefined ? unsure : plainOf(item, scope, decimal);
  };
}

/** A text among texts. */
function amongOf(one: Node, list: Node, variables: Variables): Read {
  const wanted = readOf(one, variables);
  const items = listOf(list, variables);
  return (scope, bound) => {
    const [value, among] = [wanted(scope, bound), items(scope, bound)];
    if (typeof value !== 'string' || typeof among === 'symbol') return unsure;
    return among.every((item) => typeof item === 'string') ? among.includes(value) : unsure;
  };
}

function listOf(node: Node, variables: Variables): ReadList {
  if (node.op === 'list') {
    const items = node.args.map((each) => readOf(each, variables));
    return (scope, bound) => certainly(items.map((item) => item(scope, bound)));
  }
  if (node.op === 'rcall') return mappedOf(node, variables);
  const place = placeOf(node, variables);
  if (place === null) return leftToCel;
  const decimal = decimalAt([...place.way, element]);
  return (scope, bound) => {
    const items = follow(place, scope, bound);
    return Array.isArray(items) ? certainly(items.map((item) => plainOf(item, scope, decimal))) : unsure;
  };
}

function certainly(items: readonly (Plain | typeof unsure)[]): readonly Plain[] | typeof unsure {
  return items.includes(unsure) ? unsure : (items as readonly Plain[]);
}

/** `list.map(x, …)` with plain values. */
function mappedOf(node: Extract<Node, { op: 'rcall' }>, variables: Variables): ReadList {
  const [method, receiver, [variable, body]] = node.args;
  const place = placeOf(receiver, variables);
  if (method !== 'map' || node.args[2].length !== 2 || place === null) return leftToCel;
  if (variable?.op !== 'id' || body === undefined) return leftToCel;
  const inner = [...variables, { name: variable.args, way: [...place.way, element] }];
  const read = readOf(body, inner);
  return (scope, bound) => {
    const items = follow(place, scope, bound);
    if (!Array.isArray(items)) return unsure;
    return certainly(items.map((item) => read(scope, [...bound, item])));
  };
}

function calledOf(node: Node, name: string, args: readonly Node[], variables: Variables): Read {
  const address = atAddress(node);
  if (address !== null) return (scope) => scope.at?.(address) ?? false;
  const only = args.length === 1 ? (args[0] as Node) : null;
  if (name === 'distinct') return distinctOf(args.map((each) => placeOf(each, variables)));
  if (name === 'has' && only !== null) return presenceOf(placeOf(only, variables));
  if (name === 'size' && only !== null) return sizeOf(placeOf(only, variables));
  if (name === 'sum' && only !== null) return totalOf(listOf(only, variables));
  return leftToCel;
}

function presenceOf(place: Place | null): Read {
  if (place === null || place.names.length === 0) return leftToCel;
  return (scope, bound) => {
    const value = follow(place, scope, bound);
    return value === undefined ? unsure : value !== absent;
  };
}

function sizeOf(place: Place | null): Read {
  if (place === null) return leftToCel;
  return (scope, bound) => {
    const value = follow(place, scope, bound);
    return Array.isArray(value) ? BigInt(value.length) : unsure;
  };
}

function totalOf(list: ReadList): Read {
  return (scope, bound) => {
    const items = list(scope, bound);
    if (items === unsure) return unsure;
    return items.every((item) => typeof item === 'bigint' || typeof item === 'number') ? sumOf(items) : unsure;
  };
}

function distinctOf(places: readonly (Place | null)[]): Read {
  if (!places.every((place) => place !== null)) return leftToCel;
  return (scope, bound) => {
    const seen: string[] = [];
    for (const place of places) {
      const value = follow(place, scope, bound);
      // Nobody there: different from all.
      if (value === absent) continue;
      if (typeof value !== 'string') return unsure;
      if (seen.includes(value)) return false;
      seen.push(value);
    }
    return true;
  };
}

type Numeric = bigint | number;
type Operator = (one: Plain, other: Plain) => Plain | typeof unsure;

/** Values of one type are equal or not; of several types, CEL decides what that means. */
const equal: Operator = (one, other) =>
  typeof one === typeof other && (one === null) === (other === null) ? one === other : unsure;

function compared(compare: (one: Numeric | string, other: Numeric | string) => boolean): Operator {
  return (one, other) => {
    if (typeof one === 'string' && typeof other === 'string') return compare(one, other);
    return isNumber(one) && isNumber(other) ? compare(one, other) : unsure;
  };
}

function isNumber(value: Plain): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number';
}

/** Ints with ints, decimals with decimals. What may leave 64 bits is CEL's. */
function calculated(whole: (one: bigint, other: bigint) => bigint, decimal: (one: number, other: number) => number) {
  return (one: Plain, other: Plain): Plain | typeof unsure => {
    if (typeof one === 'number' && typeof other === 'number') return decimal(one, other);
    if (typeof one !== 'bigint' || typeof other !== 'bigint') return unsure;
    const result = whole(one, other);
    return result === BigInt.asIntN(64, result) ? result : unsure;
  };
}

const plus = calculated(
  (one, other) => one + other,
  (one, other) => one + other,
);

const operators: { readonly [operator: string]: Operator } = {
  '==': equal,
  '!=': (one, other) => {
    const same = equal(one, other);
    return same === unsure ? unsure : !same;
  },
  '<': compared((one, other) => one < other),
  '<=': compared((one, other) => one <= other),
  '>': compared((one, other) => one > other),
  '>=': compared((one, other) => one >= other),
  '+': (one, other) => (typeof one === 'string' && typeof other === 'string' ? one + other : plus(one, other)),
  '-': calculated(
    (one, other) => one - other,
    (one, other) => one - other,
  ),
  '*': calculated(
    (one, other) => one * other,
    (one, other) => one * other,
  ),
};

function workedOf(node: Node, variables: Variables): Read {
  const work = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined;
  if (work === undefined) return leftToCel;
  const [left, right] = (node.args as readonly Node[]).map((each) => readOf(each, variables)) as [Read, Read];
  return (scope, bound) => {
    const one = left(scope, bound);
    if (one === unsure) return unsure;
    const other = right(scope, bound);
    return other === unsure ? unsure : work(one, other);
  };
}
