import { useState } from 'react';
import type { SessionView } from '../../../engine/contract/session.ts';
import { accounts, type SecondBegun } from '../../api/accounts.ts';
import { useLoad } from '../../app/load.ts';
import { Qr } from '../../app/parts/qr.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { needPassword, PasswordAgain } from './password-again.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { say } from './texts.ts';
import './account.css';

interface EnrolProps {
  readonly onDone: (session: SessionView) => void;
  readonly onCancel?: () => void;
}

/** An authenticator is set up on the way in: the password was given a moment ago. */
export function Enrol(props: EnrolProps) {
  useLanguage();
  const { state } = useLoad('enrol', () => accounts.beginSecond());
  if (state.kind === 'loading') return <Loading lines={6} />;
  if (state.kind === 'failed') return <p className="note err">{state.fault.message}</p>;
  return <Authenticator {...props} begun={state.data} />;
}

/** The same for somebody who is logged in: whoever finds an open window must not lock its owner out. */
export function EnrolAgain({ asks, ...props }: EnrolProps & { readonly asks: boolean }) {
  const [begun, setBegun] = useState<SecondBegun | null>(null);
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  if (!asks) return <Enrol {...props} />;
  if (begun) return <Authenticator {...props} begun={begun} />;
  return (
    <OwnForm
      check={() => needPassword(asks, password, 'second-password')}
      send={async () => setBegun(await accounts.beginSecond(password))}
      submit={say('enrolNext')}
      problems={problems}
      onProblems={setProblems}
      extra={<Cancel onCancel={props.onCancel} />}
    >
      <PasswordAgain id="second-password" value={password} onChange={setPassword} problems={problems} />
    </OwnForm>
  );
}

/** The key as a QR code and in letters, then a first code, then the recovery codes. */
function Authenticator(props: EnrolProps & { readonly begun: SecondBegun }) {
  const { uri, secret } = props.begun;
  const [code, setCode] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [done, setDone] = useState<{ recovery: readonly string[]; session: SessionView } | null>(null);
  if (done) return <RecoveryCodes codes={done.recovery} onDone={() => props.onDone(done.session)} />;
  return (
    <OwnForm
      check={() => (/^\d{6}$/.test(code.trim()) ? [] : [{ field: 'second', message: say('needSecond') }])}
      send={async () => setDone(await accounts.confirmSecond(code))}
      submit={say('enrolSubmit')}
      problems={problems}
      onProblems={setProblems}
      extra={<Cancel onCancel={props.onCancel} />}
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

function Cancel({ onCancel }: { readonly onCancel: (() => void) | undefined }) {
  if (!onCancel) return null;
  return (
    <button type="button" className="btn quiet" onClick={onCancel}>
      {say('cancel')}
    </button>
  );
}
