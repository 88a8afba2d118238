import { useEffect, useMemo, useRef, useState } from 'react';
import type { EditableParts } from '../../../engine/contract/editable.ts';
import type { FileReference } from '../../../engine/contract/routes.ts';
import { type CompiledForm, type FormContext, smallest } from '../../../engine/forms/live.ts';
import { uncompiledForm } from '../../../engine/forms/uncompiled.ts';
import type { FormSchema } from '../../../engine/model/definition.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { api } from '../../api/index.ts';
import { Icon } from '../../app/icon.tsx';
import { now } from '../../app/now.ts';
import { locale } from '../../app/texts/index.ts';
import { ErrorSummary, type FormServices, FormSet, FormView, useFormSet } from '../../form/index.ts';
import { asObject } from '../settings-model.ts';
import { sampleForms } from './sample-forms.ts';
import { say } from './texts.ts';

interface LiveFormProps {
  readonly form: string;
  readonly forms: { readonly [form: string]: FormSchema };
  readonly content: { readonly [kind: string]: JsonObject };
  readonly settings: JsonObject;
  readonly parts: EditableParts;
}

/** The form as the applicant sees it, made anew with each edit; what was typed into it stays. */
export function LiveForm({ form, forms, content, settings, parts }: LiveFormProps) {
  const [phone, setPhone] = useState(false);
  const typed = useRef<{ readonly form: string; values: JsonObject }>({ form, values: {} });
  if (typed.current.form !== form) typed.current = { form, values: {} };
  const [asked, setAsked] = useState(0);
  const [start, setStart] = useState(0);
  const schema = forms[form];
  const made = useMemo(() => (schema === undefined ? null : compiled(form, schema)), [form, schema]);
  // Conditions and texts about other forms have something to say: those stand as if they had been filled in.
  const others = useMemo(
    () =>
      sampleForms(Object.fromEntries(parts.forms.map((one) => [one.id, one.schema])), {
        settings,
        tables: parts.tables,
        now: now(),
      }),
    [parts, settings],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` puts other values in
  const set = useMemo(() => {
    if (made === null) return null;
    const context: FormContext = {
      forms: others,
      settings,
      tables: parts.tables,
      locale: locale(),
      now: now(),
      roots: {},
    };
    return new FormSet({ forms: [{ form: made, values: typed.current.values, editable: null }], context });
  }, [made, others, settings, parts, start]);
  const services = useMemo(() => servicesFor(content, forms), [content, forms]);

  const fill = (values: JsonObject) => {
    typed.current = { form, values };
    setAsked(0);
    setStart(start + 1);
  };
  return (
    <section className="livepane" aria-label={say('live')}>
      <div className="ph">
        <h2>{say('live')}</h2>
        <fieldset className="livewidth">
          <legend className="vh">{say('width')}</legend>
          {[false, true].map((one) => (
            <button
              key={String(one)}
              type="button"
              className="btn sm"
              aria-pressed={phone === one}
              onClick={() => setPhone(one)}
            >
              {say(one ? 'phone' : 'desktop')}
            </button>
          ))}
        </fieldset>
      </div>
      <p className="muted livetools">
        <span>{say('pretend')}</span>
        <button type="button" className="linkbtn" onClick={() => set && made && fill(exampleOf(made, set))}>
          {say('example')}
        </button>
        <button type="button" className="linkbtn" onClick={() => fill({})}>
          {say('clear')}
        </button>
      </p>
      <div className={phone ? 'liveframe phone' : 'liveframe'}>
        {set === null ? null : (
          <Sheet
            set={set}
            services={services}
            asked={asked}
            onAsk={() => setAsked(asked + 1)}
            onTyped={(values) => {
              typed.current = { form, values };
            }}
          />
        )}
      </div>
    </section>
  );
}

interface SheetProps {
  readonly set: FormSet;
  readonly services: FormServices;
  readonly asked: number;
  onAsk(): void;
  onTyped(values: JsonObject): void;
}

function Sheet({ set, services, asked, onAsk, onTyped }: SheetProps) {
  useFormSet(set);
  const [store] = set.stores;
  // What was checked is checked again under the rules of now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: pressing the button checks by itself
  useEffect(() => {
    if (asked > 0) set.check();
  }, [set]);
  if (store === undefined) return null;
  onTyped(store.current());
  if (store.whole().visible.length === 0) return <p className="muted">{say('liveEmpty')}</p>;
  const complaints = set.complaints();
  return (
    <>
      {asked > 0 ? <ErrorSummary complaints={complaints} focus={asked} /> : null}
      {asked > 0 && complaints.length === 0 ? (
        <p className="note ok" role="status">
          <Icon name="check" />
          <span>{say('tryFine')}</span>
        </p>
      ) : null}
      <FormView store={store} services={services} heading={3} />
      <button
        type="button"
        className="btn"
        onClick={() => {
          set.check();
          onAsk();
        }}
      >
        {say('tryIt')}
      </button>
    </>
  );
}

/** Null while the schema is no form: the check says why. */
function compiled(id: string, schema: FormSchema): CompiledForm | null {
  try {
    return uncompiledForm(id, schema);
  } catch {
    return null;
  }
}

function exampleOf(form: CompiledForm, set: FormSet): JsonObject {
  const [store] = set.stores;
  return store === undefined ? {} : smallest(form, store.context);
}

const PRETENDED = 400;

function servicesFor(content: LiveFormProps['content'], forms: LiveFormProps['forms']): FormServices {
  const entry = (kind: string, id: string) => {
    const found = asObject(content[kind]?.[id]);
    return typeof found.title === 'string' ? { ...found, title: found.title, text: String(found.text ?? '') } : null;
  };
  return {
    options: (source, query, signal) => api.options(source, query, { signal }),
    article: (id) => entry('agreements', id),
    example: (id) => entry('examples', id),
    schemaOf: (id) => forms[id] ?? null,
    titleOf: (path) => {
      const [form = '', field = ''] = path.split('.');
      return String(asObject(forms[form]?.properties[field]).title ?? path);
    },
    documentUrl: () => null,
    // Nothing leaves the page: a slot shows what it would look like.
    upload: async (_form, _field, file, name) => {
      await new Promise((resolve) => setTimeout(resolve, PRETENDED));
      const reference = {
        id: 'preview',
        name,
        size: file.size,
        type: file.type || 'image/jpeg',
        sha256: '0'.repeat(64),
      };
      return { file: reference as FileReference };
    },
  };
}
