import type { Issue } from '../model/issue.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { own } from '../model/own.ts';
import { entries, get, issueAt, listed, text } from '../read/index.ts';
import type { ProcessRule } from './rule.ts';

/**
 * `same:` of an outcome: the operation is asked for the field and the answer has it, always and of the same type, no list
 * and no object. Else nothing could be compared.
 */
export const same: ProcessRule = {
  id: 'same',
  of: 'process',
  check(process) {
    const issues: Issue[] = [];
    for (const source of process.used.connectors) {
      const contract = own(process.composed.connectors, source.id);
      if (contract === undefined) continue;
      for (const [name, { value: operation }] of entries(get(source.node ?? undefined, 'operations')))
        for (const [outcome, { value }] of entries(get(operation, 'outcomes'))) {
          const known = own(contract.operations, name);
          for (const field of listed(get(value, 'same'))) {
            const [input, data] = [known?.input, known?.outcomes[outcome]?.data];
            if (typeIn(input, text(field)) !== null && typeIn(input, text(field)) === typeIn(data, text(field)))
              continue;
            const path = `operations.${name}.outcomes.${outcome}.same`;
            issues.push(issueAt(field.origin, 'same-of-nothing', { name: text(field) ?? '' }, { path }));
          }
        }
    }
    return issues;
  },
};

/** The type of a field that is always there; null for another one, and for lists and objects. */
function typeIn(schema: JsonObject | undefined, field = ''): Json {
  const { properties, required } = schema ?? {};
  const property = ((properties ?? {}) as { [field: string]: JsonObject })[field];
  const plain = ['string', 'integer', 'number', 'boolean'].includes(String(property?.type));
  return plain && Array.isArray(required) && required.includes(field) ? (property?.type ?? null) : null;
}
