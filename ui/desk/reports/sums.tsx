/** A number with its name; `warn` and `late` are what somebody should look at. */
export interface Sum {
  readonly name: string;
  readonly value: string | number;
  readonly look?: 'warn' | 'late' | '';
}

/** The few numbers that say how it stands, beside each other. */
export function Sums({ sums }: { readonly sums: readonly Sum[] }) {
  return (
    <dl className="reportsums">
      {sums.map(({ name, value, look = '' }) => (
        <div key={name} className={look}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
