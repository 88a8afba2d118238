import { useState } from 'react';
import type { SessionView } from '../../../engine/contract/session.ts';
import { accounts } from '../../api/accounts.ts';
import { useLoad } from '../../app/load.ts';
import { Qr } from '../../app/parts/qr.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { say } from './texts.ts';
import './account.css';

/** An authenticator is set up: its key as a QR code and in letters, then a first code, then the recovery codes. */
export function Enrol(props: { readonly onDone: (session: SessionView) => void; readonly onCancel?: () => void }) {
  useLanguage();
  const { state } = useLoad('enrol', accounts.beginSecond);
  const [code, setCode] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [done, setDone] = useState<{ recovery: readonly string[]; session: SessionView } | null>(null);
  if (done) return <RecoveryCodes codes={done.recovery} onDone={() => props.onDone(done.session)} />;
  if (state.kind === 'loading') return <Loading lines={6} />;
  if (state.kind === 'failed') return <p className="note err">{state.fault.message}</p>;
  const { uri, secret } = state.data;
  return (
    <OwnForm
      check={() => (/^\d{6}$/.test(code.trim()) ? [] : [{ field: 'second', message: say('needSecond') }])}
      send={async () => setDone(await accounts.confirmSecond(code))}
      submit={say('enrolSubmit')}
      problems={problems}
      onProblems={setProblems}
      extra={
        props.onCancel && (
          <button type="button" className="btn quiet" onClick={props.onCancel}>
            {say('cancel')}
          </button>
        )
      }
    >
      <div className="enrol">
        <p className="strong">{say('enrolScan')}</p>
        <Qr text={uri} label={say('enrolQr')} />
        <p className="muted small">{say('enrolHand')}</p>
        <p>
          <code className="secretkey">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </div>
      <TextField
        id="second"
        label={say('enrolCode')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        inputMode="numeric"
        error={problemAt(problems, 'second')}
      />
    </OwnForm>
  );
}
