import type { ReactNode } from 'react';
import { Icon } from '../../app/icon.tsx';

interface FieldProps {
  /** Of the control; `<id>-error` is what is wrong. */
  readonly id: string;
  readonly label: string;
  readonly wrong?: string | null;
  readonly children: ReactNode;
}

/** A control of a dialog under its label, with what is wrong about it between the two. */
export function Field({ id, label, wrong = null, children }: FieldProps) {
  return (
    <div className={wrong === null ? 'pubfield' : 'pubfield bad'}>
      <label htmlFor={id} className="strong">
        {label}
      </label>
      {wrong === null ? null : (
        <p className="emsg" id={`${id}-error`}>
          <Icon name="alert" /> {wrong}
        </p>
      )}
      {children}
    </div>
  );
}
