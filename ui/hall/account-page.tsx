import { useState } from 'react';
import './own-form.css';
import { api } from '../api/index.ts';
import { Icon } from '../app/icon.tsx';
import { PageTitle } from '../app/parts/page-title.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { Centre } from './centre.tsx';
import { NewPasswordFields, useNewPassword } from './new-password.tsx';
import { OwnForm, type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

/** 个人资料 and 修改密码. */
export function AccountPage() {
  const t = useTexts();
  return (
    <Centre>
      <div className="own account">
        <PageTitle title={t('account.title')}>{t('account.title')}</PageTitle>
        <Profile />
        <Password />
      </div>
    </Centre>
  );
}

function Profile() {
  const t = useTexts();
  const { session, set } = useSession();
  const [name, setName] = useState(session.person?.name ?? '');
  const [saved, setSaved] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  return (
    <section className="panel" aria-label={t('account.title')}>
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
        submit={t('account.save')}
        problems={problems}
        onProblems={setProblems}
        extra={<Saved text={saved ? t('account.saved') : ''} />}
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
  const t = useTexts();
  const { set } = useSession();
  const [password, setPassword] = useState('');
  const chosen = useNewPassword();
  const [saved, setSaved] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const check = (): readonly Problem[] => {
    setSaved(false);
    const current = password === '' ? [{ field: 'password', message: t('account.needCurrent') }] : [];
    return [...current, ...chosen.problems('newPassword')];
  };
  const send = async (): Promise<void> => {
    set(await api.updateAccount({ password, newPassword: chosen.value }));
    setPassword('');
    chosen.clear();
    setSaved(true);
  };
  return (
    <section className="panel" id="password-panel" aria-labelledby="h-password">
      <h2 id="h-password">{t('account.password')}</h2>
      <OwnForm
        check={check}
        send={send}
        submit={t('account.change')}
        problems={problems}
        onProblems={setProblems}
        extra={<Saved text={saved ? t('account.changed') : ''} />}
      >
        <TextField
          id="password"
          label={t('account.current')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          secret
          error={problemAt(problems, 'password')}
        />
        <NewPasswordFields id="newPassword" label={t('account.new')} password={chosen} problems={problems} />
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
