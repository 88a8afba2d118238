import { useState } from 'react';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { say } from './texts.ts';

/** Shown once, to be kept somewhere else than the phone. */
export function RecoveryCodes(props: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(props.codes.join('\n')).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div className="recovery">
      <h2>{say('recoveryTitle')}</h2>
      <p className="note warn">
        <span>{say('recoveryLead')}</span>
      </p>
      <ul>
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <button type="button" className="btn primary" onClick={props.onDone}>
          {say('recoveryDone')}
        </button>
        <button type="button" className="btn" onClick={copy}>
          {say(copied ? 'copied' : 'copy')}
        </button>
      </div>
    </div>
  );
}
