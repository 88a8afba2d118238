import { Qr } from '../qr.tsx';
import type { ControlProps, KindOfField } from './field-kind.ts';

/** A text as a QR code, for another device's camera. */
function Control({ state, ids }: ControlProps) {
  if (typeof state.value !== 'string' || state.value === '') return null;
  return (
    <div id={ids.control} tabIndex={-1}>
      <Qr text={state.value} title={state.field.title} />
    </div>
  );
}

export const qr: KindOfField = { kind: 'qr', frame: 'own', shows: true, Control };
