import { useState } from 'react';
import { accounts } from '../../api/accounts.ts';
import { asFault } from '../../app/load.ts';
import { PageTitle } from '../../app/parts/page-title.tsx';
import { Link, navigate } from '../../app/route/index.ts';
import { useSession } from '../../app/session.tsx';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { NewPasswordFields, useNewPassword } from '../new-password.tsx';
import { OwnForm, type Problem } from '../own-form.tsx';
import { CodeFields, usePhoneCode } from './code-fields.tsx';
import '../own-form.css';
import { say } from './texts.ts';

/** A password that was forgotten: another one, for whoever has the phone. */
export default function ResetPage() {
  useLanguage();
  const { set } = useSession();
  const phone = usePhoneCode();
  const password = useNewPassword();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async (): Promise<void> => {
    try {
      const answer = await accounts.resetByCode(phone.typed, password.value);
      set(answer);
      navigate(answer.second ? '/login' : answer.home, { replace: true });
    } catch (error) {
      const fault = asFault(error);
      const field = fault.code.startsWith('code-') ? 'code' : fault.code === 'password-weak' ? 'password' : null;
      if (field === null) throw error;
      setProblems([{ field, message: fault.message }]);
    }
  };
  return (
    <div className="page narrow own">
      <PageTitle title={say('resetTitle')}>{say('resetTitle')}</PageTitle>
      <p className="lead">{say('resetLead')}</p>
      <div className="panel">
        <OwnForm
          check={() => [...phone.problems(), ...password.problems('password')]}
          send={send}
          submit={say('resetSubmit')}
          problems={problems}
          onProblems={setProblems}
          extra={<Link to="/login">{say('back')}</Link>}
        >
          <CodeFields purpose="reset" phone={phone} problems={problems} onProblems={setProblems} />
          <NewPasswordFields id="password" label={say('newPassword')} password={password} problems={problems} />
        </OwnForm>
      </div>
      <p className="muted small mt">{say('resetNone')}</p>
    </div>
  );
}
