import { lazy, Suspense, useState } from 'react';
import type { SessionView } from '../../engine/contract/session.ts';
import { api, sessionBack } from '../api/index.ts';
import { OwnForm, type Problem, problemAt } from '../hall/own-form.tsx';
import { TextField } from '../hall/text-field.tsx';
import { Dialog } from './parts/dialog.tsx';
import { navigate, useAddress } from './route/index.ts';
import { useSession } from './session.tsx';
import { useTexts } from './texts/index.ts';

const SecondStep = lazy(() => import('../hall/account/second-step.tsx'));

/** Logging in again above the page that is open. */
export default function Again({ account, onClose }: { readonly account: string; readonly onClose: () => void }) {
  const t = useTexts();
  const { session, set } = useSession();
  const { pathname, search } = useAddress();
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);

  const [step, setStep] = useState<SessionView['second']>();
  const done = (answer: SessionView): void => {
    set(answer);
    onClose();
    sessionBack();
  };
  const send = async (): Promise<void> => {
    const answer = await api.login(account, password);
    if (answer.second) setStep(answer.second);
    else done(answer);
  };
  const other = (): void => {
    onClose();
    set({ ...session, person: null, abilities: [] });
    navigate(`/login?next=${encodeURIComponent(pathname + search)}`);
  };
  if (step) {
    return (
      <Dialog title={t('login.second')} onClose={onClose} sticky>
        <Suspense fallback={null}>
          <SecondStep step={step} onDone={done} onOther={other} />
        </Suspense>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('login.again')} onClose={onClose} sticky>
      <p className="mb">{t('login.againText')}</p>
      <OwnForm
        check={() => (password === '' ? [{ field: 'again-password', message: t('login.needPassword') }] : [])}
        send={send}
        submit={t('login.submit')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <button type="button" className="btn quiet" onClick={other}>
            {t('login.other')}
          </button>
        }
      >
        <p className="mb">
          {t('login.account')} <b>{account}</b>
        </p>
        <TextField
          id="again-password"
          label={t('login.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          secret
          error={problemAt(problems, 'again-password')}
        />
      </OwnForm>
    </Dialog>
  );
}
