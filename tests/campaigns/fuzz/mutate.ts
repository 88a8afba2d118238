import type { Files } from '../../../engine/model/definition.ts';
import { files as hostileFiles, inherited, scraps, values } from './hostile.ts';
import type { Random } from './random.ts';

/** One change of one text: what came out, and what was done, for whoever has to repeat it by hand. */
interface Mutation {
  readonly text: string;
  readonly done: string;
}

type Mutator = (text: string, random: Random, corpus: Corpus) => Mutation;

/** The files that are mutated, and the words that stand in them. */
export interface Corpus {
  readonly files: Files;
  readonly paths: readonly string[];
  readonly words: readonly string[];
}

export function corpusOf(files: Files): Corpus {
  const words = new Set<string>();
  for (const text of Object.values(files)) for (const [word] of text.matchAll(/[A-Za-z][\w.]*/g)) words.add(word);
  return { files, paths: Object.keys(files), words: [...words] };
}

const mutators: readonly Mutator[] = [
  function scrap(text, random) {
    const at = random.below(text.length + 1);
    const put = random.pick(scraps);
    return { text: text.slice(0, at) + put + text.slice(at + random.below(30)), done: `scrap at ${at}` };
  },
  function character(text, random) {
    const at = random.below(text.length + 1);
    return {
      text: text.slice(0, at) + String.fromCharCode(32 + random.below(95)) + text.slice(at + 1),
      done: `character at ${at}`,
    };
  },
  function lineGone(text, random) {
    const lines = text.split('\n');
    const line = random.below(lines.length);
    return { text: lines.toSpliced(line, 1).join('\n'), done: `line ${line + 1} gone` };
  },
  function lineTwice(text, random) {
    const lines = text.split('\n');
    const line = random.below(lines.length);
    return { text: lines.toSpliced(line, 0, random.pick(lines)).join('\n'), done: `line put at ${line + 1}` };
  },
  function otherWord(text, random, corpus) {
    const found = [...text.matchAll(/[A-Za-z][\w.]*/g)];
    if (found.length === 0) return { text, done: 'nothing' };
    const { 0: word, index } = random.pick(found);
    const other = random.pick(random.below(4) === 0 ? inherited : corpus.words);
    return { text: text.slice(0, index) + other + text.slice(index + word.length), done: `${word} is ${other}` };
  },
  function otherValue(text, random) {
    const found = [...text.matchAll(/: *("(?:[^"\\\n]|\\.)*"|[^\s,{}[\]#"']+)/g)];
    if (found.length === 0) return { text, done: 'nothing' };
    const { 0: all, 1: value = '', index } = random.pick(found);
    const put = random.pick(values);
    const at = index + all.length - value.length;
    return {
      text: text.slice(0, at) + put + text.slice(at + value.length),
      done: `value at ${at} is ${put.slice(0, 30)}`,
    };
  },
  function otherFile(_text, random) {
    const index = random.below(hostileFiles.length);
    return { text: hostileFiles[index] ?? '', done: `hostile file ${index}` };
  },
];

/** One change of a project: its `changes:` name any address that stands in the files, with any hash. */
function overlay(text: string, random: Random, corpus: Corpus): Mutation {
  const address = (): string => [random.pick(corpus.words), random.pick(corpus.words)].slice(random.below(2)).join('.');
  const was = random.below(2) === 0 ? '00000000' : random.pick(corpus.words);
  const change = random.pick([
    `{ set: ${address()}, was: "${was}", is: ${random.pick(values)} }`,
    `{ tighten: ${address()}, was: "${was}", and: ${random.pick(values)} }`,
    `{ add: ${address()}, is: { task: { by: ${random.pick(corpus.words)} }, on: { X: onward } }, on: ${address()}, was: "${was}" }`,
    `{ remove: ${address()}, was: "${was}", reconnect: ${address()} }`,
    `{ remove: ${address()}, was: "${was}" }`,
  ]);
  const entry = `  zz${random.below(1000)}: ${change}\n`;
  const has = /^changes:.*\n/m.exec(text);
  if (has === null) return { text: `${text}\nchanges:\n${entry}`, done: `change ${change}` };
  const at = has.index + has[0].length;
  return { text: text.slice(0, at) + entry + text.slice(at), done: `change ${change}` };
}

/** One to three changes in any of the files. */
export function mutate(corpus: Corpus, random: Random): { readonly files: Files; readonly done: readonly string[] } {
  const hurt: { [path: string]: string } = { ...corpus.files };
  const done: string[] = [];
  for (let count = 1 + random.below(3); count > 0; count--) {
    const path = random.pick(corpus.paths);
    const text = hurt[path] ?? '';
    const project = path.endsWith('.project.yaml') && random.below(2) === 0;
    // A whole file that is replaced hides what else is done to it, so that it is rarer than the others.
    const mutator = random.pick(random.below(10) === 0 ? mutators : mutators.slice(0, -1));
    const mutation = project ? overlay(text, random, corpus) : mutator(text, random, corpus);
    hurt[path] = mutation.text;
    done.push(`${path}: ${mutation.done}`);
  }
  return { files: hurt, done };
}
