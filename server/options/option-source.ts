import type { Option } from '../../engine/contract/routes.ts';

export interface OptionQuery {
  /** What is typed: characters of the name, or pinyin, whole or first letters. */
  readonly q?: string;
  /** Value of the field that narrows it; several levels are joined with `/`. */
  readonly under?: string;
}

/** A named list that forms choose from (`x-options: { source }`). */
export interface OptionSource {
  readonly id: string;
  /** The best matches, best first; bounded. */
  readonly search: (query: OptionQuery) => Option[];
  /** True when the value is one that this source offers under the given value. */
  readonly has: (value: string, under?: string) => boolean;
}
