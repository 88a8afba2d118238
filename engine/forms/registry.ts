import type { FormSchema } from '../model/definition.ts';
import { checksOf, copiesOf, fieldsOf, ruleOf, text } from './fields.ts';
import type { CompiledForm, ShapeCheck } from './types.ts';

/** Compiled forms by schema object: a cache, nothing else. A schema that nobody holds any longer takes its entry along. */
const known = new WeakMap<object, Map<string, CompiledForm>>();

export function knownForm(id: string, schema: FormSchema): CompiledForm | undefined {
  return known.get(schema)?.get(id);
}

/** Everything above the shape check is the same code for Node and browser. */
export function makeForm(id: string, schema: FormSchema, shape: ShapeCheck): CompiledForm {
  const fields = fieldsOf(schema);
  const byName = new Map(fields.map((field) => [field.name, field]));
  const form: CompiledForm = {
    id,
    title: schema.title,
    hint: text(schema['x-hint']),
    visible: ruleOf(schema['x-visible'], true),
    schema,
    fields,
    field: (name) => byName.get(name) ?? null,
    checks: checksOf(
      schema['x-check'],
      fields.map((field) => field.name),
    ),
    copies: copiesOf(schema),
    shape,
  };
  const forms = known.get(schema) ?? new Map<string, CompiledForm>();
  forms.set(id, form);
  known.set(schema, forms);
  return form;
}
