import { areaList } from '@vant/area-data';
import data from '../data/banks.json' with { type: 'json' };
import { joined, type Searchable, score, searchable, wordsOf } from './matching.ts';
import type { OptionSource } from './option-source.ts';

const most = 20;

/**
 * Banks and their branches. Head offices are our own table; the names of branches are made of bank, city and district,
 * as long as no list of the real ones has been imported.
 */
function build(): { readonly entries: readonly Searchable[]; readonly names: ReadonlySet<string> } {
  const cities = new Map(data.cities.map((city) => [city, placesOf(city)]));
  const entries: Searchable[] = [];
  for (const bank of data.banks) {
    const head = searchable(bank.name, bank.short);
    entries.push(head);
    for (const city of bank.cities === '*' ? data.cities : bank.cities) {
      for (const place of cities.get(city) ?? []) entries.push(joined(head, place));
    }
  }
  return { entries, names: new Set(entries.map((entry) => entry.name)) };
}

/** `某市分行`, `某市某区支行`, … of a city; its first eight districts. */
function placesOf(city: string): Searchable[] {
  const code = Object.entries(areaList.city_list).find(([, name]) => name === `${city}市`)?.[0];
  const districts = Object.entries(areaList.county_list)
    .filter(([county]) => code !== undefined && county.startsWith(code.slice(0, 4)))
    .map(([, name]) => (name.length > 2 ? name.replace(/(?:自治县|新区|区|县|市|旗)$/, '') : name))
    .slice(0, 8);
  const town = searchable(city);
  const branch = searchable('支行');
  return [
    joined(town, searchable('分行')),
    joined(town, searchable('分行营业部')),
    ...districts.map((district) => joined(joined(town, searchable(district)), branch)),
  ];
}

let built: ReturnType<typeof build> | undefined;
function table(): ReturnType<typeof build> {
  built ??= build();
  return built;
}

export const banks: OptionSource = {
  id: 'banks',
  search({ q = '' }) {
    const words = wordsOf(q);
    const { entries } = table();
    if (words.length === 0) return [];
    return entries
      .map((entry) => ({ entry, rank: score(entry, words) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank || a.entry.name.length - b.entry.name.length)
      .slice(0, most)
      .map(({ entry }) => ({ value: entry.name, label: entry.name }));
  },
  has: (value) => table().names.has(value),
};
