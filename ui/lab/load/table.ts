/** A table that is taken away as a file: the first line names its columns. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** With a mark at the beginning, so that spreadsheets read it as Chinese; nothing in it is taken for a formula. */
export function csvText({ head, rows }: Table): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(Math.round(value * 100) / 100);
    const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
