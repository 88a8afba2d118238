import type { Field } from '../forms/types.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { candidatesFor, fits } from './candidates.ts';
import { isTelling } from './leaks.ts';

const DAY = 86_400_000;

/**
 * The fictional values of one case: equal originals get the same one, different ones another. Which it is depends on the
 * field and on the order in which originals are met, never on the original.
 */
export class Fictions {
  /** Everything that was replaced. */
  readonly originals = new Set<string>();
  /** What is the same in every anonymous case, whatever the original: it tells nothing, should an original be called so. */
  readonly constants = new Set<string>();
  readonly #fields = new Map<string, (Field | null)[]>();
  readonly #days = new Set<string>();
  readonly #texts = new Map<string, string>();
  readonly #given = new Set<string>();
  readonly #next = new Map<string, number>();
  readonly #files = new Map<string, number>();
  readonly #numbers = new Map<number, number>();
  readonly #choices = new Map<string, number>();
  /** `YYYY-MM-DD` of the moment at which the case stands. */
  readonly #today: string;

  constructor(today: string) {
    this.#today = today;
  }

  /** First all of them are met; only then can one fiction fit every field in which its original stands. */
  meet(field: Field | null, original: string): void {
    this.originals.add(original);
    const day = dayOf(field, original);
    if (day !== null) {
      this.#days.add(day);
      return;
    }
    const fields = this.#fields.get(original) ?? [];
    if (!fields.includes(field)) fields.push(field);
    this.#fields.set(original, fields);
  }

  text(field: Field | null, original: string): string {
    const day = dayOf(field, original);
    if (day !== null) return this.#day(day) + (original.length > 10 ? 'T08:30:00Z' : '');
    let known = this.#texts.get(original);
    if (known === undefined) {
      known = this.#invented(this.#fields.get(original) ?? [field]);
      this.#texts.set(original, known);
      this.#given.add(known);
    }
    return known;
  }

  /** A sample in the place of a file. @param made the synthetic reference that the field takes */
  file(original: string, made: JsonObject): JsonObject {
    const place = placeIn(this.#files, original);
    const sample = { ...made, id: `sample-${place}`, sha256: place.toString(16).padStart(64, '0') };
    for (const text of Object.values(sample)) if (typeof text === 'string') this.constants.add(text);
    return sample;
  }

  number(original: number): number {
    return placeIn(this.#numbers, original);
  }

  /** One of a closed list whose choice itself is nobody's business. */
  choice(list: string, original: Json, options: readonly Json[]): Json {
    const own = new Map([...this.#choices].filter(([key]) => key.startsWith(`${list} `)));
    const key = `${list} ${JSON.stringify(original)}`;
    const place = own.get(key) ?? own.size;
    this.#choices.set(key, place);
    return options[place % options.length] ?? null;
  }

  #invented(fields: readonly (Field | null)[]): string {
    // What has a format has the least choice.
    const strict = [...fields].sort((one, two) => strictness(two) - strictness(one));
    let likely: string | null = null;
    for (const field of strict) {
      const key = field === null ? '' : (field.format ?? `${field.title} ${String(field.schema.pattern ?? '')}`);
      let tried = this.#next.get(key) ?? 1;
      for (const candidate of candidatesFor(field, tried)) {
        tried += 1;
        if (this.#given.has(candidate) || this.#tells(candidate)) continue;
        likely ??= candidate;
        if (!fields.every((one) => one === null || fits(one, candidate))) continue;
        this.#next.set(key, tried);
        return candidate;
      }
    }
    return likely ?? `匿名${this.#given.size + 1}`;
  }

  #tells(candidate: string): boolean {
    if (this.originals.has(candidate)) return true;
    return [...this.originals].some((original) => isTelling(original) && candidate.includes(original));
  }

  /** Days keep their order, and whether they are past; how far apart they are goes. */
  #day(original: string): string {
    const days = [...this.#days].sort();
    const past = days.filter((day) => day <= this.#today).reverse();
    const place = past.indexOf(original);
    const steps = place >= 0 ? -30 * (place + 1) : 30 * (days.filter((day) => day > this.#today).indexOf(original) + 1);
    let at = Date.parse(`${this.#today}T00:00:00Z`) + steps * DAY;
    while (this.#days.has(isoDay(at))) at += Math.sign(steps) * DAY;
    return isoDay(at);
  }
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day of a text that is one, or begins with one. */
function dayOf(field: Field | null, text: string): string | null {
  if (field?.format !== 'date' && field?.format !== 'date-time') return null;
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null;
  return day === null || Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? null : day;
}

function strictness(field: Field | null): number {
  if (field === null) return 0;
  return field.format !== null ? 3 : field.schema.pattern !== undefined ? 2 : 1;
}

/** From 1, in the order in which they are met. */
function placeIn<Key>(places: Map<Key, number>, key: Key): number {
  const place = places.get(key) ?? places.size + 1;
  places.set(key, place);
  return place;
}
