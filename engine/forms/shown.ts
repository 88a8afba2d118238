import type { FormSchema } from '../model/definition.ts';
import { makeForm } from './registry.ts';
import type { CompiledForm } from './types.ts';

/**
 * A form that is only shown: conditions, hints and computed fields live, its shape is not checked. It is made of a copy, so
 * that nobody who asks for the form of this schema is given it.
 */
export function shownForm(id: string, schema: FormSchema): CompiledForm {
  return makeForm(id, { ...schema }, () => []);
}
