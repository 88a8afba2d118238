import { display, maskValue } from '../../../engine/forms/live.ts';
import { locale } from '../../app/texts/index.ts';
import { useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** A value that is shown, never typed: computed, or given by the process. */
function Control({ state }: ControlProps) {
  const say = useSay();
  const { field, value } = state;
  // What cannot be changed need not be read out either: a sensitive value stays masked.
  const shown = field.sensitive && typeof value === 'string' ? maskValue(field.mask ?? 'all', value) : value;
  const text = display(field, shown, locale());
  if (text !== '') return text;
  return <span className="fv-none">{say(field.compute === null ? 'notFilled' : 'computed')}</span>;
}

export const readonly: KindOfField = { kind: 'readonly', frame: 'own', shows: true, Control };
