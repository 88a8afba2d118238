import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** The browser's own list: it works with every keyboard, screen reader and phone. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field, options } = state;
  const say = useSay();
  const at = options.findIndex((option) => option.value === state.value);
  return (
    <div className="fv-select">
      <select
        {...controlProps(props)}
        className="fv-input"
        name={field.name}
        value={at < 0 ? '' : String(at)}
        onChange={(event) => {
          store.set(field.name, options[Number(event.target.value || -1)]?.value);
          // What is chosen is complete: a complaint about it need not wait until the field is left.
          store.leave(field.name);
        }}
        onBlur={() => store.leave(field.name)}
      >
        <option value="">{field.placeholder || say('choose')}</option>
        {options.map((option, i) => (
          <option key={String(option.value)} value={String(i)}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export const select: KindOfField = { kind: 'select', frame: 'label', Control };
