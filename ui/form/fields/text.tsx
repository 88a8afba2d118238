import { type FocusEvent, useState } from 'react';
import { formats, maskValue } from '../../../engine/forms/live.ts';
import { Icon } from '../icons.tsx';
import { swapOnFocus } from '../swap.ts';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/**
 * One line of text. A sensitive value is masked once the field is left, and an eye shows it again; digits stand in
 * groups while nobody types.
 */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  const say = useSay();
  const [focused, setFocused] = useState(false);
  const [shown, setShown] = useState(false);
  const format = formats.find((one) => one.id === field.format);
  const typed = state.value === undefined || state.value === null ? '' : String(state.value);
  const hides = field.sensitive && typed !== '' && state.error === null;
  const masked = hides && !focused && !shown;
  const resting = masked ? String(maskValue(field.mask ?? 'all', typed)) : (format?.present?.(typed) ?? typed);

  const leave = (event: FocusEvent) => {
    setFocused(false);
    store.leave(field.name);
    // To the eye button beside it is not away.
    if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) setShown(false);
  };

  return (
    <div className="fv-row">
      <div className="fv-with">
        <input
          {...controlProps(props)}
          className={masked || format?.present ? 'fv-input fv-num' : 'fv-input'}
          type="text"
          name={field.name}
          value={focused ? typed : resting}
          placeholder={field.placeholder || undefined}
          inputMode={format?.input?.mode}
          autoComplete={field.sensitive ? 'off' : (format?.input?.autocomplete ?? 'off')}
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => store.set(field.name, event.target.value)}
          onFocus={(event) => swapOnFocus(event, () => setFocused(true))}
          onBlur={leave}
        />
        {hides && (
          <button
            type="button"
            className="fv-eye"
            aria-pressed={shown}
            aria-label={say(shown ? 'hide' : 'show', { title: field.title })}
            onClick={() => setShown(!shown)}
          >
            <Icon name={shown ? 'eyeOff' : 'eye'} />
          </button>
        )}
      </div>
      {field.unit && <span className="fv-unit">{field.unit}</span>}
    </div>
  );
}

export const text: KindOfField = { kind: 'text', frame: 'label', Control };
