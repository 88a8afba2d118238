import type { ControlProps, KindOfField } from './field-kind.ts';

/** A few options, all in sight. The first has the field's id, so that the error summary leads to it. */
function Control({ store, state, ids }: ControlProps) {
  const { field, options } = state;
  return (
    <div className={options.length > 3 ? 'fv-choices is-wrapped' : 'fv-choices'}>
      {options.map((option, i) => (
        <label className="fv-choice" key={String(option.value)}>
          <input
            type="radio"
            id={i === 0 ? ids.control : `${ids.control}-${i}`}
            name={ids.control}
            checked={state.value === option.value}
            onChange={() => {
              store.set(field.name, option.value);
              store.leave(field.name);
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export const radio: KindOfField = { kind: 'radio', frame: 'group', Control };
