import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** A day; the browser's own picker, the value is `YYYY-MM-DD`. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  return (
    <input
      {...controlProps(props)}
      className="fv-input fv-short"
      type="date"
      name={field.name}
      min="1900-01-01"
      max="2199-12-31"
      value={typeof state.value === 'string' ? state.value : ''}
      onChange={(event) => store.set(field.name, event.target.value === '' ? undefined : event.target.value)}
      onBlur={() => store.leave(field.name)}
    />
  );
}

export const date: KindOfField = { kind: 'date', frame: 'label', Control };
