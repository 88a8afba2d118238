import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** Several lines; tells how many characters are left once few are. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  const value = typeof state.value === 'string' ? state.value : '';
  const most = typeof field.schema.maxLength === 'number' ? field.schema.maxLength : null;
  const used = [...value].length;
  return (
    <>
      <textarea
        {...controlProps(props)}
        className="fv-input fv-lines"
        name={field.name}
        rows={field.kind === 'address' ? 2 : 4}
        value={value}
        placeholder={field.placeholder || undefined}
        autoComplete={field.kind === 'address' ? 'street-address' : 'off'}
        onChange={(event) => store.set(field.name, event.target.value)}
        onBlur={() => store.leave(field.name)}
      />
      {most !== null && used > most * 0.7 && (
        <p className="fv-count" aria-live="polite">
          {used} / {most}
        </p>
      )}
    </>
  );
}

export const multiline: KindOfField = { kind: 'multiline', frame: 'label', Control };
/** An address is text in two lines that a browser may fill in. */
export const address: KindOfField = { kind: 'address', frame: 'label', Control };
