import type { Composed } from '../model/composed.ts';
import type { FormSchema } from '../model/definition.ts';

/** Schema of a record's entries: its form, or the data of the connector's event or outcome. */
export function recordSchema(
  { declared, forms, connectors }: Pick<Composed, 'declared' | 'forms' | 'connectors'>,
  name: string,
): FormSchema | null {
  const record = declared.records[name];
  if (record?.form !== undefined) return forms[record.form] ?? null;
  const [connector = '', second = '', outcome] = (record?.of ?? '').split('.');
  const known = connectors[connector];
  const data = outcome === undefined ? known?.events[second]?.data : known?.operations[second]?.outcomes[outcome]?.data;
  return (data as FormSchema | undefined) ?? null;
}
