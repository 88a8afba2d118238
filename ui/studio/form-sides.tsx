import { useMemo } from 'react';
import type { FormDifference } from '../../engine/diff/index.ts';
import { shownForm } from '../../engine/forms/live.ts';
import type { FormSchema } from '../../engine/model/definition.ts';
import { useLocale } from '../app/texts/index.ts';
import { mark } from '../app/texts/punctuation.ts';
import { type FormServices, FormSet, FormView } from '../form/index.ts';
import { say as sayChange } from './change-texts.ts';
import { say } from './pane-texts.ts';
import type { FormSide, Sides } from './worker/messages.ts';

interface FormSidesProps {
  readonly difference: FormDifference;
  readonly sides: Sides;
}

const changes = ['added', 'removed', 'changed'] as const;
const signs = { added: '＋', removed: '−', changed: '~' } as const;

/** A form as it was and as it becomes, both to be tried; what is another is said at its field. */
export function FormSides({ difference, sides }: FormSidesProps) {
  const { form, title, before, after, fields } = difference;
  const titleOf = (field: string): string => {
    const rules = after?.properties[field] ?? before?.properties[field];
    return typeof rules?.title === 'string' ? rules.title : field;
  };
  const heads = before?.title !== after?.title || before?.description !== after?.description;
  return (
    <section className="apform">
      <h3>{say('formChanged', { title })}</h3>
      <ul className="apfields">
        {changes.map((change) => {
          const own = Object.keys(fields).filter((field) => fields[field] === change);
          return own.length === 0 ? null : (
            <li key={change} className={`dp-${change}`}>
              {signs[change]}{' '}
              {say('fieldsList', { what: sayChange(change), fields: own.map(titleOf).join(mark('list')) })}
            </li>
          );
        })}
      </ul>
      <div className="apsides">
        <OneSide form={form} schema={before} side={sides.before} name="was" fields={fields} heads={heads} />
        <OneSide form={form} schema={after} side={sides.after} name="now" fields={fields} heads={heads} />
      </div>
    </section>
  );
}

interface OneSideProps {
  readonly form: string;
  readonly schema: FormSchema | null;
  readonly side: FormSide;
  /** The same form stands here twice: its ids have to be different. */
  readonly name: 'was' | 'now';
  readonly fields: FormDifference['fields'];
  /** What stands above the fields differs, too. */
  readonly heads: boolean;
}

function OneSide({ form, schema, side, name, fields, heads }: OneSideProps) {
  const locale = useLocale();
  const title = sayChange(name === 'was' ? 'before' : 'after');
  const store = useMemo(() => {
    if (schema === null) return null;
    const notes = Object.fromEntries(
      Object.entries(fields).flatMap(([field, change]) =>
        schema.properties[field] === undefined ? [] : [[field, `${signs[change]} ${sayChange(change)}`]],
      ),
    );
    const set = new FormSet({
      forms: [{ form: shownForm(`${name}-${form}`, schema), values: {}, editable: null, notes }],
      context: { forms: {}, settings: side.settings, locale: locale === 'en' ? 'en' : 'zh-CN' },
    });
    return set.stores[0] ?? null;
  }, [form, schema, side, name, fields, locale]);
  const services = useMemo(() => servicesOf(side), [side]);
  return (
    <div>
      <span className="apside">{title}</span>
      {heads && schema !== null ? (
        <div className="aphead">
          {name === 'was' ? <del>{schema.title}</del> : <ins>{schema.title}</ins>}
          {typeof schema.description === 'string' ? <p>{schema.description}</p> : null}
        </div>
      ) : null}
      {store === null ? (
        <p className="muted">{say('noForm')}</p>
      ) : (
        <FormView store={store} services={services} heading={0} />
      )}
    </div>
  );
}

function servicesOf({ articles }: FormSide): FormServices {
  return { article: (id) => articles[id] ?? null };
}
