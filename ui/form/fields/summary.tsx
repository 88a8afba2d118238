import { mask } from '../../../engine/forms/live.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { ReadView } from '../read-view.tsx';
import { useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** What other forms say, to be read before something is done with it. Sensitive values stay masked. */
function Control({ state, services }: ControlProps) {
  const say = useSay();
  const values = (state.value ?? {}) as { readonly [form: string]: JsonObject };
  const shown = formsOf(state.field.summary).flatMap(({ form, only }) => {
    const schema = services.schemaOf?.(form);
    const filled = values[form] ?? {};
    if (!schema || Object.keys(filled).length === 0) return [];
    const part = only === null ? schema : { ...schema, properties: picked(schema.properties, only) };
    return [{ form, part, values: mask(schema, filled) }];
  });
  if (shown.length === 0) return <span className="fv-none">{say('notFilled')}</span>;
  return (
    <div className="fv-summed">
      {shown.map(({ form, part, values }) => (
        <ReadView
          key={form}
          schema={part}
          values={values}
          services={services}
          {...(shown.length > 1 && { title: part.title })}
        />
      ))}
    </div>
  );
}

/** The paths by form; `only` null = all of it. */
function formsOf(paths: readonly string[]): { readonly form: string; readonly only: readonly string[] | null }[] {
  const forms = new Map<string, readonly string[] | null>();
  for (const path of paths) {
    const [form = '', field] = path.split('.');
    const before = forms.get(form);
    const whole = field === undefined || before === null;
    forms.set(form, whole ? null : [...(before ?? []), field]);
  }
  return [...forms].map(([form, only]) => ({ form, only }));
}

function picked(properties: FormSchema['properties'], names: readonly string[]): FormSchema['properties'] {
  return Object.fromEntries(
    names.flatMap((name) => {
      const property = properties[name];
      return property ? [[name, property]] : [];
    }),
  );
}

export const summary: KindOfField = { kind: 'summary', frame: 'own', shows: true, Control };
