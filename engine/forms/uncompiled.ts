import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { list, object } from './fields.ts';
import { codePoints, sameJson } from './json.ts';
import { makeForm } from './registry.ts';
import { shapeOf } from './shape.ts';
import type { CompiledForm, ShapeError } from './types.ts';

/**
 * A form whose schema changes while somebody looks at it: its shape is read anew with each check, so that no code has to be
 * made of it, which a page may not do. For previews; whoever keeps values uses `compileForm`, which is the same and faster.
 * @throws FormSchemaError for a keyword that the vocabulary does not have
 */
export function uncompiledForm(id: string, schema: FormSchema): CompiledForm {
  const shape = shapeOf(schema);
  return makeForm(id, schema, (values) => {
    const errors: ShapeError[] = [];
    look(shape, values, '', shape, errors);
    return errors;
  });
}

function look(schema: JsonObject, value: Json, at: string, root: JsonObject, errors: ShapeError[]): void {
  const tell = (keyword: string, params: JsonObject = {}) => errors.push({ keyword, instancePath: at, params });
  const ref = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  if (ref !== undefined) look(object(object(root.$defs)[ref]), value, at, root, errors);
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => sameJson(one, value))) tell('enum');
  if (schema.const !== undefined && !sameJson(schema.const, value)) tell('const', { allowedValue: schema.const });
  if (!isOfType(schema.type, value)) {
    // Nothing else can be said of a value of another type.
    tell('type', { type: schema.type ?? null });
    return;
  }
  if (typeof value === 'string') {
    const length = codePoints(value);
    if (Number(schema.minLength) > length) tell('minLength', { limit: schema.minLength ?? null });
    if (Number(schema.maxLength) < length) tell('maxLength', { limit: schema.maxLength ?? null });
    if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern, 'u').test(value))
      tell('pattern', { pattern: schema.pattern });
  }
  if (typeof value === 'number') {
    if (Number(schema.minimum) > value) tell('minimum', { comparison: '>=', limit: schema.minimum ?? null });
    if (Number(schema.maximum) < value) tell('maximum', { comparison: '<=', limit: schema.maximum ?? null });
    if (Number(schema.exclusiveMinimum) >= value)
      tell('exclusiveMinimum', { comparison: '>', limit: schema.exclusiveMinimum ?? null });
    if (Number(schema.exclusiveMaximum) <= value)
      tell('exclusiveMaximum', { comparison: '<', limit: schema.exclusiveMaximum ?? null });
    if (typeof schema.multipleOf === 'number' && !Number.isInteger(value / schema.multipleOf))
      tell('multipleOf', { multipleOf: schema.multipleOf });
  }
  if (Array.isArray(value)) {
    if (Number(schema.minItems) > value.length) tell('minItems', { limit: schema.minItems ?? null });
    if (Number(schema.maxItems) < value.length) tell('maxItems', { limit: schema.maxItems ?? null });
    if (
      schema.uniqueItems === true &&
      value.some((one, index) => value.findIndex((other) => sameJson(one, other)) < index)
    )
      tell('uniqueItems');
    if (schema.items !== undefined)
      for (const [index, item] of value.entries()) look(object(schema.items), item, `${at}/${index}`, root, errors);
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const name of list(schema.required))
      if (!Object.hasOwn(value, String(name))) tell('required', { missingProperty: name });
    for (const [name, inner] of Object.entries(object(schema.properties)))
      if (Object.hasOwn(value, name))
        look(
          object(inner),
          value[name] as Json,
          `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          root,
          errors,
        );
  }
}

function isOfType(types: Json | undefined, value: Json): boolean {
  if (types === undefined) return true;
  return list(Array.isArray(types) ? types : [types]).some((type) => {
    switch (type) {
      case 'integer':
        return Number.isInteger(value);
      case 'array':
        return Array.isArray(value);
      case 'object':
        return value !== null && typeof value === 'object' && !Array.isArray(value);
      case 'null':
        return value === null;
      default:
        return typeof value === type;
    }
  });
}
