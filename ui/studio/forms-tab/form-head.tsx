import type { FormSchema } from '../../../engine/model/definition.ts';
import type { Json } from '../../../engine/model/json.ts';
import { mark } from '../../app/texts/punctuation.ts';
import { changeAt, without, withSaid } from './said.ts';
import { say } from './texts.ts';
import { TextWord } from './word-inputs.tsx';

interface FormHeadProps {
  readonly form: string;
  readonly base: FormSchema;
  readonly now: FormSchema;
  readonly where: readonly string[];
  readonly text: string;
  readonly mayEdit: boolean;
  onText(text: string): void;
}

/** Title and words of the whole form, and where it is filled in. */
export function FormHead({ form, base, now, where, text, mayEdit, onText }: FormHeadProps) {
  const order = changeAt(text, `forms.${form}.order`);
  const word = (name: string, label: string) => ({
    label,
    value: now[name] as Json | undefined,
    base: base[name] as Json | undefined,
    own: false,
    mayEdit,
    onSet: (value: Json | undefined) =>
      onText(withSaid(text, `forms.${form}.${name}`, base[name] as Json | undefined, value)),
  });
  return (
    <>
      <div className="ph">
        <h2>{String(now.title)}</h2>
        {where.length > 0 ? <span className="muted">{where.slice(0, 2).join(mark('list'))}</span> : null}
      </div>
      <div className="words formwords">
        <TextWord key={`${form} title`} {...word('title', say('formTitle'))} needed most={400} />
        <TextWord key={`${form} hint`} {...word('x-hint', say('formHint'))} rows={2} most={1000} />
      </div>
      {order === undefined ? null : (
        <p className="orderchanged">
          <span className="changedmark">~ {say('orderChanged')}</span>{' '}
          {mayEdit ? (
            <button
              type="button"
              className="linkbtn"
              aria-label={say('takeBackName', { title: say('order') })}
              onClick={() => onText(without(text, [order]))}
            >
              {say('takeBack')}
            </button>
          ) : null}
        </p>
      )}
    </>
  );
}
