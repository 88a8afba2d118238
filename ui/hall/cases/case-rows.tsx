import type { CaseList, CaseRow } from '../../../engine/contract/routes.ts';
import { deadlineDay, money, shortDate } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { CaseNumber } from '../../app/parts/case-number.tsx';
import { StatusTag } from '../../app/parts/status-tag.tsx';
import { Link } from '../../app/route/index.ts';
import { t, useTexts } from '../../app/texts/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { actAddress, mainOffer } from './turn-cards.tsx';

export function CaseTable({ list }: { readonly list: CaseList }) {
  const t = useTexts();
  const at = now();
  // Every page but the last is full.
  const first = list.page >= list.pages ? list.total - list.rows.length : (list.page - 1) * list.rows.length;
  return (
    <div className="tablewrap">
      <table className="table">
        <caption className="vh">{t('cases.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('cases.no')}</th>
            <th scope="col">{t('cases.number')}</th>
            <th scope="col">{t('cases.kind')}</th>
            <th scope="col">{t('cases.subject')}</th>
            <th scope="col" className="r">
              {t('cases.amount')}
            </th>
            <th scope="col">{t('cases.created')}</th>
            <th scope="col">{t('cases.updated')}</th>
            <th scope="col">{t('cases.status')}</th>
            <th scope="col">{t('cases.operations')}</th>
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
              <td>{row.subject || <span className="muted">{t('cases.unnamed')}</span>}</td>
              <td className="r num">{row.amount === null ? '—' : money(row.amount)}</td>
              <td className="num">{shortDate(row.createdAt, at)}</td>
              <td className="num">{shortDate(row.updatedAt, at)}</td>
              <td>
                <StatusTag status={row.status} to={`/cases/${row.id}`} />
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

export function CaseCards({ rows }: { readonly rows: readonly CaseRow[] }) {
  const t = useTexts();
  const at = now();
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="cardtop">
            <StatusTag status={row.status} to={`/cases/${row.id}`} />
            <span className="small muted num">{t('cases.updatedAt', { date: shortDate(row.updatedAt, at) })}</span>
          </div>
          <p className="strong">{row.subject || t('cases.unnamed')}</p>
          <p className="small muted">
            {row.workflow.title}
            {mark('comma')}
            {row.project.title}
            {row.amount !== null && `${mark('comma')}${money(row.amount)}`}
          </p>
          <p className="small muted">
            <CaseNumber number={row.number} />
          </p>
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
  const who = waiting.mine ? t('cases.turnYours') : waiting.who.title;
  return waiting.until === null ? who : t('cases.before', { who, until: deadlineDay(waiting.until, at) });
}

/** What the row's state offers, and 查看; on the person's turn what the turn is about stands first, in bold. */
function Operations({ row }: { readonly row: CaseRow }) {
  const t = useTexts();
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
      <Link to={`/cases/${row.id}`} aria-label={`${t('cases.view')}${mark('comma')}${named}`}>
        {t('cases.view')}
      </Link>
    </div>
  );
}
