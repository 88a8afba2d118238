import type { ControlProps, KindOfField } from './field-kind.ts';

/** A span of days: its two dates beside each other, or below each other where there is no room. */
function Control({ state, ids, inside }: ControlProps) {
  const [ends] = state.parts;
  return (
    <div className="fv-range" id={ids.control} tabIndex={-1}>
      {ends && inside(ends.store)}
    </div>
  );
}

export const dateRange: KindOfField = { kind: 'dateRange', frame: 'group', Control };
