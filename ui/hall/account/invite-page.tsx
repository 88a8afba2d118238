import { useState } from 'react';
import { accounts } from '../../api/accounts.ts';
import { useLoad } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Loading } from '../../app/parts/states.tsx';
import { navigate } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { NewPasswordFields, useNewPassword } from '../new-password.tsx';
import '../own-form.css';
import { OwnForm, type Problem } from '../own-form.tsx';
import { say } from './texts.ts';

/** Whoever was invited sets a password; nobody else ever knows it. The token stands behind the `#`. */
export default function InvitePage() {
  useLanguage();
  const { set } = useSession();
  const [token] = useState(() => window.location.hash.slice(1));
  const { state } = useLoad('invitation', () => accounts.invitation(token));
  const password = useNewPassword();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async (): Promise<void> => {
    const answer = await accounts.acceptInvitation(token, password.value);
    history.replaceState(history.state, '', '/invite');
    set(answer);
    navigate(answer.second ? '/login' : answer.home, { replace: true });
  };
  const title = say(state.kind === 'failed' ? 'inviteOver' : 'inviteTitle');
  return (
    <div className="page narrow own">
      <PageTitle title={title}>{title}</PageTitle>
      {state.kind === 'loading' ? <Loading lines={4} /> : null}
      {state.kind === 'failed' ? (
        <p className="note err" role="alert">
          {state.fault.message}
        </p>
      ) : null}
      {state.kind === 'ready' ? (
        <>
          <p className="lead">{say('inviteLead', { name: state.data.name, account: state.data.account })}</p>
          <div className="panel">
            <OwnForm
              check={() => password.problems('password')}
              send={send}
              submit={say('inviteSubmit')}
              problems={problems}
              onProblems={setProblems}
            >
              <NewPasswordFields id="password" label={say('newPassword')} password={password} problems={problems} />
            </OwnForm>
          </div>
        </>
      ) : null}
    </div>
  );
}
