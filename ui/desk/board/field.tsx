import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly type?: 'text' | 'date' | 'multiline';
  readonly maxLength?: number;
  onChange(value: string): void;
}

export function Field({ label, hint, value, type = 'text', maxLength, onChange }: FieldProps) {
  const id = useId();
  const shared = {
    id,
    value,
    maxLength,
    'aria-describedby': hint === undefined ? undefined : `${id}h`,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  return (
    <div className="boardfield">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <span id={`${id}h`} className="muted xs">
          {hint}
        </span>
      )}
      {type === 'multiline' ? <textarea rows={5} {...shared} /> : <input type={type} {...shared} />}
    </div>
  );
}
