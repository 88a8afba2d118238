import type { Json } from '../../../engine/model/json.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** Several of a list; kept in the order of the list. */
function Control({ store, state, ids }: ControlProps) {
  const { field, options } = state;
  const chosen: readonly Json[] = Array.isArray(state.value) ? state.value : [];
  const toggle = (value: Json, on: boolean) => {
    const next = options.map((option) => option.value).filter((one) => (one === value ? on : chosen.includes(one)));
    store.set(field.name, next);
    store.leave(field.name);
  };
  return (
    <div className="fv-choices is-column">
      {options.map((option, i) => (
        <label className="fv-choice" key={String(option.value)}>
          <input
            type="checkbox"
            id={i === 0 ? ids.control : `${ids.control}-${i}`}
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.target.checked)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export const choices: KindOfField = { kind: 'choices', frame: 'group', Control };
