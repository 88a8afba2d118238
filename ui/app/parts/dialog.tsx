import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from '../icon.tsx';
import { useTexts } from '../texts/index.ts';

/**
 * A native modal dialog: the browser keeps the focus inside, Esc closes it, the focus returns to where it was.
 * It is open as long as it is rendered. `onClose` hears Esc, the cross and a click beside it.
 */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** A click beside it does not close it: something was typed. */
  readonly sticky?: boolean;
}) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the dialog's own key; the click is only a convenience
    <dialog
      ref={dialog}
      className={props.wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !props.sticky) props.onClose();
      }}
    >
      <div>
        <header>
          <h2 id={heading} tabIndex={-1}>
            {props.title}
          </h2>
          <button type="button" className="iconbtn" aria-label={t('app.close')} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}
