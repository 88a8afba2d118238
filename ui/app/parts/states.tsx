import type { Fault } from '../../api/fault.ts';
import { useTexts } from '../texts/index.ts';

/** Lines of the final size after 300 ms; after 3 s it says what is awaited. */
export function Loading({ lines = 5 }: { readonly lines?: number }) {
  const t = useTexts();
  return (
    <div className="page skeleton" role="status" aria-label={t('app.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines
        <i key={line} className={line === 0 ? 'first' : line % 2 ? 'long' : 'short'} />
      ))}
      <p className="slow">{t('app.slow')}</p>
    </div>
  );
}

/** What happened, that nothing is lost, what to do. */
export function Failed({ fault, onRetry }: { readonly fault: Fault; readonly onRetry: () => void }) {
  const t = useTexts();
  return (
    <div className="page failed" role="alert">
      <h1>{t('app.unavailable')}</h1>
      <p className="read">{fault.message}</p>
      {/* Whose sentence says so itself. */}
      {fault.code !== 'try-later' && <p className="read">{t('app.unavailableText')}</p>}
      <p className="actions">
        <button type="button" className="btn primary" onClick={onRetry}>
          {t('app.retry')}
        </button>
      </p>
    </div>
  );
}
