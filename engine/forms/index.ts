/**
 * Forms: one path of validation for server, lab and browser. Pure: no clock, no network, no files.
 *
 * compileForm(id, schema)                      -> CompiledForm   cached per schema object; uses ajv (needs eval: Node only)
 * formFromStandalone(module, schemas)          -> { id: CompiledForm }   no eval; afterwards compileForm finds them too
 * standaloneValidators(schemas)                -> string   text of that module, for the browser
 * validateForm(form, values, context)          -> FieldError[]   empty = it may be committed
 * checkForm(form, values, context)             -> { errors, warnings, settled }
 * settle(form, values, context)                -> { values, visible, required, readonly }
 * visibleFields(form, values, context)         -> Field[]   in the order of the schema
 * prune(form, values, context)                 -> JsonObject   what is committed: cleaned, hidden dropped, computed filled
 * normalise(form, values)                      -> JsonObject   spaces, hyphens, full-width characters; empty = absent
 * mask(schema, values)                         -> JsonObject   for whoever does not need sensitive values
 * seenBy(schema, values, roles)                -> JsonObject   without the fields that are not for these roles (`x-seen-by`)
 * smallest(form, context, { seed })            -> JsonObject   the smallest valid values, with valid check digits
 * boundaries(form, context)                    -> { inside, outside }   values at the edges of each field, and just beyond
 * offered(field, context)                      -> FieldOption[]   an enum limited by settings
 * committedSchema(schema)                      -> JSON Schema of what is committed (agreements, files, verdicts), for expressions
 * fieldsOf(schema) / kindOf(schema)            -> what the schema's keywords say
 * fileProblem(slot, { name, size }, locale)    -> string | null   the sentence that refuses a file, with the limit
 * documentDigest(about, forms), aboutOf(document)   -> the version code that a printed document carries
 * tableValues(tables, scope)                   -> { table: value }   decision tables looked up
 * secretFields(schema), sensitiveFields(schema), remoteFields(schema)   -> names that the shells have to care for
 * display(field, value, locale)                -> string   a value as people read it
 *
 * A browser page that has no need of ajv imports `./live.ts`: the same functions without compileForm and standaloneValidators.
 *
 * How a command uses it: `values = prune(form, raw, ctx)`, `errors = validateForm(form, raw, ctx)`; when there are none,
 * commit `values`. In the engine `ctx.secrets` is `verdict`; the server asks with `typed` before it compares a secret.
 */
export { type Boundaries, type Boundary, boundaries, boundaryForm, boundaryKey, type Edge } from './boundaries.ts';
export { compileForm } from './compile.ts';
export * from './live.ts';
export { standaloneValidators } from './standalone.ts';
