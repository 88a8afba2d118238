import type { CompiledForm, Field, Verdict } from '../../engine/forms/live.ts';
import type { FieldError } from '../../engine/model/blocker.ts';
import type { Part } from './parts.ts';

/** What a look at a form found. */
export type Found = Pick<Verdict, 'errors' | 'warnings'>;

/** What is wrong in a form, or to be looked at again: field -> message; '' is the form as a whole. */
export class Complaints {
  readonly errors = new Map<string, string>();
  readonly warnings = new Map<string, string>();
  private readonly form: CompiledForm;

  constructor(form: CompiledForm) {
    this.form = form;
  }

  /** Takes over a verdict; what is about the inside of a field is for its parts. */
  place(found: Found, id: string): void {
    this.fill(this.errors, found.errors, id);
    this.fill(this.warnings, found.warnings, id);
  }

  /** Takes over what a verdict says about one field. */
  placeOne(name: string, found: Found, id: string): void {
    const one = (map: Map<string, string>, list: readonly FieldError[]) => {
      const message = list.find((error) => this.nameOf(error, id) === name && !this.isBelow(error, id))?.message;
      if (message === undefined) map.delete(name);
      else map.set(name, message);
    };
    one(this.errors, found.errors);
    one(this.warnings, found.warnings);
    if (this.errors.has('') && !found.errors.some((error) => error.path === id)) this.errors.delete('');
  }

  private fill(map: Map<string, string>, found: readonly FieldError[], id: string): void {
    map.clear();
    for (const error of found) {
      if (this.isBelow(error, id)) continue;
      const name = this.nameOf(error, id);
      if (!map.has(name)) map.set(name, error.message);
    }
  }

  private nameOf(error: FieldError, id: string): string {
    const name = stepsBelow(error.path, id)[0] ?? '';
    return this.form.field(name) === null ? '' : name;
  }

  /** It is about something inside a group or a list. */
  private isBelow(error: FieldError, id: string): boolean {
    const [name = '', ...rest] = stepsBelow(error.path, id);
    return rest.length > 0 && this.form.field(name)?.inner != null;
  }
}

/**
 * What of a verdict is about one part, with the paths of the part's own store.
 * @param id of the store around; `at`: the place of the part in its list, null for a group
 */
export function verdictOfPart(verdict: Found, id: string, field: Field, at: number | null, part: Part): Found {
  const prefix = [field.name, ...(at === null ? [] : [String(at)])];
  const own = (errors: readonly FieldError[]) =>
    errors.flatMap((error) => {
      const steps = stepsBelow(error.path, id);
      if (!prefix.every((step, i) => steps[i] === step)) return [];
      const rest = steps.slice(prefix.length);
      if (rest.length === 0 && at === null) return [];
      const below = field.inner?.plain ? ['value'] : rest;
      return [{ ...error, path: [part.store.id, ...below].join('.') }];
    });
  return { errors: own(verdict.errors), warnings: own(verdict.warnings) };
}

function stepsBelow(path: string, id: string): string[] {
  return path.startsWith(`${id}.`) ? path.slice(id.length + 1).split('.') : [];
}
