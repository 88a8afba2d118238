import { type ControlProps, controlProps, type KindOfField } from './field-kind.ts';

/** A short code: large, digits apart; what is pasted loses its spaces. Never masked, never remembered by the browser. */
function Control(props: ControlProps) {
  const { store, state } = props;
  const { field } = state;
  const length = /\{(\d+)\}\$$/.exec(String(field.schema.pattern ?? ''))?.[1];
  const value = typeof state.value === 'string' ? state.value : '';
  return (
    <input
      {...controlProps(props)}
      className="fv-input fv-code-input fv-num"
      type="text"
      name={field.name}
      inputMode={/\[0-9\]|\\d/.test(String(field.schema.pattern ?? '')) ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      size={length ? Number(length) + 2 : undefined}
      value={value}
      placeholder={field.placeholder || undefined}
      onChange={(event) => store.set(field.name, event.target.value.normalize('NFKC').replace(/[\s-]/g, ''))}
      onBlur={() => store.leave(field.name)}
    />
  );
}

export const code: KindOfField = { kind: 'code', frame: 'label', Control };
