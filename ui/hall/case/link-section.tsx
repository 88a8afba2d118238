import { useEffect, useState } from 'react';
import type { SectionView } from '../../../engine/contract/view.ts';
import { remaining } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { Qr } from '../../app/parts/qr.tsx';
import { useSession } from '../../app/session.tsx';
import { useTexts } from '../../app/texts/index.ts';

export type Link = Extract<SectionView, { kind: 'link' }>;

/** A one-time link as a QR code with what is left of its time. In development the address too, for whoever has no phone at hand. */
export function LinkSection({ section }: { readonly section: Link }) {
  const t = useTexts();
  const { session } = useSession();
  const [copied, setCopied] = useState(false);
  const at = useTicking(section.validUntil);
  const left = section.validUntil === null ? null : remaining(section.validUntil, at);
  const expired = section.validUntil !== null && left === null;
  const url = section.url && new URL(section.url, location.origin).href;
  return (
    <section className="panel linkpanel" aria-label={section.title}>
      <h2>{section.title}</h2>
      {expired || !url ? (
        <div className="qrgone">
          <Icon name="clock" />
          <p className="strong">{t('case.linkExpired')}</p>
          <p className="small muted">{t('case.linkRenew')}</p>
        </div>
      ) : (
        <>
          <Qr text={url} label={t('case.linkLabel', { title: section.title })} size={220} />
          {left && (
            <p className="small">
              <Icon name="clock" /> {t('case.linkUntil', { left })}
            </p>
          )}
        </>
      )}
      <p className="note">
        <Icon name="wait" />
        <span>{t('case.linkHow')}</span>
      </p>
      {session.development && url && !expired && (
        <div className="devlink small">
          <p className="muted">{t('case.linkText')}</p>
          <p>
            <a href={url} target="_blank" rel="noreferrer">
              {url}
            </a>
          </p>
          <button
            type="button"
            className="linkbtn"
            onClick={() => {
              void navigator.clipboard?.writeText(url).then(() => setCopied(true));
            }}
          >
            {copied ? t('case.copied') : t('case.copy')}
          </button>
        </div>
      )}
    </section>
  );
}

/** The time, anew every ten seconds, and at once when the limit is reached. */
function useTicking(until: number | null): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => setAt(now()), 10_000);
    const end = setTimeout(() => setAt(now()), Math.min(Math.max(until - now(), 0) + 50, 2_000_000_000));
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [until]);
  return at;
}
