import { type HTMLInputAutoCompleteAttribute, useId, useState } from 'react';
import { Icon } from '../app/icon.tsx';
import { useTexts } from '../app/texts/index.ts';

/** One line of the product's own forms (login, registration, profile): label, hint, error, control. */
export function TextField(props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
  /** A password can be shown: whoever sees what they type makes fewer mistakes. */
  readonly secret?: boolean;
  /** Which keys a phone shows. */
  readonly inputMode?: 'numeric' | 'tel';
}) {
  const t = useTexts();
  const hint = useId();
  const error = useId();
  const [shown, setShown] = useState(false);
  const described = [props.hint && hint, props.error && error].filter(Boolean).join(' ');
  return (
    <div className={props.error ? 'tf bad' : 'tf'}>
      <label htmlFor={props.id}>{props.label}</label>
      {props.hint && (
        <p className="tf-hint" id={hint}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p className="tf-error" id={error}>
          <Icon name="alert" />
          <span>
            {t('app.error')}
            {props.error}
          </span>
        </p>
      )}
      <div className="tf-in">
        <input
          id={props.id}
          name={props.id}
          type={props.secret && !shown ? 'password' : 'text'}
          autoComplete={props.autoComplete}
          inputMode={props.inputMode}
          autoCapitalize="none"
          spellCheck={false}
          value={props.value}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={described || undefined}
          onChange={(event) => props.onChange(event.target.value)}
        />
        {props.secret && (
          <button
            type="button"
            className="iconbtn"
            aria-pressed={shown}
            aria-label={shown ? t('login.hide') : t('login.show')}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        )}
      </div>
    </div>
  );
}
