import type { Composition } from '../compose/index.ts';
import type { EditChoices, EditSubject } from '../contract/edit.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** Everything that panels choose from: whom, which form, what a condition looks at. */
export function choicesOf({ composed, declared, formIds }: Composition): EditChoices {
  const { roles, documents } = composed;
  const forms = formIds.map((id) => ({ id, title: textOf(composed.forms[id]?.title) ?? id }));
  const records = Object.entries(declared.records).map(([id, { title }]) => ({ id: `records.${id}`, title }));
  return {
    roles: Object.entries(roles).map(([id, { title }]) => ({ id, title })),
    forms,
    shows: [...forms, ...records],
    documents: Object.entries(documents).map(([id, { title }]) => ({ id, title: textOf(title) ?? id })),
    stages: Object.entries(declared.stages).map(([id, title]) => ({ id, title })),
    events: Object.entries(declared.events).map(([id, { title, by }]) => ({ id, title, by: by ?? null })),
    subjects: subjectsOf({ composed, declared, formIds }),
  };
}

type Looked = Pick<Composition, 'composed' | 'declared' | 'formIds'>;

function subjectsOf({ composed, declared, formIds }: Looked): readonly EditSubject[] {
  const plain = (group: 'facts' | 'counters', type: 'boolean' | 'number') =>
    Object.entries(declared[group]).map(
      ([id, { title }]): EditSubject => ({
        ...{ path: `${group}.${id}`, title, group, of: null, type, optional: false, choices: [] },
      }),
    );
  return [
    ...plain('facts', 'boolean'),
    ...formIds.flatMap((id) => {
      const form = composed.forms[id];
      return form === undefined ? [] : fieldsOf(id, 'forms', form.title, form);
    }),
    ...fieldsOf('settings', 'settings', null, composed.settingsSchema, true),
    ...plain('counters', 'number'),
  ];
}

/** The fields of a schema that hold one value, or a list of words. */
function fieldsOf(
  root: string,
  group: 'forms' | 'settings',
  of: string | null,
  schema: JsonObject,
  isWhole = false,
): readonly EditSubject[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(objectOf(schema.properties)).flatMap(([name, value]) => {
    const field = objectOf(value);
    const type = typeOf(field);
    if (type === null || !/^[A-Za-z_]\w*$/.test(name)) return [];
    const optional = !isWhole && !required.includes(name);
    const title = textOf(field.title) ?? name;
    return [{ path: `${root}.${name}`, title, group, of, type, optional, choices: choicesIn(field) }];
  });
}

function typeOf(field: JsonObject): EditSubject['type'] | null {
  switch (field.type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return choicesIn(field).length > 0 ? 'list' : null;
    case 'string':
      return 'text';
    default:
      return Array.isArray(field.enum) && field.enum.every((one) => typeof one === 'string') ? 'text' : null;
  }
}

function choicesIn(field: JsonObject): EditSubject['choices'] {
  const items = objectOf(field.items);
  const values = Array.isArray(field.enum) ? field.enum : Array.isArray(items.enum) ? items.enum : [];
  const labels = { ...objectOf(items['x-labels']), ...objectOf(field['x-labels']) };
  return values.map((value) => ({ value, title: textOf(labels[String(value)]) ?? String(value) }));
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
