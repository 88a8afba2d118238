import { useState } from 'react';
import { Link, navigate, Redirect, useQuery } from '../app/route/index.ts';
import './own-form.css';
import { api } from '../api/index.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { OwnForm, type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

export function LoginPage() {
  const t = useTexts();
  const { session, set } = useSession();
  const [params] = useQuery();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const next = safeNext(params.get('next'));

  if (session.person) return <Redirect to={next ?? session.home} />;

  const check = (): readonly Problem[] => [
    ...(account.trim() === '' ? [{ field: 'account', message: t('login.needAccount') }] : []),
    ...(password === '' ? [{ field: 'password', message: t('login.needPassword') }] : []),
  ];
  const send = async (): Promise<void> => {
    const answer = await api.login(account.trim(), password);
    set(answer);
    navigate(next ?? answer.home, { replace: true });
  };

  return (
    <div className="page narrow own">
      <PageTitle title={t('login.title')}>{t('login.title')}</PageTitle>
      {next && <p className="lead">{t('login.next')}</p>}
      <div className="panel">
        <OwnForm
          check={check}
          send={send}
          submit={t('login.submit')}
          problems={problems}
          onProblems={setProblems}
          extra={
            <span className="muted">
              {t('login.first')}{' '}
              <Link to={`/register${next ? `?next=${encodeURIComponent(next)}` : ''}`}>{t('login.toRegister')}</Link>
            </span>
          }
        >
          <TextField
            id="account"
            label={t('login.account')}
            value={account}
            onChange={setAccount}
            autoComplete="username"
            error={problemAt(problems, 'account')}
          />
          <TextField
            id="password"
            label={t('login.password')}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            secret
            error={problemAt(problems, 'password')}
          />
        </OwnForm>
      </div>
    </div>
  );
}

/** Only a path of our own: `//evil.example` and `/\evil` are addresses of others. */
export function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
