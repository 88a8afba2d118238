import { type ChangeEvent, useId } from 'react';
import { readCsv } from '../read-csv.ts';
import { t } from '../texts/index.ts';

interface CsvFileProps {
  readonly label: string;
  /** The one thing to do on the page. */
  readonly primary?: boolean;
  onText(csv: string, name: string): Promise<void>;
  onTrouble(message: string): void;
}

/** A button that takes a CSV file and gives its text. */
export function CsvFile({ label, primary = false, onText, onTrouble }: CsvFileProps) {
  const id = useId();
  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const { target } = event;
    const file = target.files?.[0];
    if (!file) return;
    const csv = await readCsv(file);
    // The same file may be chosen again after it was mended.
    target.value = '';
    if (csv === null) onTrouble(t('fault.unreadable', { status: file.name }));
    else await onText(csv, file.name);
  }
  return (
    <span className="filebutton">
      <input id={id} type="file" accept=".csv,text/csv" onChange={(event) => void take(event)} />
      <label htmlFor={id} className={primary ? 'btn primary' : 'btn'}>
        {label}
      </label>
    </span>
  );
}
