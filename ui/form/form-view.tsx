import './styles.ts';
import { memo, useMemo, useState } from 'react';
import { type Copy, isEmpty } from '../../engine/forms/live.ts';
import type { JsonObject } from '../../engine/model/json.ts';
import { FieldFrame, FieldGroup, Fixed, fieldIds } from './field-frame.tsx';
import { kindOfField } from './fields/index.ts';
import { readonly } from './fields/readonly.tsx';
import { elementId } from './form-set.ts';
import { useField, useForm, useSpoken } from './hooks.ts';
import { Icon } from './icons.tsx';
import type { FormServices } from './services.ts';
import type { FormStore } from './store.ts';
import { useSay } from './texts.ts';

export interface FormViewProps {
  readonly store: FormStore;
  readonly services: FormServices;
  /** Heading level of the form's title; 0 = the page has said it already. */
  readonly heading?: 0 | 2 | 3;
  /** Small text beside the title, for example which fields are optional. */
  readonly aside?: string;
  /** Values of the other forms, for the buttons that copy from them. */
  readonly others?: () => { readonly [form: string]: JsonObject };
  /** Title of another form, for the message of such a button. */
  readonly titleOfForm?: (form: string) => string;
}

/** One form, asked: a frame with the title and the fields that are visible now. Draws nothing when none is. */
export function FormView(props: FormViewProps) {
  const { store, services, heading = 2 } = props;
  const form = useForm(store);
  if (form.visible.length === 0) return null;
  const Title = heading === 3 ? 'h3' : 'h2';
  const id = elementId(store.id);
  return (
    <section className="fv-form" id={id} aria-labelledby={heading === 0 ? undefined : `${id}-title`} tabIndex={-1}>
      {heading !== 0 && (
        <header className="fv-head">
          <Title id={`${id}-title`}>{store.form.title}</Title>
          {props.aside && <span className="fv-aside">{props.aside}</span>}
        </header>
      )}
      {form.hint !== '' && <p className="fv-form-hint">{form.hint}</p>}
      <Copies {...props} />
      {form.error !== null && (
        <p className="fv-note is-wrong">
          <Icon name="alert" />
          <span>{form.error}</span>
        </p>
      )}
      {form.warning !== null && (
        <p className="fv-note is-warning">
          <Icon name="warn" />
          <span>{form.warning}</span>
        </p>
      )}
      <Fields store={store} services={services} />
    </section>
  );
}

/** The fields that are visible now, in one column of two halves. */
function Fields({ store, services }: { readonly store: FormStore; readonly services: FormServices }) {
  const { visible } = useForm(store);
  const stretches = useMemo(() => stretchesOf(store, visible), [store, visible]);
  return (
    <div className="fv-fields">
      {stretches.map(([at, names]) => (
        <Stretch key={at} store={store} names={names} services={services} />
      ))}
      <Spoken store={store} />
    </div>
  );
}

/** For whoever does not see that a field which was left is still wrong. */
function Spoken({ store }: { readonly store: FormStore }) {
  return (
    <span className="fv-hidden" role="status">
      {useSpoken(store)}
    </span>
  );
}

/** React walks over all neighbours of what it draws again: a form of a thousand fields is held in short rows. */
const stretch = 32;

/** Visible fields by their place in the form, so that none moves to another stretch when one before it goes. */
function stretchesOf(store: FormStore, visible: readonly string[]): [at: number, names: string][] {
  const found = new Map<number, string[]>();
  for (const name of visible) {
    const at = Math.floor((store.form.field(name)?.place ?? 0) / stretch);
    found.set(at, [...(found.get(at) ?? []), name]);
  }
  return [...found].map(([at, names]) => [at, names.join(' ')]);
}

const Stretch = memo(function Stretch(props: {
  readonly store: FormStore;
  /** Apart by spaces: equal texts are equal stretches. */
  readonly names: string;
  readonly services: FormServices;
}) {
  return props.names
    .split(' ')
    .map((name) => <FieldView key={name} store={props.store} name={name} services={props.services} />);
});

/** One field. Draws again only when this field changed. */
const FieldView = memo(function FieldView(props: {
  readonly store: FormStore;
  readonly name: string;
  readonly services: FormServices;
}) {
  const { store, services } = props;
  const state = useField(store, props.name);
  const ids = fieldIds(store, state);
  const kind = kindOfField(state.field.kind);
  const inside = (part: FormStore) => <Fields store={part} services={services} />;
  const control = { store, state, ids, services, inside };
  // A closed field that holds nothing says nothing.
  if (!state.visible || (state.locked && isEmpty(state.field, state.value))) return null;
  const shows = kind.shows ? kind.Control : state.readonly ? kind.Fixed : undefined;
  if (state.readonly || shows) {
    const Value = shows ?? readonly.Control;
    return (
      <Fixed state={state} ids={ids}>
        <Value {...control} />
      </Fixed>
    );
  }
  if (kind.frame === 'own') return <kind.Control {...control} />;
  const Frame = kind.frame === 'group' ? FieldGroup : FieldFrame;
  return (
    <Frame store={store} state={state} ids={ids}>
      <kind.Control {...control} />
    </Frame>
  );
});

/** Buttons that copy values from another form, and what came of it. */
function Copies(props: FormViewProps) {
  const { store, others } = props;
  const say = useSay();
  const [said, setSaid] = useState('');
  const open = store.form.copies.filter((one) => Object.keys(one.fields).some((name) => !store.isLocked(name)));
  if (open.length === 0 || !others) return null;
  const copy = (one: Copy) => {
    const there = others()[one.from] ?? {};
    const values = Object.fromEntries(Object.entries(one.fields).map(([here, from]) => [here, there[from]]));
    const count = store.copy(values);
    const from = props.titleOfForm?.(one.from) ?? one.from;
    setSaid(count > 0 ? say('copied', { from, n: count }) : say('notEmptied', { from }));
  };
  return (
    <p className="fv-copies">
      {open.map((one) => (
        <button type="button" className="fv-small" key={one.title} onClick={() => copy(one)}>
          <Icon name="copy" />
          {one.title}
        </button>
      ))}
      <span role="status">{said}</span>
    </p>
  );
}
