import type { CaseList, CaseRow } from '../../../engine/contract/routes.ts';
import { deadlineDay, money, shortDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { StatusTag } from '../../app/parts/status-tag.tsx';
import { Link } from '../../app/route/index.ts';
import { t, useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { say } from '../centre-texts.ts';
import { actAddress, mainOffer } from './turn-cards.tsx';

/** Columns that a declared list adds; rows of several processes may add different ones. */
function columnsOf(rows: readonly CaseRow[], listed: string | null): readonly { readonly id: string; title: string }[] {
  const found = new Map<string, string>();
  for (const row of rows)
    for (const cell of cellsOf(row, listed)) if (!found.has(cell.id)) found.set(cell.id, cell.title);
  return [...found].map(([id, title]) => ({ id, title }));
}

function cellsOf(row: CaseRow, listed: string | null): CaseRow['lists'][number]['cells'] {
  return row.lists.find(({ id }) => id === listed)?.cells ?? [];
}

/** Where the state's word leads: to the case, and in it to the reason when something went wrong. */
function reasonAddress(row: CaseRow): string {
  return `/cases/${row.id}${isTold(row) ? '#reason' : ''}`;
}

function isTold(row: CaseRow): boolean {
  return row.status.look === 'err' || row.status.look === 'warn';
}

function Status({ row }: { readonly row: CaseRow }) {
  const { label, look } = row.status;
  const status = isTold(row) ? { look, label: `${label}${say('cases.see')}` } : row.status;
  return <StatusTag status={status} to={reasonAddress(row)} />;
}

/** The columns of 我的业务单; what a declared list adds takes the place of the dates of change. */
export function CaseTable({ list, listed }: { readonly list: CaseList; readonly listed: string | null }) {
  useTexts();
  const at = now();
  // Every page but the last is full.
  const columns = columnsOf(list.rows, listed);
  const first = list.page >= list.pages ? list.total - list.rows.length : (list.page - 1) * list.rows.length;
  return (
    <div className="tablewrap">
      <table className="table">
        <caption className="vh">{say('cases.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('cases.no')}</th>
            <th scope="col">{say('cases.number')}</th>
            <th scope="col">{say('cases.kind')}</th>
            <th scope="col">{say('cases.subject')}</th>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col">
                {title}
              </th>
            ))}
            <th scope="col" className="r">
              {say('cases.amount')}
            </th>
            <th scope="col">{say('cases.created')}</th>
            {columns.length === 0 && <th scope="col">{say('cases.updated')}</th>}
            <th scope="col">{say('cases.status')}</th>
            <th scope="col">{say('cases.operations')}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row, index) => (
            <tr key={row.id}>
              <td className="num muted">{first + index + 1}</td>
              <td>
                <CaseNumber number={row.number} />
              </td>
              <td>
                {row.workflow.title}
                <span className="sub">{row.project.title}</span>
              </td>
              <td>{row.subject || <span className="muted">{say('cases.unnamed')}</span>}</td>
              {columns.map(({ id }) => (
                <td key={id}>{cellsOf(row, listed).find((cell) => cell.id === id)?.text}</td>
              ))}
              <td className="r num">{row.amount === null ? '—' : money(row.amount)}</td>
              <td className="num">{shortDate(row.createdAt, at)}</td>
              {columns.length === 0 && <td className="num">{shortDate(row.updatedAt, at)}</td>}
              <td>
                <Status row={row} />
                <span className="sub turn">{turnOf(row, at)}</span>
              </td>
              <td>
                <Operations row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function CaseCards({ rows, listed }: { readonly rows: readonly CaseRow[]; readonly listed: string | null }) {
  useTexts();
  const at = now();
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="cardtop">
            <Status row={row} />
            <span className="small muted num">{say('cases.updatedAt', { date: shortDate(row.updatedAt, at) })}</span>
          </div>
          <p className="strong">{row.subject || say('cases.unnamed')}</p>
          <p className="small muted">
            {row.workflow.title}
            {mark('comma')}
            {row.project.title}
            {row.amount !== null && `${mark('comma')}${money(row.amount)}`}
          </p>
          <p className="small muted">
            <CaseNumber number={row.number} />
          </p>
          {cellsOf(row, listed).map(({ id, title, text }) => (
            <p key={id} className="small">
              {title}
              {mark('colon')}
              {text}
            </p>
          ))}
          <p className="small">{turnOf(row, at)}</p>
          <Operations row={row} />
        </li>
      ))}
    </ul>
  );
}

/** Second line of a status: who and by when. */
export function turnOf(row: CaseRow, at: number): string {
  const waiting = row.waiting[0];
  if (!waiting) return '';
  const who = waiting.mine ? say('cases.turnYours') : waiting.who.title;
  return waiting.until === null ? who : say('cases.before', { who, until: deadlineDay(waiting.until, at) });
}

/** What the row's state offers, and 查看; on the person's turn what the turn is about stands first, in bold. */
function Operations({ row }: { readonly row: CaseRow }) {
  useTexts();
  const named = row.subject || row.number;
  const mine = row.waiting.some((waiting) => waiting.mine);
  const main = mainOffer(row);
  const others = row.offers.filter((offer) => offer !== main);
  return (
    <div className="ops">
      {mine && !main && (
        <Link className="strong" to={`/cases/${row.id}`} aria-label={`${t('cases.go.do')}${mark('comma')}${named}`}>
          {t('cases.go.do')}
        </Link>
      )}
      {[...(main ? [main] : []), ...others].map((offer) => (
        <Link
          key={offer.event}
          className={offer === main && mine ? 'strong' : undefined}
          to={actAddress(row.id, offer.event)}
          state={{ act: true }}
          aria-label={`${offer.title}${mark('comma')}${named}`}
        >
          {offer.title}
        </Link>
      ))}
      <Link to={`/cases/${row.id}`} aria-label={`${say('cases.view')}${mark('comma')}${named}`}>
        {say('cases.view')}
      </Link>
    </div>
  );
}
