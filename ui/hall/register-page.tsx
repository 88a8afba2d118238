import { useState } from 'react';
import { Link, navigate, Redirect, useQuery } from '../app/route/index.ts';
import './own-form.css';
import { api } from '../api/index.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { safeNext } from './login-page.tsx';
import { NewPasswordFields, useNewPassword } from './new-password.tsx';
import { OwnForm, type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

export default function RegisterPage() {
  const t = useTexts();
  const { session, set } = useSession();
  const [params] = useQuery();
  const [account, setAccount] = useState('');
  const [name, setName] = useState('');
  const password = useNewPassword();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const next = safeNext(params.get('next'));

  if (session.person) return <Redirect to={next ?? '/'} />;

  const check = (): readonly Problem[] => {
    const found: Problem[] = [];
    if (!/^[\w.@-]{4,40}$/.test(account.trim())) found.push({ field: 'account', message: t('register.badAccount') });
    if (name.trim() === '') found.push({ field: 'name', message: t('register.needName') });
    return [...found, ...password.problems('password')];
  };
  const send = async (): Promise<void> => {
    set(await api.register(account.trim(), password.value, name.trim()));
    navigate(next ?? '/', { replace: true });
  };

  return (
    <div className="page narrow own">
      <PageTitle title={t('register.title')}>{t('register.title')}</PageTitle>
      <p className="lead">{t('register.lead')}</p>
      <div className="panel">
        <OwnForm
          check={check}
          send={send}
          submit={t('register.submit')}
          problems={problems}
          onProblems={setProblems}
          extra={
            <span className="muted">
              {t('login.have')}{' '}
              <Link to={`/login${next ? `?next=${encodeURIComponent(next)}` : ''}`}>{t('login.toLogin')}</Link>
              {session.logins.sms && (
                <>
                  {' · '}
                  <Link to={`/login?by=sms${next ? `&next=${encodeURIComponent(next)}` : ''}`}>
                    {t('register.bySms')}
                  </Link>
                </>
              )}
            </span>
          }
        >
          <TextField
            id="account"
            label={t('register.account')}
            hint={t('register.accountHint')}
            value={account}
            onChange={setAccount}
            autoComplete="username"
            error={problemAt(problems, 'account')}
          />
          <TextField
            id="name"
            label={t('register.name')}
            hint={t('register.nameHint')}
            value={name}
            onChange={setName}
            autoComplete="name"
            error={problemAt(problems, 'name')}
          />
          <NewPasswordFields id="password" label={t('register.password')} password={password} problems={problems} />
        </OwnForm>
      </div>
    </div>
  );
}
