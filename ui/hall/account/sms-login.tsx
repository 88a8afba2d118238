import { useEffect, useState } from 'react';
import type { SessionView } from '../../../engine/contract/session.ts';
import { accounts } from '../../api/accounts.ts';
import { asFault } from '../../app/load.ts';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { CodeFields, usePhoneCode } from './code-fields.tsx';
import { say } from './texts.ts';

/** Logging in with a code by SMS; a number that nobody is known by is registered on the way. */
export default function SmsLogin({ onDone }: { readonly onDone: (session: SessionView) => void }) {
  useLanguage();
  const phone = usePhoneCode();
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  useEffect(() => {
    if (isNew) document.getElementById('name')?.focus();
  }, [isNew]);
  const check = (): readonly Problem[] => [
    ...phone.problems(),
    ...(isNew && name.trim() === '' ? [{ field: 'name', message: say('needName') }] : []),
  ];
  const send = async (): Promise<void> => {
    try {
      onDone(await accounts.loginByCode(phone.typed, isNew ? name.trim() : undefined));
    } catch (error) {
      const { code } = asFault(error);
      if (code === 'mobile-unknown') {
        setNew(true);
        return;
      }
      if (code === 'code-wrong' || code === 'code-over') {
        setProblems([{ field: 'code', message: asFault(error).message }]);
        return;
      }
      throw error;
    }
  };
  return (
    <OwnForm
      check={check}
      send={send}
      submit={say(isNew ? 'registerAndLogin' : 'submit')}
      problems={problems}
      onProblems={setProblems}
    >
      <CodeFields purpose="login" phone={phone} problems={problems} onProblems={setProblems} />
      {isNew ? (
        <TextField
          id="name"
          label={say('newName')}
          hint={say('newNameHint')}
          value={name}
          onChange={setName}
          autoComplete="name"
          error={problemAt(problems, 'name')}
        />
      ) : (
        <p className="muted small">{say('byCodeLead')}</p>
      )}
    </OwnForm>
  );
}
