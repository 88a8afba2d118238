import type { ReactNode } from 'react';
import { useTexts } from '../app/texts/index.ts';

interface DialogActionsProps {
  /** What the form of the dialog does. */
  readonly label: string;
  /** It is being done. */
  readonly busy?: boolean | undefined;
  readonly onClose: () => void;
  /** Other ways between the two. */
  readonly children?: ReactNode;
}

/** The end of a form in a dialog: do it, or leave. */
export function DialogActions({ label, busy, onClose, children }: DialogActionsProps) {
  const t = useTexts();
  return (
    <footer>
      <button type="submit" className="btn primary" aria-busy={busy}>
        {label}
      </button>
      {children}
      <button type="button" className="btn" onClick={onClose}>
        {t('app.cancel')}
      </button>
    </footer>
  );
}
