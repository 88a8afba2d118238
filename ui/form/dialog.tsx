import './styles.ts';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useSay } from './texts.ts';

/** A modal window on the browser's own <dialog>: focus stays inside, Escape closes, focus returns to where it was. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Text to be read: limited line length. */
  readonly reading?: boolean;
  /** As large as the window. */
  readonly wide?: boolean;
  readonly tools?: ReactNode;
}) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes natively; the click is on the ground behind
    <dialog
      ref={dialog}
      className={`fv-dialog${props.reading ? ' is-reading' : ''}${props.wide ? ' is-wide' : ''}`}
      aria-labelledby={title}
      onClose={props.onClose}
      onClick={(event) => {
        if (event.target === dialog.current) props.onClose();
      }}
    >
      <div className="fv-dialog-box">
        <header>
          <h2 id={title}>{props.title}</h2>
          {props.tools}
          <button type="button" className="fv-small" onClick={props.onClose}>
            {say('close')}
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls has to be reachable by keyboard */}
        <div className="fv-dialog-body" tabIndex={0} role="document">
          {props.children}
        </div>
      </div>
    </dialog>
  );
}

/** A text whose paragraphs stand apart by empty lines. */
export function Paragraphs({ text }: { readonly text: string }) {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => <p key={part}>{part.trim()}</p>);
}
