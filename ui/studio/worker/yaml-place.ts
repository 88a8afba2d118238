/** Where in a YAML text somebody stands, as far as proposals need it: half a line is no YAML yet, so nothing is parsed. */
export interface YamlPlace {
  /** Keys around the place, from the outside in; of a value, its own key is the last. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** What is written of the word so far, and where it begins. */
  readonly word: string;
  readonly from: number;
}

interface Block {
  readonly indent: number;
  readonly key: string;
}

interface Flow {
  readonly bracket: '{' | '[';
  key: string | null;
  /** Where the word begins that is being written. */
  from: number;
}

const keyLine = /^((?:- +)*)("[^"]*"|'[^']*'|[^\s#:{}[\],][^#:{}[\],]*?) *:(?: +|$)/;

/** The place at an offset: block maps by their indentation, `{ }` and `[ ]` by their brackets, texts of several lines left out. */
export function placeAt(text: string, offset: number): YamlPlace {
  const blocks: Block[] = [];
  const flows: Flow[] = [];
  let literal: number | null = null;
  let start = 0;
  const lines = text.slice(0, offset).split('\n');
  for (const [number, line] of lines.entries()) {
    const isLast = number === lines.length - 1;
    const indent = line.search(/[^ ]|$/);
    const isBlank = line.trim() === '';
    if (literal !== null && !isBlank && indent > literal) {
      if (isLast) return { path: blocks.map(({ key }) => key), at: 'value', word: '', from: offset };
    } else if (flows.length > 0) {
      scan(line, 0, start, flows);
    } else if (!isBlank && line[indent] !== '#') {
      literal = null;
      const rest = line.slice(indent);
      const found = keyLine.exec(rest);
      const dashes = (found?.[1] ?? /^(?:- +)*/.exec(rest)?.[0] ?? '').length;
      while ((blocks.at(-1)?.indent ?? -1) >= indent + dashes) blocks.pop();
      if (found !== null) {
        blocks.push({ indent: indent + dashes, key: unquoted(found[2] ?? '') });
        const value = indent + found[0].length;
        if (/^[|>][+-]?\d?\s*$/.test(line.slice(value))) literal = indent;
        else if (/^[[{]/.test(line.slice(value))) scan(line, value, start, flows);
        else if (isLast && flows.length === 0) return valueAt(blocks, line.slice(value), start + value);
      } else if (/^[[{]/.test(rest.slice(dashes))) scan(line, indent + dashes, start, flows);
      else if (isLast) {
        const word = rest.slice(dashes);
        return { path: blocks.map(({ key }) => key), at: 'key', word, from: start + indent + dashes };
      }
    } else if (isLast && isBlank) {
      while ((blocks.at(-1)?.indent ?? -1) >= line.length) blocks.pop();
    }
    start += line.length + 1;
  }
  const path = [...blocks.map(({ key }) => key), ...flows.flatMap(({ key }) => (key === null ? [] : [key]))];
  const top = flows.at(-1);
  if (top === undefined) return { path, at: 'key', word: '', from: offset };
  return {
    path,
    at: top.bracket === '{' && top.key === null ? 'key' : 'value',
    word: text.slice(top.from, offset),
    from: top.from,
  };
}

function valueAt(blocks: readonly Block[], word: string, from: number): YamlPlace {
  const quote = /^["']/.test(word) ? 1 : 0;
  return { path: blocks.map(({ key }) => key), at: 'value', word: word.slice(quote), from: from + quote };
}

/** Reads on in brackets; they may go on for several lines. */
function scan(line: string, begin: number, start: number, flows: Flow[]): void {
  let quote = '';
  for (let index = begin; index < line.length; index += 1) {
    const letter = line[index] ?? '';
    const top = flows.at(-1);
    if (quote !== '') {
      if (letter === quote) quote = '';
      continue;
    }
    if (top === undefined && letter !== '{' && letter !== '[') return;
    if (letter === '"' || letter === "'") {
      // What is in a word (it's) quotes nothing.
      if (line.slice((top?.from ?? 0) - start, index).trim() === '') {
        quote = letter;
        if (top !== undefined) top.from = start + index + 1;
      }
    } else if (letter === '{' || letter === '[') {
      flows.push({ bracket: letter, key: null, from: start + index + 1 });
    } else if (letter === '}' || letter === ']') {
      flows.pop();
    } else if (letter === ',' && top !== undefined) {
      if (top.bracket === '{') top.key = null;
      top.from = start + index + 1;
    } else if (letter === ':' && top?.bracket === '{' && top.key === null && /^(?: |$)/.test(line.slice(index + 1))) {
      top.key = unquoted(line.slice(top.from - start, index).trim());
      top.from = start + index + 1;
    } else if (letter === '#' && line[index - 1] === ' ') {
      return;
    } else if (letter === ' ' && top !== undefined && line.slice(top.from - start, index).trim() === '') {
      top.from = start + index + 1;
    }
  }
  // A word that goes on in the next line begins there.
  const top = flows.at(-1);
  if (top !== undefined && top.from < start) top.from = start + line.length;
}

function unquoted(key: string): string {
  return key.replace(/^(["'])(.*)\1$/, '$2');
}
