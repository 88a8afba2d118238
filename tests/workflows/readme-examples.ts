import { parse, stringify } from 'yaml';
import type { Files } from '../../engine/index.ts';
import type { Json, JsonObject } from '../../engine/model/json.ts';

/** A piece of an example: what stands at a place of a file. */
export interface Piece {
  /** Path in the definition. */
  readonly file: string;
  /** Where in the file: an address of a state, or names of keys; '' is the file itself. */
  readonly place: string;
  readonly text: string;
}

export interface Example {
  readonly line: number;
  readonly pieces: readonly Piece[];
}

const header = /^# (\S+\.(?:yaml|json))(?: · (\S+))?$/;

/** The fenced pieces of YAML whose first line says where they belong. */
export function examplesOf(markdown: string): readonly Example[] {
  const examples: Example[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index++) {
    if (lines[index] !== '```yaml' || !header.test(lines[index + 1] ?? '')) continue;
    const end = lines.indexOf('```', index);
    examples.push({ line: index + 2, pieces: piecesOf(lines.slice(index + 1, end)) });
    index = end;
  }
  return examples;
}

function piecesOf(lines: readonly string[]): readonly Piece[] {
  const pieces: { file: string; place: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, name, place = ''] = header.exec(line) ?? [];
    if (name !== undefined) pieces.push({ file: pathOf(name), place, lines: [] });
    else pieces.at(-1)?.lines.push(line);
  }
  return pieces.map((piece) => ({ file: piece.file, place: piece.place, text: piece.lines.join('\n') }));
}

function pathOf(name: string): string {
  return name.startsWith('forms/') ? name : `workflows/${name}`;
}

/** The files with the example in its place: its words take the place of those that stood there; `null` takes one away. */
export function withExample(files: Files, example: Example): Files {
  const changed: { [path: string]: string } = { ...files };
  for (const { file, place, text } of example.pieces) {
    const whole = parse(changed[file] ?? '{}') as JsonObject;
    const here = placeIn(whole, place === '' ? [] : place.split('.'));
    for (const [word, value] of Object.entries(parse(text) as JsonObject)) {
      if (value === null) delete here[word];
      else here[word] = value;
    }
    changed[file] = file.endsWith('.json') ? JSON.stringify(whole) : stringify(whole, { lineWidth: 0 });
  }
  return changed;
}

function placeIn(node: JsonObject, path: readonly string[]): JsonObject {
  const [first, ...rest] = path;
  if (first === undefined) return node;
  for (const inside of ['regions', 'states']) {
    const states = node[inside];
    if (isMap(states) && isMap(states[first])) return placeIn(states[first], rest);
  }
  if (!isMap(node[first])) node[first] = {};
  return placeIn(node[first] as JsonObject, rest);
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every word that stands as a key in the examples, or names the place of one. */
export function wordsOf(examples: readonly Example[]): ReadonlySet<string> {
  const words = new Set<string>();
  const gather = (value: Json | undefined): void => {
    if (Array.isArray(value)) value.forEach(gather);
    else if (isMap(value)) {
      for (const [word, inner] of Object.entries(value)) {
        words.add(word);
        gather(inner);
      }
    }
  };
  for (const { place, text } of examples.flatMap((example) => example.pieces)) {
    for (const word of place.split('.')) words.add(word);
    gather(parse(text) as Json);
  }
  return words;
}
