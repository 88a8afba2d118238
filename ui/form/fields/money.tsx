import { useState } from 'react';
import { yuan } from '../../../engine/forms/live.ts';
import { swapOnFocus } from '../swap.ts';
import { useSay } from '../texts.ts';
import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** `1,280.5` -> 128050; what is no amount stays text, so that the check can say so. */
export function fenOf(text: string): number | string {
  const clean = text.normalize('NFKC').replace(/[\s,¥]/g, '');
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(clean);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : text;
}

/** An amount: typed in yuan, kept in integer fen. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  const say = useSay();
  const [typed, setTyped] = useState<string | null>(null);
  const resting = typeof state.value === 'number' ? yuan(state.value) : String(state.value ?? '');
  return (
    <div className="fv-row">
      <input
        {...controlProps(props)}
        className="fv-input fv-short fv-num"
        type="text"
        name={field.name}
        inputMode="decimal"
        autoComplete="off"
        value={typed ?? resting}
        placeholder={field.placeholder || '0.00'}
        onFocus={(event) => swapOnFocus(event, () => setTyped(resting.replaceAll(',', '')))}
        onChange={(event) => {
          setTyped(event.target.value);
          store.set(field.name, event.target.value.trim() === '' ? undefined : fenOf(event.target.value));
        }}
        onBlur={() => {
          setTyped(null);
          store.leave(field.name);
        }}
      />
      <span className="fv-unit">{field.unit || say('yuan')}</span>
    </div>
  );
}

export const money: KindOfField = { kind: 'money', frame: 'label', Control };
