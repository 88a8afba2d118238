import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** A number. Kept as typed until it is looked at: `type=number` would swallow what it cannot read. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  return (
    <div className="fv-row">
      <input
        {...controlProps(props)}
        className="fv-input fv-short fv-num"
        type="text"
        name={field.name}
        inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={state.value === undefined || state.value === null ? '' : String(state.value)}
        placeholder={field.placeholder || undefined}
        onChange={(event) => store.set(field.name, event.target.value)}
        onBlur={() => store.leave(field.name)}
      />
      {field.unit && <span className="fv-unit">{field.unit}</span>}
    </div>
  );
}

export const number: KindOfField = { kind: 'number', frame: 'label', Control };
