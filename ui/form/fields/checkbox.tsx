import { FieldSource, FieldTexts, fieldClass } from '../field-frame.tsx';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** Yes or no: the box stands before its words. */
function Control(props: ControlProps) {
  const { store, state, ids } = props;
  return (
    <div className={fieldClass(state)}>
      <FieldTexts state={state} ids={ids} />
      <label className="fv-choice">
        <input
          {...controlProps(props)}
          type="checkbox"
          name={state.field.name}
          checked={state.value === true}
          onChange={(event) => {
            store.set(state.field.name, event.target.checked);
            store.leave(state.field.name);
          }}
        />
        <span>{state.field.labels.true ?? state.field.title}</span>
      </label>
      <FieldSource state={state} ids={ids} />
    </div>
  );
}

export const checkbox: KindOfField = { kind: 'checkbox', frame: 'own', Control };
