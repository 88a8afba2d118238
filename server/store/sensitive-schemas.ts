import type { Definition } from '../../engine/model/definition.ts';
import type { Json } from '../../engine/model/json.ts';
import type { SensitiveSchemas } from './sensitive.ts';

/** The schemas by which a release's cases are sealed: its forms, and for each record the form or contract it is of. */
export function sensitiveSchemas(definition: Definition): SensitiveSchemas {
  const { forms, declared, connectors } = definition;
  const records: { [record: string]: Json } = {};
  for (const [record, { form, of }] of Object.entries(declared.records)) {
    if (form !== undefined) records[record] = forms[form] ?? {};
    else if (of !== undefined) records[record] = contractSchema(connectors, of);
  }
  return { forms, records };
}

/** `connector.operation.OUTCOME`, `connector.operation` or `connector.event`. */
function contractSchema(connectors: Definition['connectors'], of: string): Json {
  const [connector = '', name = '', outcome] = of.split('.');
  const contract = connectors[connector];
  const event = contract?.events[name];
  if (event) return event.data;
  const outcomes = contract?.operations[name]?.outcomes ?? {};
  if (outcome !== undefined) return outcomes[outcome]?.data ?? {};
  // Any outcome may have been recorded: what one of them marks is sealed.
  const properties = Object.assign({}, ...Object.values(outcomes).map(({ data }) => data?.properties ?? {})) as Json;
  return { properties };
}
