import { usePlaces } from '../places.ts';
import { useSay } from '../texts.ts';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** A few options, all in sight. The first has the field's id, so that the error summary leads to it. */
function Control({ store, state, ids, services }: ControlProps) {
  const { field, options } = state;
  const say = useSay();
  const places = usePlaces(store, state, services);
  return (
    <div className={options.length > 3 ? 'fv-choices is-wrapped' : 'fv-choices'}>
      {options.map((option, i) => {
        const left = places[String(option.value)];
        const isFull = left === 0 && state.value !== option.value;
        return (
          <label className={isFull ? 'fv-choice is-full' : 'fv-choice'} key={String(option.value)}>
            <input
              type="radio"
              id={i === 0 ? ids.control : `${ids.control}-${i}`}
              name={ids.control}
              checked={state.value === option.value}
              disabled={isFull}
              onChange={() => {
                store.set(field.name, option.value);
                store.leave(field.name);
              }}
            />
            <span>
              {option.label}
              {left !== undefined && <small>{left === 0 ? say('full') : say('left', { n: left })}</small>}
            </span>
          </label>
        );
      })}
    </div>
  );
}

export const radio: KindOfField = { kind: 'radio', frame: 'group', Control };
