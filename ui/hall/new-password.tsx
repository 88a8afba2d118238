import { useState } from 'react';
import { useTexts } from '../app/texts/index.ts';
import { type Problem, problemAt } from './own-form.tsx';
import { TextField } from './text-field.tsx';

const SHORTEST = 8;

/** A password that is chosen: typed twice, as the registration and the change of one both ask for it. */
export interface NewPassword {
  readonly value: string;
  readonly again: string;
  set(value: string): void;
  setAgain(value: string): void;
  clear(): void;
  /** @param id the first field's @returns what does not fit, at the field that mends it */
  problems(id: string): readonly Problem[];
}

export function useNewPassword(): NewPassword {
  const t = useTexts();
  const [value, set] = useState('');
  const [again, setAgain] = useState('');
  return {
    value,
    again,
    set,
    setAgain,
    clear() {
      set('');
      setAgain('');
    },
    problems(id) {
      if (value.length < SHORTEST) return [{ field: id, message: t('register.short', { n: SHORTEST - value.length }) }];
      return value === again ? [] : [{ field: 'again', message: t('register.differs') }];
    },
  };
}

/** Its two fields. @param problems those of the whole form */
export function NewPasswordFields(props: {
  readonly id: string;
  readonly label: string;
  readonly password: NewPassword;
  readonly problems: readonly Problem[];
}) {
  const t = useTexts();
  const { id, label, password, problems } = props;
  return (
    <>
      <TextField
        id={id}
        label={label}
        hint={t('register.passwordHint')}
        value={password.value}
        onChange={password.set}
        autoComplete="new-password"
        secret
        error={problemAt(problems, id)}
      />
      <TextField
        id="again"
        label={t('register.again')}
        value={password.again}
        onChange={password.setAgain}
        autoComplete="new-password"
        secret
        error={problemAt(problems, 'again')}
      />
    </>
  );
}
