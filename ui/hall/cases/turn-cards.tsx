import { Link } from '../../app/route/index.ts';
import { mark } from '../../app/texts/punctuation.ts';
import './turn-cards.css';
import type { CaseRow } from '../../../engine/contract/view.ts';
import { deadline } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Tile } from '../../app/parts/tile.tsx';
import { useTexts } from '../../app/texts/index.ts';

/** At most three cards of what waits for the person; all others are in the table below. */
const MOST = 3;

export function TurnCards({ rows }: { readonly rows: readonly CaseRow[] }) {
  const t = useTexts();
  const at = now();
  return (
    <ul className="turn">
      {rows.slice(0, MOST).map((row) => {
        const waiting = row.waiting.find((entry) => entry.mine);
        if (!waiting) return null;
        const offer = mainOffer(row);
        return (
          <li key={row.id}>
            <Link
              className="turncard"
              to={offer ? actAddress(row.id, offer.event) : `/cases/${row.id}`}
              state={offer && { act: true }}
            >
              <Tile character={t('case.youTile')} look="mine" />
              <span>
                <b>{waiting.what}</b>
                <span className="sub">
                  {row.subject || `${row.workflow.title}${mark('comma')}${row.project.title}`}
                </span>
                {waiting.until !== null && (
                  <span className="sub num">{t('cases.latest', { until: deadline(waiting.until, at) })}</span>
                )}
              </span>
              <span className="btn primary sm">{offer?.title ?? t('cases.go.do')}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** The case with one of its operations opened. */
export function actAddress(id: string, event: string): string {
  return `/cases/${id}?do=${encodeURIComponent(event)}`;
}

/** What the turn is about. A withdrawal or a refund is never that: then one goes to the page of the case. */
export function mainOffer(row: CaseRow): CaseRow['offers'][number] | undefined {
  return row.offers.find(({ look }) => look === 'primary');
}
