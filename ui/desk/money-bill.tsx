import { useId, useState } from 'react';
import type { DifferenceView } from '../../engine/contract/routes.ts';
import { deskApi } from '../api/desk.ts';
import { isoDate } from '../app/format.ts';
import { asFault, useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CsvFile } from '../app/parts/csv-file.tsx';
import { Differences } from './money-differences.tsx';
import { say } from './money-texts.ts';

const DAY = 86_400_000;

interface Compared {
  readonly lines: number;
  readonly differences: readonly DifferenceView[];
}

/** A provider's trade statement beside the ledger. Days are those of the hall's zone. */
export function BillPart() {
  const kept = useLoad('differences', deskApi.differences);
  const heading = useId();
  const yesterday = isoDate(now() - DAY);
  const [days, setDays] = useState({ from: yesterday, to: yesterday });
  const [done, setDone] = useState<Compared | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function compare(csv: string): Promise<void> {
    setTrouble(null);
    setDone(null);
    try {
      const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
      setDone(await deskApi.compareStatement(csv, at(days.from), at(days.to) + DAY));
      kept.reload();
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }

  return (
    <section aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{say('bill')}</h2>
        <p className="muted">{say('billText')}</p>
        <div className="row">
          <Day name="from" value={days.from} max={days.to} onPick={(from) => setDays({ ...days, from })} />
          <Day name="to" value={days.to} min={days.from} onPick={(to) => setDays({ ...days, to })} />
          <CsvFile label={say('chooseBill')} onText={compare} onTrouble={setTrouble} />
        </div>
        {trouble === null ? null : (
          <p className="note err" role="alert">
            {trouble}
          </p>
        )}
        <div aria-live="polite">
          {done === null ? null : (
            <p className={done.differences.length > 0 ? 'note warn' : 'note ok'}>
              {say(done.differences.length > 0 ? 'differ' : 'agree', {
                lines: done.lines,
                n: done.differences.length,
              })}
            </p>
          )}
        </div>
      </header>
      <Differences kept={kept} />
    </section>
  );
}

interface DayProps {
  readonly name: 'from' | 'to';
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  readonly onPick: (day: string) => void;
}

function Day({ name, onPick, ...bounds }: DayProps) {
  const id = useId();
  return (
    <span className="row">
      <label htmlFor={id}>{say(name)}</label>
      <input id={id} type="date" required {...bounds} onChange={({ target }) => onPick(target.value)} />
    </span>
  );
}
