import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FormSchema } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { knownForm, makeForm } from './registry.ts';
import { shapeOf } from './shape.ts';
import type { CompiledForm, ShapeError } from './types.ts';

/** The options of the one ajv that both `compileForm` and `standaloneValidators` use. */
export const ajvOptions = {
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  validateFormats: false,
  unicodeRegExp: true,
  // What a form may say is checked against `form.schema.json`; the meta-schema of JSON Schema costs more than the form.
  validateSchema: false,
  meta: false,
} as const;

/**
 * A form ready to be validated; made once per schema object. Uses ajv's code generation: in a browser without eval
 * `formFromStandalone` has to have been called before, then its form is found here.
 * @throws FormSchemaError for a schema that the definition's checks would have refused.
 */
export function compileForm(id: string, schema: FormSchema): CompiledForm {
  const known = knownForm(id, schema);
  if (known) return known;
  const validate = new Ajv2020(ajvOptions).compile(shapeOf(schema));
  return makeForm(id, schema, shapeCheck(validate));
}

function shapeCheck(validate: ValidateFunction): (values: JsonObject) => readonly ShapeError[] {
  return (values) => (validate(values) ? [] : (validate.errors ?? []));
}
