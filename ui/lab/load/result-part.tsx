import { type ReactNode, useId } from 'react';
import { download } from '../../app/download.ts';
import { Icon } from '../../app/icon.tsx';
import { csvText, type Table } from './table.ts';
import { say } from './texts.ts';

interface PartProps {
  readonly title: string;
  readonly text: string;
  /** What of it is taken away as a file, and its name. */
  readonly table?: { readonly name: string; readonly make: () => Table };
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One part of the result: a heading, its file, what it shows. */
export function ResultPart({ title, text, table, wide = false, children }: PartProps) {
  const heading = useId();
  return (
    <section className={wide ? 'report wide' : 'report'} aria-labelledby={heading}>
      <header>
        <h3 id={heading}>{title}</h3>
        {table ? (
          <button
            type="button"
            className="btn sm"
            aria-label={say('csvOf', { title })}
            onClick={() => download(`${table.name}.csv`, csvText(table.make()), 'text/csv;charset=utf-8')}
          >
            <Icon name="download" /> {say('csv')}
          </button>
        ) : (
          <span />
        )}
        <p className="muted">{text}</p>
      </header>
      {children}
    </section>
  );
}
