import { FieldList } from '../forms-tab/field-list.tsx';
import { fieldAt, rowsOf } from '../forms-tab/fields.ts';
import type { SectionProps } from './content-tab.tsx';
import { say } from './texts.ts';

/** The slots for files of every form, each edited as in the form itself. */
export function Documents({ page: { editing }, parts, problems }: SectionProps) {
  const { text, project } = editing;
  const found = parts.base.forms.flatMap(({ id, schema }) => {
    const rows = rowsOf(id, schema, parts.forms[id] ?? schema, text);
    const slots = rows.filter((row) => row.schema['x-file'] !== undefined);
    return slots.length === 0 ? [] : [{ id, schema, rows, slots }];
  });
  if (found.length === 0) return <p className="muted">{say('documentsNone')}</p>;
  return found.map(({ id, schema, rows, slots }) => (
    <section key={id} aria-label={String(parts.forms[id]?.title ?? schema.title)} className="contentpart">
      <h3>{say('documentIn', { form: String(parts.forms[id]?.title ?? schema.title) })}</h3>
      <FieldList
        form={id}
        base={schema}
        rows={rows}
        only={slots.map((row) => row.name)}
        text={text}
        parts={parts.base}
        problems={new Map(slots.map((row) => [row.name, problems.get(fieldAt(id, row.name)) ?? []]))}
        mayEdit={project.may.edit}
        onText={editing.setText}
      />
    </section>
  ));
}
