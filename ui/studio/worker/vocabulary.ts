import type { Composition } from '../../../engine/compose/index.ts';
import type { Json, JsonObject } from '../../../engine/model/json.ts';

/** What the names of a definition are, for proposals and explanations: plain data, small enough to be sent at every change. */
export interface Vocabulary {
  /** Addresses of pieces, as changes write them, sorted. */
  readonly addresses: readonly string[];
  /** Where each is written: index of its file, line, column; as long as `addresses`, times three. */
  readonly places: readonly number[];
  readonly files: readonly string[];
  readonly states: { readonly [address: string]: string };
  readonly names: { readonly [kind in NameKind]: { readonly [name: string]: string } };
  readonly settingsSchema: JsonObject;
  /** Setting -> file and line of its schema. */
  readonly settingPlaces: { readonly [setting: string]: readonly [file: string, line: number] };
  readonly workflows: readonly string[];
}

export const nameKinds = [
  ...['event', 'form', 'fact', 'counter', 'record', 'secret', 'notice', 'role', 'stage', 'operation', 'law', 'table'],
  'document',
] as const;

export type NameKind = (typeof nameKinds)[number];

/** Before anything was checked: the settings, and nothing else. */
export function settingsOnly(settingsSchema: JsonObject): Vocabulary {
  const names = Object.fromEntries(nameKinds.map((kind) => [kind, {}])) as Vocabulary['names'];
  return {
    ...{ addresses: [], places: [], files: [], states: {}, settingPlaces: {}, workflows: [] },
    names,
    settingsSchema,
  };
}

export function vocabularyOf(composition: Composition, workflows: readonly string[]): Vocabulary {
  const { composed } = composition;
  const { declared, origins, settingsSchema, connectors, forms, roles, documents, chart } = composed;
  const addresses = Object.keys(origins).sort();
  const files: string[] = [];
  const places: number[] = [];
  for (const address of addresses) {
    const { file, line, column } = origins[address] ?? { file: '', line: 1, column: 1 };
    let index = files.indexOf(file);
    if (index === -1) index = files.push(file) - 1;
    places.push(index, line, column);
  }
  const operations = Object.values(connectors).flatMap(({ id, operations: own }) =>
    Object.entries(own).map(([name, { title }]) => [`${id}.${name}`, title] as const),
  );
  return {
    addresses,
    places,
    files,
    states: Object.fromEntries(
      Object.values(chart.states).flatMap(({ address, title }) => (address === '' ? [] : [[address, title]])),
    ),
    names: {
      event: titles(declared.events),
      form: titles(forms),
      fact: titles(declared.facts),
      counter: titles(declared.counters),
      record: titles(declared.records),
      secret: titles(declared.secrets),
      notice: Object.fromEntries(Object.entries(declared.notices).map(([name, { text }]) => [name, text.slice(0, 60)])),
      role: titles(roles),
      stage: { ...declared.stages },
      operation: Object.fromEntries(operations),
      law: titles(declared.laws),
      table: titles(declared.tables),
      document: titles(documents),
    },
    settingsSchema,
    settingPlaces: Object.fromEntries(
      addresses.flatMap((address) => {
        const own = /^settings\.([^.]+)$/.exec(address);
        const place = origins[address];
        return own?.[1] === undefined || place === undefined ? [] : [[own[1], [place.file, place.line] as const]];
      }),
    ),
    workflows,
  };
}

function titles(all: { readonly [name: string]: { readonly title?: Json } }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(all).map(([name, { title }]) => [name, typeof title === 'string' ? title : '']),
  );
}
