import { lazy, Suspense, useState } from 'react';
import './own-form.css';
import { accounts } from '../api/accounts.ts';
import { api } from '../api/index.ts';
import { Icon } from '../app/icon.tsx';
import { useLoad } from '../app/load.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Loading } from '../app/parts/states.tsx';
import { Link, useParams } from '../app/route/index.ts';
import { useSession } from '../app/session.tsx';
import { t, useTexts } from '../app/texts/index.ts';
import { Centre } from './centre.tsx';
import { say } from './centre-texts.ts';
import { NewPasswordFields, useNewPassword } from './new-password.tsx';
import { OwnForm, type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

const Security = lazy(() => import('./account/security.tsx'));
const OwnData = lazy(() => import('./account/own-data.tsx'));
const Companies = lazy(() => import('./account/companies.tsx'));

const TITLES = {
  edit: 'account.edit',
  password: 'account.password',
  security: 'account.security',
  companies: 'account.companies',
  data: 'account.data',
} as const;

const PARTS = { edit: Edit, password: Password, security: Security, companies: Companies, data: OwnData } as const;

/** 个人资料 to read, 修改个人资料, 修改密码: each under an address of its own. */
export default function AccountPage() {
  useTexts();
  const { part } = useParams();
  const known = part && Object.hasOwn(PARTS, part) ? (part as keyof typeof PARTS) : null;
  const title = say(known ? TITLES[known] : 'account.title');
  const Part = known ? PARTS[known] : Profile;
  return (
    <Centre>
      <div className="own account">
        <PageTitle title={title}>{title}</PageTitle>
        <Suspense fallback={<Loading lines={6} />}>
          <Part />
        </Suspense>
      </div>
    </Centre>
  );
}

function Profile() {
  useTexts();
  const { session } = useSession();
  return (
    <section className="panel" aria-label={say('account.title')}>
      <dl className="kv">
        <dt>{t('login.account')}</dt>
        <dd>{session.person?.account || say('account.noName')}</dd>
        <dt>{t('register.name')}</dt>
        <dd>{session.person?.name}</dd>
      </dl>
      <p className="accountlinks">
        <Link to="/account/edit">{say('account.edit')}</Link>
        <Link to="/account/password">{say('account.password')}</Link>
        <Link to="/account/security">{say('account.security')}</Link>
      </p>
    </section>
  );
}

function Edit() {
  const t = useTexts();
  const { session, set } = useSession();
  const [name, setName] = useState(session.person?.name ?? '');
  const [saved, setSaved] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return (
    <section className="panel" aria-label={say('account.title')}>
      <dl className="kv">
        <dt>{t('login.account')}</dt>
        <dd>{session.person?.account}</dd>
      </dl>
      <OwnForm
        check={() => (name.trim() === '' ? [{ field: 'name', message: t('register.needName') }] : [])}
        send={async () => {
          set(await api.updateAccount({ name: name.trim() }));
          setSaved(true);
        }}
        submit={say('account.save')}
        problems={problems}
        onProblems={setProblems}
        extra={<Saved text={saved ? say('account.saved') : ''} />}
      >
        <TextField
          id="name"
          label={t('register.name')}
          hint={t('register.nameHint')}
          value={name}
          onChange={(value) => {
            setName(value);
            setSaved(false);
          }}
          autoComplete="name"
          error={problemAt(problems, 'name')}
        />
      </OwnForm>
    </section>
  );
}

function Password() {
  useTexts();
  const { set } = useSession();
  const { state } = useLoad('account', accounts.account);
  const hasOne = state.kind !== 'ready' || state.data.password;
  const [password, setPassword] = useState('');
  const chosen = useNewPassword();
  const [saved, setSaved] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const check = (): readonly Problem[] => {
    setSaved(false);
    const current = hasOne && password === '' ? [{ field: 'password', message: say('account.needCurrent') }] : [];
    return [...current, ...chosen.problems('newPassword')];
  };
  const send = async (): Promise<void> => {
    set(await api.updateAccount({ password, newPassword: chosen.value }));
    setPassword('');
    chosen.clear();
    setSaved(true);
  };
  return (
    <section className="panel" aria-label={say('account.password')}>
      <OwnForm
        check={check}
        send={send}
        submit={say('account.change')}
        problems={problems}
        onProblems={setProblems}
        extra={<Saved text={saved ? say('account.changed') : ''} />}
      >
        {hasOne ? (
          <TextField
            id="password"
            label={say('account.current')}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            secret
            error={problemAt(problems, 'password')}
          />
        ) : null}
        <NewPasswordFields id="newPassword" label={say('account.new')} password={chosen} problems={problems} />
      </OwnForm>
    </section>
  );
}

function Saved({ text }: { readonly text: string }) {
  return (
    <span role="status" className="saved">
      {text && (
        <>
          <Icon name="check" /> {text}
        </>
      )}
    </span>
  );
}
