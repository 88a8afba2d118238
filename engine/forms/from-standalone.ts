import type { FormSchema } from '../model/definition.ts';
import type { JsonObject } from '../model/json.ts';
import { codePoints, fingerprint, sameJson } from './json.ts';
import { makeForm } from './registry.ts';
import { shapeOf } from './shape.ts';
import type { CompiledForm, ShapeError } from './types.ts';

/** The module that `standaloneValidators` writes, as `import()` gives it. */
export interface ValidatorModule {
  readonly default: (require: (name: string) => unknown) => {
    readonly validators: { readonly [form: string]: StandaloneValidate };
    readonly fingerprints: { readonly [form: string]: string };
  };
}

interface StandaloneValidate {
  (values: JsonObject): boolean;
  errors?: readonly ShapeError[] | null;
}

/** ajv's two run-time helpers, as its generated code asks for them. */
const helpers: { readonly [name: string]: unknown } = {
  'ajv/dist/runtime/ucs2length': { default: codePoints },
  'ajv/dist/runtime/equal': { default: sameJson },
};

/**
 * Forms from validators that were generated on the server; no eval. Afterwards `compileForm` finds them as well.
 * @throws when the module was made from other schemas than these.
 */
export function formFromStandalone(
  module: ValidatorModule,
  schemas: { readonly [form: string]: FormSchema },
): { [form: string]: CompiledForm } {
  const { validators, fingerprints } = module.default((name) => {
    const helper = helpers[name];
    if (helper === undefined)
      throw new Error(`The validators need "${name}", which formFromStandalone does not hand in`);
    return helper;
  });
  const forms: { [form: string]: CompiledForm } = {};
  for (const [id, schema] of Object.entries(schemas)) {
    const validate = validators[id];
    if (!validate || fingerprints[id] !== fingerprint(shapeOf(schema))) {
      throw new Error(`The validators do not belong to the form "${id}"; load those of the same release`);
    }
    forms[id] = makeForm(id, schema, (values) => (validate(values) ? [] : (validate.errors ?? [])));
  }
  return forms;
}
