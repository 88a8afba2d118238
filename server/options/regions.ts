import { areaList } from '@vant/area-data';
import { type Searchable, score, searchable, wordsOf } from './matching.ts';
import type { OptionSource } from './option-source.ts';

/** Names that stand under the same digits, in the order of their codes, and the code of each. */
interface Group {
  readonly names: readonly string[];
  readonly codes: ReadonlyMap<string, string>;
}

const nothing: Group = { names: [], codes: new Map() };

/** Grouped by what their codes begin with: two digits are a province, four a city. */
function grouped(list: Readonly<Record<string, string>>, digits: number): ReadonlyMap<string, Group> {
  const groups = new Map<string, { readonly names: string[]; readonly codes: Map<string, string> }>();
  for (const [code, name] of Object.entries(list)) {
    const prefix = code.slice(0, digits);
    const group = groups.get(prefix) ?? { names: [], codes: new Map<string, string>() };
    group.names.push(name);
    // Of several with one name the first.
    if (!group.codes.has(name)) group.codes.set(name, code);
    groups.set(prefix, group);
  }
  return groups;
}

const provinces = grouped(areaList.province_list, 0).get('') ?? nothing;
const allCities = grouped(areaList.city_list, 0).get('') ?? nothing;
const cities = grouped(areaList.city_list, 2);
const counties = grouped(areaList.county_list, 4);

/**
 * Provinces, cities, districts of China by name. `under` is a province (its cities), a city or `province/city` (its
 * districts); without it the provinces. A value is the name, so that papers and lists need no table.
 */
function namesUnder(under: string): readonly string[] {
  if (under === '') return provinces.names;
  const [first = '', second] = under.split('/');
  const province = provinces.codes.get(first)?.slice(0, 2);
  if (second === undefined && province !== undefined) return cities.get(province)?.names ?? [];
  const among = province === undefined ? allCities : (cities.get(province) ?? nothing);
  const city = among.codes.get(second ?? first)?.slice(0, 4);
  return city === undefined ? [] : (counties.get(city)?.names ?? []);
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
