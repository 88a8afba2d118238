import { useId, useState } from 'react';
import type { BankLineView, Imported } from '../../engine/contract/routes.ts';
import { deskApi } from '../api/desk.ts';
import { money } from '../app/format.ts';
import { asFault, useLoad } from '../app/load.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { CsvFile } from '../app/parts/csv-file.tsx';
import { Loading } from '../app/parts/states.tsx';
import { Link } from '../app/route/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { say } from './money-texts.ts';

/** The imported lines of the bank's statements, and a place to bring more. */
export function BankLinesPart() {
  const heading = useId();
  const [view, setView] = useState<'open' | 'all'>('open');
  const [done, setDone] = useState<Imported | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { state, reload } = useLoad(`bank lines ${view}`, () => deskApi.bankLines(view));

  async function bring(csv: string): Promise<void> {
    setTrouble(null);
    setDone(null);
    try {
      setDone(await deskApi.importBankLines(csv));
      reload();
    } catch (error) {
      setTrouble(asFault(error).message);
    }
  }

  return (
    <section aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{say('lines')}</h2>
        <p className="muted">{say('linesText')}</p>
        <div className="row">
          <CsvFile label={say('file')} onText={bring} onTrouble={setTrouble} />
          <span className="grow" />
          <fieldset className="wbtabs">
            <legend className="vh">{say('lines')}</legend>
            {(['open', 'all'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={one === view} onClick={() => setView(one)}>
                {say(one)}
              </button>
            ))}
          </fieldset>
        </div>
        <div aria-live="polite">
          {done === null ? null : (
            <p className={done.changed.length > 0 ? 'note warn' : 'note ok'}>
              {say('imported', { added: done.added, known: done.known })}{' '}
              {done.changed.length > 0 ? say('changed', { list: done.changed.join(mark('list')) }) : ''}
            </p>
          )}
        </div>
        {trouble === null ? null : (
          <p className="note err" role="alert">
            {trouble}
          </p>
        )}
      </header>
      {state.kind === 'loading' ? <Loading lines={4} /> : null}
      {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
      {state.kind === 'ready' && state.data.length === 0 ? <p className="wbempty">{say('noLines')}</p> : null}
      {state.kind === 'ready' && state.data.length > 0 ? <LinesTable lines={state.data} /> : null}
    </section>
  );
}

function LinesTable({ lines }: { readonly lines: readonly BankLineView[] }) {
  return (
    <div className="deskscroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{say('date')}</th>
            <th scope="col">{say('payer')}</th>
            <th scope="col" className="num">
              {say('amount')}
            </th>
            <th scope="col" className="num">
              {say('left')}
            </th>
            <th scope="col">{say('remark')}</th>
            <th scope="col">{say('transaction')}</th>
            <th scope="col">{say('cases')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td className="num">{line.date}</td>
              <td>
                {line.payer}
                <small>{line.payerAccount}</small>
              </td>
              <td className="num">{money(line.amount)}</td>
              <td className="num">{money(line.left)}</td>
              <td>{line.remark}</td>
              <td className="mono">{line.transaction}</td>
              <td>
                <Cases line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who took of the line; the case that its remark names, while it has not. */
function Cases({ line }: { readonly line: BankLineView }) {
  const { named, taken } = line;
  const waits = named !== null && !taken.some(({ id }) => id === named.id);
  if (taken.length === 0 && !waits) return <span className="muted">{say('nobody')}</span>;
  return (
    <>
      {taken.map(({ id, number }) => (
        <span key={id} className="deskcase">
          <Link to={`/desk/${id}`}>
            <CaseNumber number={number} />
          </Link>
          <small>{say('taken')}</small>
        </span>
      ))}
      {waits ? (
        <span className="deskcase">
          <Link to={`/desk/${named.id}`}>
            <CaseNumber number={named.number} />
          </Link>
          <small>{say('named')}</small>
        </span>
      ) : null}
    </>
  );
}
