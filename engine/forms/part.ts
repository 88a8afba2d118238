import type { FormSchema } from '../model/definition.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { checksOf, fieldsOf, object, text } from './fields.ts';
import { entryValue } from './inner.ts';
import type { CompiledForm, FieldKind, Inner } from './types.ts';

/**
 * The form inside a field: of a group, or of one entry of a list. Made when it is asked for, since a list may hold
 * entries of its own kind.
 * @param defs what `$ref` of the whole form points to
 */
export function innerOf(name: string, schema: JsonObject, kind: FieldKind, defs: Json | undefined): Inner | null {
  if (!isGroup(kind) && kind !== 'list') return null;
  const below = isGroup(kind) ? schema : resolved(object(schema.items), defs);
  const plain = kind === 'list' && !('properties' in below);
  let form: CompiledForm | undefined;
  return {
    kind: isGroup(kind) ? 'group' : 'list',
    plain,
    get form() {
      form ??= plain
        ? { ...partForm(name, wrapped(below, text(schema.title)), defs), entry: true }
        : partForm(name, below, defs);
      return form;
    },
  };
}

/** Kinds that hold fields of their own once; a list holds them again and again. */
export function isGroup(kind: FieldKind): boolean {
  return kind === 'group' || kind === 'dateRange';
}

/** `{ "$ref": "#/$defs/x", … }` with what the definition says; what stands beside the reference wins. */
export function resolved(schema: JsonObject, defs: Json | undefined): JsonObject {
  const name = refName(schema);
  return name === null ? schema : { ...object(object(defs)[name]), ...schema };
}

/** `x` of `#/$defs/x`; null where the schema is no reference. */
function refName(schema: JsonObject): string | null {
  const match = /^#\/\$defs\/([^/]+)$/.exec(text(schema.$ref));
  return match?.[1] === undefined ? null : match[1].replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Whether a `$ref` in it leads nowhere, or back to where it came from without a list in between. */
export function isLost(schema: JsonObject, defs: JsonObject, above: readonly string[] = []): boolean {
  if (!('$ref' in schema))
    return Object.values(object(schema.properties)).some((one) => isLost(object(one), defs, above));
  const name = refName(schema);
  if (name === null || above.includes(name) || !Object.hasOwn(defs, name)) return true;
  return isLost(object(defs[name]), defs, [...above, name]);
}

function wrapped(items: JsonObject, title: string): JsonObject {
  const own = text(items.title) || title;
  return { title: own, type: 'object', properties: { [entryValue]: { ...items, title: own } }, required: [entryValue] };
}

function partForm(name: string, schema: JsonObject, defs: Json | undefined): CompiledForm {
  const whole = defs === undefined ? schema : { ...schema, $defs: defs };
  const fields = fieldsOf(whole);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    id: name,
    title: text(schema.title) || name,
    hint: '',
    visible: true,
    schema: { title: name, type: 'object', properties: {}, ...whole } as FormSchema,
    fields,
    field: (one) => byName.get(one) ?? null,
    checks: checksOf(
      schema['x-check'],
      fields.map((field) => field.name),
    ),
    copies: [],
    // The shape of a part is checked with that of the whole.
    shape: () => [],
  };
}
