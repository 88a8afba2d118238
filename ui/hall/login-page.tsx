import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { SessionView } from '../../engine/contract/session.ts';
import { Link, navigate, Redirect, useQuery } from '../app/route/index.ts';
import './own-form.css';
import { api } from '../api/index.ts';
import { PageTitle } from '../app/parts/page-title.tsx';
import { Loading } from '../app/parts/states.tsx';
import { useSession } from '../app/session.tsx';
import { useTexts } from '../app/texts/index.ts';
import { OwnForm, type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

/** Other ways in are fetched when somebody takes them. */
const SmsLogin = lazy(() => import('./account/sms-login.tsx'));
const SecondStep = lazy(() => import('./account/second-step.tsx'));
const LoginMore = lazy(() => import('./account/login-more.tsx'));

export function LoginPage() {
  const t = useTexts();
  const { session, set } = useSession();
  const [params] = useQuery();
  const next = safeNext(params.get('next'));
  const bySms = session.logins.sms && params.get('by') === 'sms';
  const trouble = params.get('trouble');

  if (session.person) return <Redirect to={next ?? session.home} />;

  const done = (answer: SessionView): void => {
    set(answer);
    if (answer.person) navigate(next ?? answer.home, { replace: true });
  };
  const to = (by: string): string => {
    const query = new URLSearchParams({ ...(by && { by }), ...(next && { next }) }).toString();
    return `/login${query && `?${query}`}`;
  };
  const title = t(session.second ? 'login.second' : 'login.title');
  return (
    <div className="page narrow own">
      <PageTitle title={title}>{title}</PageTitle>
      {next && !session.second && <p className="lead">{t('login.next')}</p>}
      {session.second ? (
        <Panel>
          <SecondStep step={session.second} onDone={done} onOther={() => void api.logout().then(set)} />
        </Panel>
      ) : (
        <>
          {session.logins.sms && (
            <nav className="loginways" aria-label={t('login.title')}>
              <Link to={to('')} aria-current={bySms ? undefined : 'page'}>
                {t('login.byPassword')}
              </Link>
              <Link to={to('sms')} aria-current={bySms ? 'page' : undefined}>
                {t('login.bySms')}
              </Link>
            </nav>
          )}
          <Panel>{bySms ? <SmsLogin onDone={done} /> : <ByPassword next={next} onDone={done} />}</Panel>
        </>
      )}
      {(session.logins.provider || trouble) && !session.second && (
        <Suspense fallback={null}>
          <LoginMore trouble={trouble} next={next} />
        </Suspense>
      )}
    </div>
  );
}

function Panel({ children }: { readonly children: ReactNode }) {
  return (
    <div className="panel">
      <Suspense fallback={<Loading lines={4} />}>{children}</Suspense>
    </div>
  );
}

function ByPassword({
  next,
  onDone,
}: {
  readonly next: string | null;
  readonly onDone: (session: SessionView) => void;
}) {
  const t = useTexts();
  const { session } = useSession();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const check = (): readonly Problem[] => [
    ...(account.trim() === '' ? [{ field: 'account', message: t('login.needAccount') }] : []),
    ...(password === '' ? [{ field: 'password', message: t('login.needPassword') }] : []),
  ];
  return (
    <OwnForm
      check={check}
      send={async () => onDone(await api.login(account.trim(), password))}
      submit={t('login.submit')}
      problems={problems}
      onProblems={setProblems}
      extra={
        <span className="muted">
          {t('login.first')}{' '}
          <Link to={`/register${next ? `?next=${encodeURIComponent(next)}` : ''}`}>{t('login.toRegister')}</Link>
          {session.logins.sms && (
            <>
              {' · '}
              <Link to="/reset">{t('login.forgot')}</Link>
            </>
          )}
        </span>
      }
    >
      <TextField
        id="account"
        label={t(session.logins.sms ? 'login.accountOrMobile' : 'login.account')}
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
  );
}

/** Only a path of our own: `//evil.example` and `/\evil` are addresses of others. */
export function safeNext(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
