import { display } from '../../../engine/forms/live.ts';
import { locale } from '../../app/texts/index.ts';
import { useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** A value that is shown, never typed: computed, or given by the process. */
function Control({ state }: ControlProps) {
  const say = useSay();
  const text = display(state.field, state.value, locale());
  if (text !== '') return text;
  return <span className="fv-none">{say(state.field.compute === null ? 'notFilled' : 'computed')}</span>;
}

export const readonly: KindOfField = { kind: 'readonly', frame: 'own', Control };
