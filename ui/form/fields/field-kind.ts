import type { ReactNode } from 'react';
import type { FieldKind } from '../../../engine/forms/live.ts';
import type { FieldIds } from '../field-frame.tsx';
import type { FieldState } from '../field-state.ts';
import type { FormServices } from '../services.ts';
import type { FormStore } from '../store.ts';

export interface ControlProps {
  readonly store: FormStore;
  readonly state: FieldState;
  readonly ids: FieldIds;
  readonly services: FormServices;
  /** Draws the fields of a part. */
  readonly inside: (part: FormStore) => ReactNode;
}

/** How one kind of field is asked and read. */
export interface KindOfField {
  readonly kind: FieldKind;
  /** `label`: one control; `group`: several under one legend; `own`: it draws label and texts itself. */
  readonly frame: 'label' | 'group' | 'own';
  /** Never typed: it only shows something. */
  readonly shows?: true;
  readonly Control: (props: ControlProps) => ReactNode;
  /** It shows something of its own when it cannot be changed; without it the value is written. */
  readonly Fixed?: (props: ControlProps) => ReactNode;
}

/** What every native control gets. */
export function controlProps(props: ControlProps) {
  const { ids, state } = props;
  return {
    id: ids.control,
    'aria-describedby': ids.describedBy,
    'aria-invalid': state.error !== null || undefined,
    'aria-required': state.required || undefined,
  };
}
