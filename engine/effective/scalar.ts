import type { Json } from '../model/json.ts';
import type { Node, ScalarNode } from '../read/index.ts';

/** What YAML 1.2 reads as the same text without quotes, in a flow and out of it. */
const bare = /^[\p{L}\p{N}_./%(（“][^\n:#,[\]{}"'&*!|>@`]*$/u;
const other = /^(?:true|false|null|~|\.inf|\.nan|[-+]?(?:\d+|\d*\.\d*)(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+)$/i;

export function scalarText(value: ScalarNode['value']): string {
  if (typeof value !== 'string') return String(value);
  const isBare = bare.test(value) && !other.test(value) && value.trim() === value;
  return isBare ? value : JSON.stringify(value);
}

/** A text of several lines is written below its name. */
export function isLong(value: ScalarNode['value']): boolean {
  return typeof value === 'string' && value.includes('\n');
}

/** A node, or plain data, in one line. */
export function oneLine(what: Node | Json): string {
  if (isNode(what)) {
    if (what.kind === 'scalar') return scalarText(what.value);
    if (what.kind === 'list') return `[${what.items.map(oneLine).join(', ')}]`;
    const pairs = [...what.entries].map(([key, { value }]) => `${scalarText(key)}: ${oneLine(value)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (Array.isArray(what)) return `[${what.map(oneLine).join(', ')}]`;
  if (typeof what === 'object' && what !== null) {
    const pairs = Object.entries(what).map(([key, value]) => `${scalarText(key)}: ${oneLine(value)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return scalarText(what);
}

const most = 110;

/** Its author wrote it in one line, and it is not too long for one. */
export function onOneLine(node: Node): boolean {
  if (node.kind === 'scalar') return !isLong(node.value);
  return isFlat(node, node.origin.line) && oneLine(node).length <= most;
}

function isFlat(node: Node, line: number): boolean {
  if (node.origin.line !== line) return false;
  if (node.kind === 'scalar') return !isLong(node.value);
  const inner = node.kind === 'list' ? node.items : [...node.entries.values()].map(({ value }) => value);
  return inner.every((each) => isFlat(each, line));
}

/** Located data; plain data with these keys does not occur in a definition. */
function isNode(what: Node | Json): what is Node {
  return typeof what === 'object' && what !== null && !Array.isArray(what) && 'kind' in what && 'origin' in what;
}
