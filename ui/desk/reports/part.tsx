import { type ReactNode, useId, useState } from 'react';
import type { ReportTable } from '../../../engine/contract/reports.ts';
import { deskApi, type ReportAsked } from '../../api/desk.ts';
import { download } from '../../app/download.ts';
import { Icon } from '../../app/icon.tsx';
import { asFault } from '../../app/load.ts';
import { say } from './texts.ts';

interface PartProps {
  readonly title: string;
  readonly text: string;
  /** Which table is taken away as a file. */
  readonly table: ReportTable;
  readonly asked: ReportAsked;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** One report: a heading, its file, what it shows. */
export function ReportPart({ title, text, table, asked, wide = false, children }: PartProps) {
  const heading = useId();
  const [trouble, setTrouble] = useState<string | null>(null);
  async function take(): Promise<void> {
    setTrouble(null);
    try {
      const csv = await deskApi.reportTable(table, asked);
      download(`${table}-${asked.from}-${asked.to}.csv`, csv, 'text/csv;charset=utf-8');
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }
  return (
    <section className={wide ? 'report wide' : 'report'} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="btn sm" aria-label={say('csvOf', { title })} onClick={() => void take()}>
          <Icon name="download" /> {say('csv')}
        </button>
        <p className="muted">{text}</p>
        {trouble === null ? null : (
          <p className="note err" role="alert">
            {trouble}
          </p>
        )}
      </header>
      {children}
    </section>
  );
}
