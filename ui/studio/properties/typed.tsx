import { type KeyboardEvent, useEffect, useState } from 'react';

interface TypedProps {
  readonly id: string;
  readonly value: string;
  /** A text of several lines. */
  readonly rows?: number;
  readonly most?: number;
  onSet(value: string): void;
}

/** Goes into the text when the field is left or Enter is pressed; an empty one goes back to what it was. */
export function Typed({ id, value, rows, most = 400, onSet }: TypedProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => {
    if (typed.trim() === '') setTyped(value);
    else if (typed !== value) onSet(typed.trim());
  };
  const control = {
    ...{ id, className: 'in', value: typed, maxLength: most, onBlur: commit },
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setTyped(target.value),
    onKeyDown: ({ key }: KeyboardEvent) => {
      if (key === 'Enter' && rows === undefined) commit();
      if (key === 'Escape') setTyped(value);
    },
  };
  return rows === undefined ? <input {...control} /> : <textarea {...control} rows={rows} />;
}
