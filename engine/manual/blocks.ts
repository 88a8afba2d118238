/** A manual before it is set: what stands where, without a look. Markdown and the printed manual are made of it. */
export interface Manual {
  /** Id of the project. */
  readonly project: string;
  readonly title: string;
  readonly subtitle: string;
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  readonly title: string;
  /** What stands before the first section. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** What it is about, whatever it is called: a word of `manual.ts`, or `form <id>`, `document <id>`. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Addresses of the states that it shows; absent where it is about none. */
  readonly states?: readonly string[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** `states`: addresses of the states that each line is about, where lines are about states. */
  | { readonly kind: 'bullets'; readonly lines: readonly string[]; readonly states?: readonly (readonly string[])[] }
  | { readonly kind: 'numbered'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'note'; readonly title: string; readonly text: string }
  | { readonly kind: 'steps'; readonly steps: readonly Step[] };

/** One step of the usual way, for the person whose business it is. */
export interface Step {
  readonly title: string;
  readonly lines: readonly string[];
  /** Addresses of the states it is done in; several where they read alike. */
  readonly states: readonly string[];
  /** Forms that are filled in. */
  readonly forms: readonly string[];
  /** What is printed. */
  readonly documents: readonly string[];
}

/** Nothing for an empty text. */
export function words(text: string): readonly Block[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** Nothing without lines. */
export function bullets(lines: readonly string[]): readonly Block[] {
  return lines.length === 0 ? [] : [{ kind: 'bullets', lines }];
}

/** Nothing without lines. */
export function numbered(lines: readonly string[]): readonly Block[] {
  return lines.length === 0 ? [] : [{ kind: 'numbered', lines }];
}

/** Nothing without rows; a column that is empty in every row is left out. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] {
  if (rows.length === 0) return [];
  const shown = head.map((_title, column) => column).filter((column) => rows.some((row) => (row[column] ?? '') !== ''));
  const kept = (cells: readonly string[]) => shown.map((column) => cells[column] ?? '');
  return [{ kind: 'table', head: kept(head), rows: rows.map(kept) }];
}

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 1 to 99 as chapters are counted. */
export function numeral(count: number): string {
  const tens = Math.floor(count / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${ten}${digits[count % 10]}`;
}
