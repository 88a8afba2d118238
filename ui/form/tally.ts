import { type Field, isEmpty } from '../../engine/forms/live.ts';
import type { FieldState, FormStatus } from './field-state.ts';

/** What one field adds to the picture of its form. */
interface Share {
  readonly asked: boolean;
  readonly missing: boolean;
  readonly filled: boolean;
  readonly doubtful: boolean;
}

const nothing: Share = { asked: false, missing: false, filled: false, doubtful: false };

/** How far a form is filled in, kept up to date field by field. */
export class Tally {
  private readonly shares = new Map<string, Share>();
  private readonly sums = { asked: 0, missing: 0, filled: 0, doubtful: 0 };

  /** @param inside how far the parts of a group or a list are, if it is one */
  update(field: Field, state: FieldState, inside: readonly FormStatus[]): void {
    const before = this.shares.get(field.name) ?? nothing;
    const after = shareOf(field, state, inside);
    for (const key of ['asked', 'missing', 'filled', 'doubtful'] as const)
      this.sums[key] += Number(after[key]) - Number(before[key]);
    this.shares.set(field.name, after);
  }

  status(errors: number, warnings: number): FormStatus {
    const { asked, missing, filled, doubtful } = this.sums;
    if (errors > 0) return 'wrong';
    if (warnings > 0 || doubtful > 0) return 'check';
    if (missing === 0 && (filled > 0 || asked === 0)) return 'complete';
    return filled > 0 ? 'started' : 'empty';
  }
}

function shareOf(field: Field, state: FieldState, inside: readonly FormStatus[]): Share {
  if (!state.visible) return nothing;
  const typed = field.compute === null && field.summary.length === 0;
  const empty = isEmpty(field, state.value);
  const open = inside.some((status) => status === 'empty' || status === 'started');
  const asked = typed && state.required;
  return {
    asked,
    missing: (asked && empty) || (open && (asked || !empty)),
    filled: typed && !empty,
    doubtful: state.mark?.doubtful === true,
  };
}
