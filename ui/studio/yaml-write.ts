import type { Json } from '../../engine/model/json.ts';

/** How the studio writes a value: in one line while it fits, else a line for each entry. */

const WIDTH = 120;

/** A value in one line of YAML, quoted wherever it could be read as something else. */
export function flow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => `${keyText(name)}: ${flow(inner)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' ? quoted(value, /^(true|false|null|yes|no|on|off|y|n)$/i) : String(value);
}

/** A name in front of its colon. `on:` is a word of the language. */
export function keyText(name: string): string {
  return quoted(name, /^(true|false|null)$/i);
}

/**
 * A map or list as lines in this column; null while it fits into the line that starts at `from`, or is no map or list.
 * There is no line break at the end.
 */
export function block(value: Json, indent: number, from: number): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (from + flow(value).length <= WIDTH) return null;
  const space = ' '.repeat(indent);
  const entries = Array.isArray(value)
    ? value.map((inner) => ['-', inner] as const)
    : Object.entries(value).map(([name, inner]) => [`${keyText(name)}:`, inner] as const);
  if (entries.length === 0) return null;
  return entries
    .map(([head, inner]) => {
      const lines = block(inner, indent + 2, indent + head.length + 1);
      return lines === null ? `${space}${head} ${flow(inner)}` : `${space}${head}\n${lines}`;
    })
    .join('\n');
}

function quoted(text: string, words: RegExp): string {
  const plain = /^[\p{L}][\p{L}\p{N} _.\-（）、，。：/]*$/u.test(text) && text.trim() === text;
  return plain && !words.test(text) ? text : JSON.stringify(text);
}
