import { parse } from 'csv-parse/sync';
import { Fault } from '../fault.ts';

/** A CSV text as a person sees it in a spreadsheet: the titles, and the lines that say something. */
export interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Much longer than any field; what is longer was not meant for a table. */
const MOST_CELLS = 200;

/**
 * Reads a table. `line` is the number that the spreadsheet shows beside the row, whatever line breaks its cells hold.
 * @throws Fault batch-unreadable, batch-empty, batch-many
 */
export function readTable(csv: string, most: number): Table {
  const [titles, ...rest] = recordsOf(csv, most);
  const rows = rest
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (titles === undefined || rows.length === 0) throw new Fault(400, 'batch-empty');
  if (rows.length > most) throw new Fault(413, 'batch-many', { count: rows.length, most });
  return { titles, rows };
}

function recordsOf(csv: string, most: number): readonly (readonly string[])[] {
  const text = csv.replace(/^\uFEFF/, '');
  try {
    const records: string[][] = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      // A spreadsheet keeps empty lines behind the data; nobody counts them for ever.
      to: most * 10 + 100,
    });
    if (records.some((cells) => cells.length > MOST_CELLS)) throw new Error(`> ${MOST_CELLS} columns`);
    return records;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(400, 'batch-unreadable', { reason });
  }
}

/** Spreadsheets write what their country takes: the one that stands most often in the first line. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const times = (one: string): number => first.split(one).length;
  return [',', '\t', ';'].reduce((best, one) => (times(one) > times(best) ? one : best));
}

/**
 * A CSV text for a spreadsheet: with the mark by which it knows UTF-8, and without anything that it would take for a
 * formula (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => cells.map(cellOf).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
