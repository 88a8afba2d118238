import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly title: string;
  readonly num?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface RowsProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
}

/** A table that scrolls by itself where it is too wide. */
export function Rows<Row>({ caption, rows, columns, keyOf }: RowsProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
    <section className="deskscroll" tabIndex={0} aria-label={caption}>
      <table className="table">
        <thead>
          <tr>
            {columns.map(({ title, num }) => (
              <th key={title} scope="col" className={num ? 'num' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, num, cell }) => (
                <td key={title} className={num ? 'num' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
