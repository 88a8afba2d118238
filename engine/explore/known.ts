import { keptApart } from './apart.ts';
import type { Known } from './condition.ts';
import type { Searched } from './nodes.ts';

const before = new WeakMap<Searched, Known>();

/** What conditions are read with. */
export function knownOf(searched: Searched): Known {
  const found = before.get(searched) ?? read(searched);
  before.set(searched, found);
  return found;
}

function read(searched: Searched): Known {
  const { declared, forms, connectors, settings } = searched;
  return {
    settings,
    facts: new Set(Object.keys(declared.facts)),
    counters: new Set(Object.keys(declared.counters)),
    records: new Set(Object.keys(declared.records)),
    compared: (one, other) => {
      const sizes = [one, other].map((record) => `size(records.${record})`);
      return (
        one !== other && Object.values(declared.laws).some(({ must }) => sizes.every((each) => must.includes(each)))
      );
    },
    people: new Set(Object.keys(declared.people)),
    apart: keptApart(searched),
    required: (record, field) => {
      const { form, of } = declared.records[record] ?? {};
      const [connector = '', operation = '', outcome = ''] = (of ?? '').split('.');
      const known = connectors[connector];
      const data = known?.operations[operation]?.outcomes[outcome]?.data ?? known?.events[operation]?.data;
      const required = (form === undefined ? data : forms[form])?.required;
      return Array.isArray(required) && required.includes(field);
    },
  };
}
