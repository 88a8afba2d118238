import type { CaseView } from '../../../engine/contract/view.ts';
import { shortDateTime } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { useTexts } from '../../app/texts/index.ts';

/** 已经证明的: what need not be proven again, and what is still missing. */
export function FactsPanel({ facts }: { readonly facts: CaseView['facts'] }) {
  const t = useTexts();
  if (!facts.some((fact) => fact.provenAt !== null)) return null;
  return (
    <section className="panel" aria-labelledby="h-facts">
      <h2 id="h-facts">{t('case.proven')}</h2>
      <ul className="facts-list">
        {facts.map((fact) =>
          fact.provenAt === null ? (
            <li key={fact.id} className="muted">
              <Icon name="clock" />
              <span>
                {fact.title}，{t('case.notYet')}
              </span>
            </li>
          ) : (
            <li key={fact.id}>
              <Icon name="check" className="okay" />
              <span>
                {fact.title}
                <small>{t('case.provenAt', { at: shortDateTime(fact.provenAt, now()) })}</small>
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

/** Notices of the page, newest first; older ones fold away. */
export function Notices({ notices }: { readonly notices: CaseView['notices'] }) {
  const t = useTexts();
  const [first, ...older] = notices;
  if (!first) return null;
  return (
    <section className="notices" aria-label={t('case.notices')}>
      <p className="note warn" role="status">
        <Icon name="alert" />
        <span>
          {first.text} <time className="muted num">{shortDateTime(first.at, now())}</time>
        </span>
      </p>
      {older.length > 0 && (
        <details>
          <summary>{t('case.unfold', { n: older.length })}</summary>
          <ul>
            {older.map((notice) => (
              <li key={`${notice.at} ${notice.text}`}>
                <time className="muted num">{shortDateTime(notice.at, now())}</time> {notice.text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
