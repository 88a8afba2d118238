import { atAddress, type Node, pathOf } from './ast.ts';

/** What is known of a value's type without data; `any` is what data decides. */
type Known = 'any' | 'bool' | 'int' | 'double' | 'string' | 'null';

/**
 * True where it is plain that CEL finds the types of the expression in order, whatever the data is. Where it is not, CEL
 * is asked first: it refuses an expression with a mistake anywhere, also in a part that is not evaluated.
 */
export function isSound(node: Node): boolean {
  return knownOf(node) !== null;
}

const numbers: readonly Known[] = ['int', 'double'];

function knownOf(node: Node): Known | null {
  switch (node.op) {
    case 'value':
      return writtenAs(node.args);
    case 'id':
    case '.':
      return pathOf(node) === null ? null : 'any';
    case '!_':
      return isTruth(node.args) ? 'bool' : null;
    case '&&':
    case '||':
      return isTruth(node.args[0]) && isTruth(node.args[1]) ? 'bool' : null;
    case '==':
    case '!=':
      return goTogether(node.args[0], node.args[1]) ? 'bool' : null;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return areOrdered(node.args[0], node.args[1]) ? 'bool' : null;
    case 'call':
      return calledAs(node, node.args[0], node.args[1]);
    default:
      return null;
  }
}

function writtenAs(value: unknown): Known | null {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    default:
      return null;
  }
}

function isTruth(node: Node): boolean {
  const known = knownOf(node);
  return known === 'any' || known === 'bool';
}

function goTogether(one: Node, other: Node): boolean {
  const [left, right] = [knownOf(one), knownOf(other)];
  if (left === null || right === null) return false;
  return left === right || left === 'any' || right === 'any';
}

function areOrdered(one: Node, other: Node): boolean {
  const sides = [knownOf(one), knownOf(other)];
  if (sides.some((side) => side === null || side === 'bool' || side === 'null')) return false;
  const certain = sides.filter((side) => side !== 'any') as Known[];
  return new Set(certain).size <= 1 || certain.every((side) => numbers.includes(side));
}

function calledAs(node: Node, name: string, args: readonly Node[]): Known | null {
  if (atAddress(node) !== null && args.length === 1) return 'bool';
  const paths = args.map(pathOf);
  if (!paths.every((path) => path !== null)) return null;
  if (name === 'has' && paths.length === 1) return paths.every((path) => path.length > 1) ? 'bool' : null;
  if (name === 'size' && paths.length === 1) return 'int';
  return name === 'distinct' && paths.length > 1 && paths.length <= 8 ? 'bool' : null;
}
