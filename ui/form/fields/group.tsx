import type { ControlProps, KindOfField } from './field-kind.ts';

/** Fields that belong together, under the title of the group. */
function Control({ state, ids, inside }: ControlProps) {
  const [part] = state.parts;
  return (
    <div className="fv-group" id={ids.control} tabIndex={-1}>
      {part && inside(part.store)}
    </div>
  );
}

export const group: KindOfField = { kind: 'group', frame: 'group', Control };
