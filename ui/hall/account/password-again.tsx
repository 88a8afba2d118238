import { type Problem, problemAt } from '../own-form.tsx';
import { TextField } from '../text-field.tsx';
import { say } from './texts.ts';

/** The present password once more, before something that a stranger at an open window must not do. */
export function PasswordAgain(props: {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problems: readonly Problem[];
}) {
  return (
    <TextField
      id={props.id}
      label={say('passwordAgain')}
      hint={say('passwordAgainHint')}
      value={props.value}
      onChange={props.onChange}
      autoComplete="current-password"
      secret
      error={problemAt(props.problems, props.id)}
    />
  );
}

/** @param asks whether the account has one */
export function needPassword(asks: boolean, password: string, field: string): readonly Problem[] {
  return asks && password === '' ? [{ field, message: say('needPasswordAgain') }] : [];
}
