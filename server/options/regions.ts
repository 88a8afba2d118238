import { areaList } from '@vant/area-data';
import { type Searchable, score, searchable, wordsOf } from './matching.ts';
import type { OptionSource } from './option-source.ts';

/**
 * Provinces, cities, districts of China by name. `under` is a province (its cities), a city or `province/city` (its
 * districts); without it the provinces. A value is the name, so that papers and lists need no table.
 */
function namesUnder(under: string): string[] {
  if (under === '') return Object.values(areaList.province_list);
  const [first = '', second] = under.split('/');
  const province = codeOf(areaList.province_list, first, '');
  if (second === undefined && province) return namesOf(areaList.city_list, province.slice(0, 2));
  const city = codeOf(areaList.city_list, second ?? first, province?.slice(0, 2) ?? '');
  return city ? namesOf(areaList.county_list, city.slice(0, 4)) : [];
}

function codeOf(list: Readonly<Record<string, string>>, name: string, prefix: string): string | undefined {
  return Object.entries(list).find(([code, one]) => one === name && code.startsWith(prefix))?.[0];
}

function namesOf(list: Readonly<Record<string, string>>, prefix: string): string[] {
  return Object.entries(list)
    .filter(([code]) => code.startsWith(prefix))
    .map(([, name]) => name);
}

const known = new Map<string, Searchable>();
function searchableName(name: string): Searchable {
  const entry = known.get(name) ?? searchable(name);
  known.set(name, entry);
  return entry;
}

export const regions: OptionSource = {
  id: 'regions',
  search({ q = '', under = '' }) {
    const words = wordsOf(q);
    const names = namesUnder(under);
    const found =
      words.length === 0
        ? names
        : names
            .map((name) => ({ name, rank: score(searchableName(name), words) }))
            .filter(({ rank }) => rank > 0)
            .sort((a, b) => b.rank - a.rank)
            .map(({ name }) => name);
    return found.map((name) => ({ value: name, label: name }));
  },
  has: (value, under = '') => namesUnder(under).includes(value),
};
