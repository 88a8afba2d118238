import { useState } from 'react';
import type { AccountView, DeviceView } from '../../../engine/contract/accounts.ts';
import { accounts } from '../../api/accounts.ts';
import { shortDateTime } from '../../app/format.ts';
import { asFault, useLoad } from '../../app/load.ts';
import { now } from '../../app/now.ts';
import { Loading } from '../../app/parts/states.tsx';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { CodeFields, usePhoneCode } from './code-fields.tsx';
import { EnrolAgain } from './enrol.tsx';
import { needPassword, PasswordAgain } from './password-again.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { say } from './texts.ts';
import './account.css';

/** The phone, the second factor, and where one is logged in. */
export default function Security() {
  useLanguage();
  const { state, set } = useLoad('account', accounts.account);
  if (state.kind === 'loading') return <Loading lines={8} />;
  if (state.kind === 'failed') return <p className="note err">{state.fault.message}</p>;
  return (
    <>
      <Mobile account={state.data} onChange={set} />
      <Second account={state.data} onChange={set} />
      <Devices />
    </>
  );
}

/** Where a refusal of a phone is said. */
function fieldOf(code: string): string {
  if (code === 'wrong-login') return 'mobile-password';
  return code.startsWith('code-') ? 'code' : 'mobile';
}

interface PartProps {
  readonly account: AccountView;
  readonly onChange: (account: AccountView) => void;
}

function Mobile({ account, onChange }: PartProps) {
  const { session } = useSession();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const phone = usePhoneCode();
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  if (!session.logins.sms) return null;
  const send = async (): Promise<void> => {
    try {
      onChange(await accounts.bindMobile(phone.typed, password));
      setOpen(false);
      setPassword('');
      setDone(true);
    } catch (error) {
      const fault = asFault(error);
      setProblems([{ field: fieldOf(fault.code), message: fault.message }]);
    }
  };
  return (
    <section className="panel" aria-label={say('mobile')}>
      <h2>{say('mobile')}</h2>
      <p>{account.mobile ?? say('mobileNone')}</p>
      <p role="status" className="muted">
        {done ? say('mobileDone') : ''}
      </p>
      {open ? (
        <OwnForm
          check={() => [...needPassword(account.password, password, 'mobile-password'), ...phone.problems()]}
          send={send}
          submit={say(account.mobile ? 'mobileChange' : 'mobileBind')}
          problems={problems}
          onProblems={setProblems}
          extra={
            <button type="button" className="btn quiet" onClick={() => setOpen(false)}>
              {say('cancel')}
            </button>
          }
        >
          {account.password && (
            <PasswordAgain id="mobile-password" value={password} onChange={setPassword} problems={problems} />
          )}
          <CodeFields purpose="mobile" phone={phone} problems={problems} onProblems={setProblems} />
        </OwnForm>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {say(account.mobile ? 'mobileChange' : 'mobileBind')}
        </button>
      )}
    </section>
  );
}

function Second({ account, onChange }: PartProps) {
  const { set } = useSession();
  const [open, setOpen] = useState<'enrol' | 'remove' | 'renew' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const again = async (): Promise<void> => onChange(await accounts.account());
  if (account.provided) {
    return (
      <section className="panel" aria-label={say('secondTitle')}>
        <h2>{say('secondTitle')}</h2>
        <p>{say('secondProvided')}</p>
      </section>
    );
  }
  const { second } = account;
  return (
    <section className="panel" aria-label={say('secondTitle')}>
      <h2>{say('secondTitle')}</h2>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
      ) : open === 'enrol' ? (
        <>
          <p className="mb">{say('enrolLead')}</p>
          <EnrolAgain
            asks={account.password}
            onDone={(session) => {
              set(session);
              setOpen(null);
              void again();
            }}
            onCancel={() => setOpen(null)}
          />
        </>
      ) : open ? (
        <WithCode
          submit={say(open === 'remove' ? 'secondRemove' : 'secondRenew')}
          send={async (code) => {
            if (open === 'remove') onChange(await accounts.removeSecond(code));
            else {
              setCodes((await accounts.renewRecovery(code)).recovery);
              await again();
            }
            setOpen(null);
          }}
          onCancel={() => setOpen(null)}
        />
      ) : (
        <>
          <p>{second ? say('secondOn', { n: second.recovery }) : say('secondOff')}</p>
          <div className="row">
            {second ? (
              <button type="button" className="btn" onClick={() => setOpen('renew')}>
                {say('secondRenew')}
              </button>
            ) : (
              <button type="button" className="btn" onClick={() => setOpen('enrol')}>
                {say('secondSetUp')}
              </button>
            )}
            {second && !account.secondRequired ? (
              <button type="button" className="btn danger" onClick={() => setOpen('remove')}>
                {say('secondRemove')}
              </button>
            ) : null}
          </div>
        </>
      )}
    </section>
  );
}

function WithCode(props: {
  readonly submit: string;
  readonly send: (code: string) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const [code, setCode] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return (
    <OwnForm
      check={() => (code.trim() === '' ? [{ field: 'second', message: say('needSecond') }] : [])}
      send={() => props.send(code)}
      submit={props.submit}
      problems={problems}
      onProblems={setProblems}
      extra={
        <button type="button" className="btn quiet" onClick={props.onCancel}>
          {say('cancel')}
        </button>
      }
    >
      <TextField
        id="second"
        label={say('secondField')}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        error={problemAt(problems, 'second')}
      />
    </OwnForm>
  );
}

function Devices() {
  const { state, set } = useLoad('devices', accounts.devices);
  const [said, setSaid] = useState('');
  const close = async (id?: string): Promise<void> => {
    try {
      set(await accounts.closeDevices(id));
      setSaid(say('signedOut'));
    } catch (error) {
      setSaid(asFault(error).message);
    }
  };
  const all = state.kind === 'ready' ? state.data : [];
  return (
    <section className="panel" aria-label={say('devices')}>
      <h2>{say('devices')}</h2>
      <p className="muted">{say('devicesLead')}</p>
      {state.kind === 'loading' ? <Loading lines={3} /> : null}
      <ul className="devices">
        {all.map((one) => (
          <Device key={one.id} device={one} onClose={() => void close(one.id)} />
        ))}
      </ul>
      {all.length > 1 ? (
        <button type="button" className="btn" onClick={() => void close()}>
          {say('signOutAll')}
        </button>
      ) : null}
      <p role="status" className="muted">
        {said}
      </p>
    </section>
  );
}

function Device({ device, onClose }: { readonly device: DeviceView; readonly onClose: () => void }) {
  const { own, createdAt, seenAt } = device;
  return (
    <li>
      <span>
        <b>{device.device || say('unknownDevice')}</b>{' '}
        {own ? <span className="tag ok">{say('thisDevice')}</span> : null}
        <br />
        <span className="muted small">
          {say('deviceSince', { at: shortDateTime(createdAt, now()) })} ·{' '}
          {say('deviceSeen', { at: shortDateTime(seenAt, now()) })}
        </span>
      </span>
      {own ? null : (
        <button type="button" className="btn sm" onClick={onClose}>
          {say('signOut')}
        </button>
      )}
    </li>
  );
}
