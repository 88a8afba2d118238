import { useState } from 'react';
import type { LetterView } from '../../engine/contract/routes.ts';
import { deskApi } from '../api/desk.ts';
import { Fault } from '../api/index.ts';
import { shortDateTime } from '../app/format.ts';
import { useLoad } from '../app/load.ts';
import { now } from '../app/now.ts';
import { CaseNumber } from '../app/parts/case-number.tsx';
import { Loading } from '../app/parts/states.tsx';
import { Link, navigate } from '../app/route/index.ts';
import { Trouble } from '../workbench/workbench.tsx';
import { DeskFrame } from './desk-frame.tsx';
import { say } from './letter-texts.ts';
import { OutsidePart } from './outside-part.tsx';
import './desk.css';

/** Requests and notices that nobody answered for: sent again under their old key, or put aside with a reason. */
export function LettersPage() {
  const { state, reload } = useLoad('letters', deskApi.letters);
  const [trouble, setTrouble] = useState<string | null>(null);

  async function decide(work: Promise<unknown>): Promise<void> {
    setTrouble(null);
    try {
      await work;
    } catch (error) {
      setTrouble(error instanceof Fault ? error.message : String(error));
    }
    reload();
  }

  const open = state.kind === 'ready' ? state.data.filter(({ status }) => status === 'open') : [];
  async function replayAll(): Promise<void> {
    const rows = open.map(({ caseId, key }) => ({ id: caseId, key }));
    const id = await deskApi.startWork({ action: 'replay', rows });
    navigate(`/desk/running?part=works&work=${id}`);
  }

  return (
    <DeskFrame current="letters" page={say('title')}>
      <section className="deskqueue letters">
        <header>
          <h1>{say('title')}</h1>
          <p className="muted">{say('explained')}</p>
          {open.length > 1 ? (
            <p>
              <button type="button" className="btn" onClick={() => void decide(replayAll())}>
                {say('replayAll', { n: open.length })}
              </button>
            </p>
          ) : null}
          {trouble === null ? null : <p role="alert">{trouble}</p>}
        </header>
        {state.kind === 'loading' ? <Loading lines={6} /> : null}
        {state.kind === 'failed' ? <Trouble fault={state.fault} onRetry={reload} /> : null}
        {state.kind === 'ready' && state.data.length === 0 ? <p className="wbempty">{say('none')}</p> : null}
        {state.kind === 'ready' && state.data.length > 0 ? (
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('number')}</th>
                <th scope="col">{say('what')}</th>
                <th scope="col">{say('why')}</th>
                <th scope="col">{say('at')}</th>
                <th scope="col">{say('decision')}</th>
              </tr>
            </thead>
            <tbody>
              {state.data.map((letter) => (
                <LetterRow key={letter.key} letter={letter} decide={decide} />
              ))}
            </tbody>
          </table>
        ) : null}
        <OutsidePart />
      </section>
    </DeskFrame>
  );
}

function LetterRow({ letter, decide }: { letter: LetterView; decide(work: Promise<unknown>): Promise<void> }) {
  const [note, setNote] = useState('');
  const { key, caseId, caseNumber, name, kind, reason, tries, at, status } = letter;
  const noteId = `note-${key}`;
  return (
    <tr>
      <td>
        <Link to={`/desk/${caseId}`}>
          <CaseNumber number={caseNumber} />
        </Link>
      </td>
      <td>
        {say(kind)}
        <small>{name}</small>
      </td>
      <td>
        {reason}
        <small>{say('tries', { n: tries })}</small>
      </td>
      <td className="num">{shortDateTime(at, now())}</td>
      <td>
        {status === 'open' ? (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              void decide(deskApi.dropLetter(key, note));
            }}
          >
            <button type="button" className="btn sm" onClick={() => void decide(deskApi.replayLetter(key))}>
              {say('replay')}
            </button>
            <label className="vh" htmlFor={noteId}>
              {say('note')}
            </label>
            <input
              id={noteId}
              placeholder={say('note')}
              maxLength={200}
              required
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
            <button type="submit" className="btn sm">
              {say('drop')}
            </button>
          </form>
        ) : (
          <span className="muted">
            {say(status)}
            {letter.note ? <small>{letter.note}</small> : null}
          </span>
        )}
      </td>
    </tr>
  );
}
