import type { CaseView } from '../../../engine/contract/view.ts';
import { shortDateTime } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { useTexts } from '../../app/texts/index.ts';

/** 已经证明的: what need not be proven again. What a case may still need is said by the waiting sentence. */
export function FactsPanel({ facts }: { readonly facts: CaseView['facts'] }) {
  const t = useTexts();
  const proven = facts.flatMap((fact) => (fact.provenAt === null ? [] : [{ ...fact, provenAt: fact.provenAt }]));
  if (proven.length === 0) return null;
  proven.sort((a, b) => a.provenAt - b.provenAt);
  return (
    <section className="panel" aria-labelledby="h-facts">
      <h2 id="h-facts">{t('case.proven')}</h2>
      <ul className="facts-list">
        {proven.map((fact) => (
          <li key={fact.id}>
            <Icon name="check" className="okay" />
            <span>
              {fact.title}
              <small>{t('case.provenAt', { at: shortDateTime(fact.provenAt, now()) })}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Notices that came with the latest step or after it concern what is to be done now; older ones are history. */
export function splitNotices(view: Pick<CaseView, 'notices' | 'timeline'>): {
  readonly fresh: CaseView['notices'];
  readonly older: CaseView['notices'];
} {
  const last = view.timeline[0]?.at ?? 0;
  return {
    fresh: view.notices.filter((notice) => notice.at >= last),
    older: view.notices.filter((notice) => notice.at < last),
  };
}

export function Notices({ view }: { readonly view: CaseView }) {
  const t = useTexts();
  const { fresh } = splitNotices(view);
  if (fresh.length === 0) return null;
  return (
    <section className="notices" aria-label={t('case.notices')}>
      {fresh.map((notice) => (
        <p key={`${notice.at} ${notice.text}`} className="note warn" role="status">
          <Icon name="alert" />
          <span>
            {notice.text} <time className="muted num">{shortDateTime(notice.at, now())}</time>
          </span>
        </p>
      ))}
    </section>
  );
}

export function OlderNotices({ view }: { readonly view: CaseView }) {
  const t = useTexts();
  const { older } = splitNotices(view);
  if (older.length === 0) return null;
  return (
    <details className="older-notices">
      <summary>{t('case.olderNotices', { n: older.length })}</summary>
      <ul>
        {older.map((notice) => (
          <li key={`${notice.at} ${notice.text}`}>
            <time className="muted num">{shortDateTime(notice.at, now())}</time> {notice.text}
          </li>
        ))}
      </ul>
    </details>
  );
}
