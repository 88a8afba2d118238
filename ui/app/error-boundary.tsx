import { Component, type ReactNode } from 'react';
import { t } from './texts/index.ts';

/** The last resort of a screen that failed: what happened, that nothing is lost, what to do, a reference. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly reference: string | null }> {
  override state: { readonly reference: string | null } = { reference: null };

  static getDerivedStateFromError(): { reference: string } {
    return { reference: Date.now().toString(36).toUpperCase() };
  }

  override componentDidCatch(error: unknown): void {
    console.error(this.state.reference, error);
  }

  override render(): ReactNode {
    if (this.state.reference === null) return this.props.children;
    return (
      <main id="main" className="page narrow">
        <h1>{t('app.crash')}</h1>
        <p className="read">{t('app.crashText', { reference: this.state.reference })}</p>
        <p className="actions">
          <button type="button" className="btn primary" onClick={() => location.reload()}>
            {t('app.reload')}
          </button>
        </p>
      </main>
    );
  }
}
