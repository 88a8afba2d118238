import type { Option } from '../../engine/contract/routes.ts';
import { banks } from './banks.ts';
import type { OptionQuery, OptionSource } from './option-source.ts';
import { regions } from './regions.ts';

/** Data sources that forms may name in `x-options`, in the order of `forms/README.md`. */
export const sources: readonly OptionSource[] = [banks, regions];

function sourceOf(id: string): OptionSource | null {
  return sources.find((source) => source.id === id) ?? null;
}

/** What a source offers for what is typed; null when there is no such source. */
export function search(source: string, query: OptionQuery): Option[] | null {
  return sourceOf(source)?.search(query) ?? null;
}

/** True when the source offers exactly this value; a source that does not exist offers nothing. */
export function has(source: string, value: string, under?: string): boolean {
  return sourceOf(source)?.has(value, under) ?? false;
}
