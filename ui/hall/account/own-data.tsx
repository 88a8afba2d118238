import { useId, useState } from 'react';
import type { ErasurePlan } from '../../../engine/contract/routes.ts';
import { api } from '../../api/index.ts';
import { privacy } from '../../api/privacy.ts';
import { download } from '../../app/download.ts';
import { isoDate } from '../../app/format.ts';
import { Icon } from '../../app/icon.tsx';
import { useLoad } from '../../app/load.ts';
import { Failed, Loading } from '../../app/parts/states.tsx';
import { Link, navigate } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem } from '../own-form.tsx';
import { say } from './own-data-texts.ts';
import { needPassword, PasswordAgain } from './password-again.tsx';
import './account.css';
import './own-data.css';

/** Everything that is the person's own: to take with them, and to have deleted. */
export default function OwnData() {
  useLanguage();
  const { state, reload } = useLoad('erasure', privacy.plan);
  if (state.kind === 'loading') return <Loading lines={8} />;
  if (state.kind === 'failed') return <Failed fault={state.fault} onRetry={reload} />;
  return (
    <>
      <Export asks={state.data.password} />
      <Erase plan={state.data} />
    </>
  );
}

function Export({ asks }: { readonly asks: boolean }) {
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async (): Promise<void> => {
    setDone(false);
    download(say('fileName'), await privacy.exported(password));
    setPassword('');
    setDone(true);
  };
  return (
    <section className="panel" aria-label={say('get')}>
      <h2>{say('get')}</h2>
      <p className="muted">{say('getLead')}</p>
      <OwnForm
        check={() => needPassword(asks, password, 'export-password')}
        send={send}
        submit={say('getButton')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <span role="status" className="saved">
            {done && (
              <>
                <Icon name="check" /> {say('got')}
              </>
            )}
          </span>
        }
      >
        {asks && <PasswordAgain id="export-password" value={password} onChange={setPassword} problems={problems} />}
      </OwnForm>
    </section>
  );
}

function Erase({ plan }: { readonly plan: ErasurePlan }) {
  const { set } = useSession();
  const sureId = useId();
  const [password, setPassword] = useState('');
  const [sure, setSure] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const isBlocked = plan.cases.some(({ kind }) => kind === 'open');
  const check = (): readonly Problem[] => [
    ...needPassword(plan.password, password, 'erase-password'),
    ...(sure ? [] : [{ field: '', message: say('needSure') }]),
  ];
  const send = async (): Promise<void> => {
    await privacy.erase(password);
    // First away from here: this page is for those who are logged in.
    navigate('/goodbye');
    set(await api.session());
  };
  return (
    <section className="panel owndata" aria-label={say('erase')}>
      <h2>{say('erase')}</h2>
      <p className="muted">{say('eraseLead')}</p>
      {plan.cases.length === 0 ? <p>{say('none')}</p> : <Cases plan={plan} />}
      {isBlocked ? (
        <p className="note warn">
          <Icon name="alert" />
          <span>{say('blocked')}</span>
        </p>
      ) : (
        <OwnForm
          check={check}
          send={send}
          submit={say('eraseButton')}
          danger
          problems={problems}
          onProblems={setProblems}
        >
          {plan.password && (
            <PasswordAgain id="erase-password" value={password} onChange={setPassword} problems={problems} />
          )}
          <label className="owndata-sure" htmlFor={sureId}>
            <input id={sureId} type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
            <span>{say('sure')}</span>
          </label>
        </OwnForm>
      )}
    </section>
  );
}

function Cases({ plan }: { readonly plan: ErasurePlan }) {
  return (
    <>
      <h3>{say('cases')}</h3>
      <ul className="owndata-cases">
        {plan.cases.map((one) => (
          <li key={one.id}>
            <Link to={`/cases/${one.id}`}>{one.number}</Link>
            <span className="muted">{one.subject || say('unnamed')}</span>
            <span>{whatOf(one)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function whatOf({ kind, until }: ErasurePlan['cases'][number]): string {
  if (kind !== 'kept') return say(kind);
  return until === null ? say('keptOpen') : say('kept', { date: isoDate(until) });
}
