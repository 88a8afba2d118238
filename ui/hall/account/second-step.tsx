import { useState } from 'react';
import type { SessionView } from '../../../engine/contract/session.ts';
import { accounts } from '../../api/accounts.ts';
import { useLanguage } from '../../app/texts/dictionary.ts';
import { OwnForm, type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { Enrol } from './enrol.tsx';
import { say } from './texts.ts';
import './account.css';

/** After the password: a code of the second factor, or its first setting up. */
export default function SecondStep(props: {
  readonly step: NonNullable<SessionView['second']>;
  readonly onDone: (session: SessionView) => void;
  /** Somebody else logs in instead. */
  readonly onOther: () => void;
}) {
  useLanguage();
  const [code, setCode] = useState('');
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  if (props.step === 'enrol') {
    return (
      <>
        <p className="mb">{say('enrolMust')}</p>
        <Enrol onDone={props.onDone} onCancel={props.onOther} />
      </>
    );
  }
  return (
    <>
      <p className="mb">{say('secondLead')}</p>
      <OwnForm
        check={() => (code.trim() === '' ? [{ field: 'second', message: say('needSecond') }] : [])}
        send={async () => props.onDone(await accounts.second(code))}
        submit={say('secondSubmit')}
        problems={problems}
        onProblems={setProblems}
        extra={
          <button type="button" className="btn quiet" onClick={props.onOther}>
            {say('other')}
          </button>
        }
      >
        <TextField
          id="second"
          label={say('secondField')}
          hint={say('secondHint')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          error={problemAt(problems, 'second')}
        />
      </OwnForm>
    </>
  );
}
