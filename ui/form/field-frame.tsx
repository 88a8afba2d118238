import type { ReactNode } from 'react';
import type { FieldState, Mark } from './field-state.ts';
import { elementId } from './form-set.ts';
import { Icon } from './icons.tsx';
import type { FormStore } from './store.ts';
import { useSay } from './texts.ts';

/** Ids that tie a control to its texts. */
export interface FieldIds {
  readonly control: string;
  readonly hint: string;
  readonly error: string;
  readonly label: string;
  /** For `aria-describedby`; undefined when there is nothing to read. */
  readonly describedBy: string | undefined;
}

export function fieldIds(store: FormStore, state: FieldState): FieldIds {
  const control = elementId(store.id, state.field.name);
  const texts = [
    state.hint === '' ? '' : `${control}-hint`,
    state.error === null ? '' : `${control}-error`,
    state.warning === null ? '' : `${control}-warning`,
    state.mark === null ? '' : `${control}-mark`,
    state.note === null ? '' : `${control}-note`,
  ].filter((id) => id !== '');
  return {
    control,
    hint: `${control}-hint`,
    error: `${control}-error`,
    label: `${control}-label`,
    describedBy: texts.length > 0 ? texts.join(' ') : undefined,
  };
}

export function fieldClass(state: FieldState, more = ''): string {
  const classes = ['fv-field', `fv-is-${state.field.kind}`];
  if (state.field.width === 'half') classes.push('fv-half');
  if (state.error !== null) classes.push('is-wrong');
  else if (state.warning !== null || state.mark?.doubtful) classes.push('is-doubtful');
  else if (state.mark !== null) classes.push('is-recognised');
  if (more) classes.push(more);
  return classes.join(' ');
}

/** Title with 选填 where it may stay empty. */
export function FieldTitle({ state }: { readonly state: FieldState }) {
  const say = useSay();
  const optional = !state.required && !state.readonly;
  return (
    <>
      {state.field.title}
      {optional && <span className="fv-optional">{say('optional')}</span>}
    </>
  );
}

/** Hint, the reviewer's note and the error: between label and control, in this order. */
export function FieldTexts({ state, ids }: { readonly state: FieldState; readonly ids: FieldIds }) {
  const say = useSay();
  return (
    <>
      {state.hint !== '' && (
        <p className="fv-hint" id={ids.hint}>
          {state.hint}
        </p>
      )}
      {state.note !== null && (
        <p className="fv-note" id={`${ids.control}-note`}>
          <Icon name="flag" />
          <span>{state.note}</span>
        </p>
      )}
      {state.error !== null && (
        <p className="fv-error" id={ids.error}>
          <Icon name="alert" />
          <span>
            {say('errorPrefix')}
            {state.error}
          </span>
        </p>
      )}
    </>
  );
}

/** The end of a case's number is enough to know it by. */
function fromOf({ from, taken }: Mark): string {
  return taken ? `…${from.slice(-6)}` : from;
}

function sureness(mark: Mark): 'doubtful' | 'confirmed' | 'recognised' | 'taken' {
  if (mark.taken) return 'taken';
  if (mark.doubtful) return 'doubtful';
  return mark.checked ? 'confirmed' : 'recognised';
}

/** Below the control: where the value came from, what to look at again, what stood here before. */
export function FieldSource({ state, ids }: { readonly state: FieldState; readonly ids: FieldIds }) {
  const say = useSay();
  return (
    <>
      {state.mark !== null && (
        <p className={state.mark.doubtful ? 'fv-source is-doubtful' : 'fv-source'} id={`${ids.control}-mark`}>
          <Icon name={state.mark.doubtful ? 'warn' : 'check'} />
          {say(sureness(state.mark), { from: fromOf(state.mark), percent: Math.floor(state.mark.score * 100) })}
        </p>
      )}
      {state.error === null && state.warning !== null && (
        <p className="fv-source is-doubtful" id={`${ids.control}-warning`}>
          <Icon name="warn" />
          <span>{state.warning}</span>
        </p>
      )}
      {state.was !== null && (
        <p className="fv-was">
          {say('was')}
          <s>{state.was}</s>
        </p>
      )}
    </>
  );
}

/** A field with one control: label, hint, error, control, source. */
export function FieldFrame(props: {
  readonly store: FormStore;
  readonly state: FieldState;
  readonly ids: FieldIds;
  readonly children: ReactNode;
}) {
  const { state, ids } = props;
  return (
    <div className={fieldClass(state)}>
      <label className="fv-label" htmlFor={ids.control} id={ids.label}>
        <FieldTitle state={state} />
      </label>
      <FieldTexts state={state} ids={ids} />
      {props.children}
      <FieldSource state={state} ids={ids} />
    </div>
  );
}

/** A field with several controls: the title is the group's name. */
export function FieldGroup(props: {
  readonly store: FormStore;
  readonly state: FieldState;
  readonly ids: FieldIds;
  readonly children: ReactNode;
}) {
  const { state, ids } = props;
  return (
    <fieldset className={fieldClass(state)} aria-describedby={ids.describedBy}>
      <legend className="fv-label" id={ids.label}>
        <FieldTitle state={state} />
      </legend>
      <FieldTexts state={state} ids={ids} />
      {props.children}
      <FieldSource state={state} ids={ids} />
    </fieldset>
  );
}

/** A value that cannot be changed here. */
export function Fixed({
  state,
  ids,
  children,
}: {
  readonly state: FieldState;
  readonly ids: FieldIds;
  readonly children: ReactNode;
}) {
  const say = useSay();
  return (
    <div className={fieldClass(state, state.locked ? 'is-locked' : '')}>
      <p className="fv-label" id={ids.label}>
        {state.field.title}
      </p>
      <FieldTexts state={state} ids={ids} />
      {/* biome-ignore lint/a11y/useSemanticElements: an <output> would be announced at every change */}
      <div className="fv-fixed" role="group" aria-labelledby={ids.label} id={ids.control} tabIndex={-1}>
        <div className="fv-fixed-value">{children}</div>
        {state.locked && (
          <span className="fv-locked">
            <Icon name="lock" />
            {say('locked')}
          </span>
        )}
      </div>
      <FieldSource state={state} ids={ids} />
    </div>
  );
}
