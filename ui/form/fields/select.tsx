import { mark } from '../../app/texts/punctuation.ts';
import { usePlaces } from '../places.ts';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** The browser's own list: it works with every keyboard, screen reader and phone. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field, options } = state;
  const say = useSay();
  const places = usePlaces(store, state, props.services);
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
        {options.map((option, i) => {
          const left = places[String(option.value)];
          const told =
            left === undefined ? '' : `${mark('comma')}${left === 0 ? say('full') : say('left', { n: left })}`;
          return (
            <option key={String(option.value)} value={String(i)} disabled={left === 0 && i !== at}>
              {option.label}
              {told}
            </option>
          );
        })}
      </select>
    </div>
  );
}

export const select: KindOfField = { kind: 'select', frame: 'label', Control };
