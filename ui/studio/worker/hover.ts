import type { Json } from '../../../engine/model/json.ts';
import { asObject } from '../settings-model.ts';
import { firstFrom, isWord, schemaAt } from './completion.ts';
import { nameKinds, type Vocabulary } from './vocabulary.ts';
import { meaningOf } from './words.ts';
import { placeAt } from './yaml-place.ts';

/** What a word of the file is. */
export interface Explained {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly meaning: string;
  /** Where it was written. */
  readonly origin: { readonly file: string; readonly line: number } | null;
  /** Of a setting: what the process says without the project, as JSON. */
  readonly usual: string | null;
}

const letter = /[\w.-]/;

/** Title, meaning and source of the word at a place; null where it is none that is known. */
export function explainedAt(text: string, offset: number, vocabulary: Vocabulary): Explained | null {
  let [from, to] = [offset, offset];
  while (from > 0 && letter.test(text[from - 1] ?? '')) from -= 1;
  while (to < text.length && letter.test(text[to] ?? '')) to += 1;
  const word = text.slice(from, to).replace(/\.+$/, '');
  if (word === '') return null;
  const { path, at } = placeAt(text, from + word.length);
  const isKey = at === 'key' || text.slice(to).startsWith(':');
  const around = isKey && at === 'value' && path.at(-1) === word ? path.slice(0, -1) : path;
  const found = isKey ? ofKey(word, around, vocabulary) : ofValue(word, path, vocabulary);
  return found === null ? null : { from, to: from + word.length, ...found };
}

type Said = Omit<Explained, 'from' | 'to'>;

function ofKey(word: string, around: readonly string[], vocabulary: Vocabulary): Said | null {
  if (around[0] === 'settings') return ofSetting([...around.slice(1), word], vocabulary);
  const isName = around.length === 1 && ['changes', 'laws', 'announcements'].includes(around[0] ?? '');
  if (isName) return null;
  const event = vocabulary.names.event[word];
  if (event !== undefined) return ofName(word, event, vocabulary);
  return isWord(word) ? { title: word, meaning: meaningOf(word), origin: null, usual: null } : null;
}

function ofValue(word: string, path: readonly string[], vocabulary: Vocabulary): Said | null {
  if (path[0] === 'settings') {
    const schema = schemaAt(vocabulary.settingsSchema, path.slice(1));
    const labels = { ...asObject(asObject(schema.items)['x-labels']), ...asObject(schema['x-labels']) };
    const label = labels[word];
    return typeof label === 'string'
      ? { title: label, meaning: textOf(schema.title), origin: null, usual: null }
      : null;
  }
  if (word.startsWith('settings.')) return ofSetting(word.split('.').slice(1), vocabulary);
  const state = vocabulary.states[word];
  if (state !== undefined) return { title: state, meaning: '', origin: originOf(word, vocabulary), usual: null };
  const bare = word.replace(/^(?:facts|counters|records|secrets)\./, '');
  for (const kind of nameKinds) {
    const title = vocabulary.names[kind][bare];
    if (title !== undefined) return ofName(bare, title, vocabulary);
  }
  const origin = originOf(word, vocabulary);
  return origin === null ? null : { title: word, meaning: '', origin, usual: null };
}

function ofName(word: string, title: string, vocabulary: Vocabulary): Said {
  const places = ['events', 'facts', 'counters', 'records', 'secrets', 'notices', 'roles', 'stages', 'laws', 'tables'];
  const origin = places.map((place) => originOf(`${place}.${word}`, vocabulary)).find((one) => one !== null) ?? null;
  return { title: title === '' ? word : title, meaning: '', origin, usual: null };
}

function ofSetting(path: readonly string[], vocabulary: Vocabulary): Said | null {
  const schema = schemaAt(vocabulary.settingsSchema, path);
  if (Object.keys(schema).length === 0) return null;
  const place = vocabulary.settingPlaces[path[0] ?? ''];
  return {
    title: textOf(schema.title) || (path.at(-1) ?? ''),
    meaning: textOf(schema.description),
    origin: place === undefined ? null : { file: place[0], line: place[1] },
    usual: schema.default === undefined ? null : JSON.stringify(schema.default),
  };
}

function originOf(address: string, vocabulary: Vocabulary): Explained['origin'] {
  const index = firstFrom(vocabulary.addresses, address);
  if (vocabulary.addresses[index] !== address) return null;
  const [file, line] = [vocabulary.places[index * 3] ?? 0, vocabulary.places[index * 3 + 1] ?? 1];
  return { file: vocabulary.files[file] ?? '', line };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
